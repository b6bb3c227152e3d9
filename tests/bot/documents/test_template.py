"""A faulty template is refused with its key, and the check proves citations and use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.documents.check import check_templates
from bot.documents.template import TemplateError, load_templates
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.interviews.topic_parts import Side
from knowledge_base.article import Article, Status
from knowledge_base.citation import Citation
from knowledge_base.searcher import Filters, Hit

DATA = Path(__file__).parents[3] / "training_data"
TODAY = date(2026, 11, 28)
GOOD = """
id: letter
title: 信
purpose: 写信用。
cite: [民法典 第一百九十五条]
checked: {on: 2026-11-28, laws: {中华人民共和国民法典: 2020-05-28}}
fields: {day: 哪一天}
parties: [{role: 发函人, kind: person}]
sections:
  - {heading: 要求, holds: claims}
  - {heading: 经过, holds: story}
  - {holds: text, lines: ["请在{day}前付清。"]}
hand_in: {say: 签名以后寄出去。}
notes:
  - {say: 时效重新算。, cite: [民法典 第一百九十五条]}
"""


class Laws:
    """Knows every article, as of one version."""

    def __init__(self, status: Status = Status.IN_FORCE, version: str = "2020-05-28") -> None:
        self.status, self.version = status, version

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        return []

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        if citation.key == "1":
            return None
        place = ("", "", "法律", "", None, None, None)
        return Article(
            citation.key, citation.law, "第一条", citation.key, "…", *place, self.version, self.status, "", ""
        )


def written(folder: Path, text: str) -> Path:
    (folder / "letter.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{day}前", "{month}前", "{month} is no field"),
        ("请在{day}前付清。", "请付清。", "fields.day: is used nowhere"),
        ("holds: story", "holds: claims", "two of them hold claims"),
        ("title: 信", "title: 信{day}", "title: no placeholders here"),
        ("title: 信", "titel: 信", "there is no such key"),
        ("kind: person", "kind: ghost", "parties.0.kind"),
        ("民法典 第一百九十五条]\nchecked", "民法典195条]\nchecked", "is not of the form"),
        ('lines: ["请在', 'lines: ["【年】请在', "marks a gap"),
        ('holds: text, lines: ["', 'holds: text, lines: ["{citations}', "belong together"),
        ("hand_in: {say: 签名以后寄出去。}\n", "", "hand_in"),
        ("hand_in: {say: 签名", "hand_in: {say: 【签名】", "marks a gap"),
        ("holds: text, lines", 'holds: text, untold: "", lines', "belongs to claims and story"),
        ("id: letter", "id: other", "must equal the file name"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(TemplateError) as caught:
        load_templates(written(tmp_path, GOOD.replace(old, new, 1)))
    assert said in str(caught.value)


@pytest.fixture
def topic() -> Topic:
    """A real topic that uses `letter` instead of its own."""
    real = load_topics(DATA / "topics")["unpaid_wages"]
    return real.model_copy(update={"documents": (real.documents[0].model_copy(update={"use": "letter"}),)})


def faults(folder: Path, topics: dict[str, Topic], laws: Laws) -> list[str]:
    return [
        f"{one}: {where}: {said}" for one, where, said in check_templates(load_templates(folder), topics, laws, TODAY)
    ]


def test_a_good_template_passes(tmp_path: Path, topic: Topic) -> None:
    assert faults(written(tmp_path, GOOD), {"wages": topic}, Laws()) == []


def test_citations_and_versions_are_proven(tmp_path: Path, topic: Topic) -> None:
    good = written(tmp_path, GOOD)
    assert "not in force" in faults(good, {"wages": topic}, Laws(Status.REPEALED))[0]
    assert "read its articles again" in faults(good, {"wages": topic}, Laws(version="2030-01-01"))[0]
    missing = written(tmp_path, GOOD.replace("第一百九十五条", "第一条"))
    assert "is not in the law index" in faults(missing, {"wages": topic}, Laws())[0]
    unlisted = written(tmp_path, GOOD.replace("laws: {中华人民共和国民法典: 2020-05-28}", "laws: {}"))
    assert "cited but not listed" in faults(unlisted, {"wages": topic}, Laws())[0]


def test_use_is_proven(tmp_path: Path, topic: Topic) -> None:
    good = written(tmp_path, GOOD)
    assert faults(good, {}, Laws()) == ["letter: id: no topic uses this template; let one use it or say `alone: true`"]
    assert faults(written(tmp_path, GOOD + "alone: true\n"), {}, Laws()) == []
    unknown = topic.model_copy(update={"documents": (topic.documents[0].model_copy(update={"use": "nothing"}),)})
    assert "there is no template 'nothing'" in faults(tmp_path, {"wages": unknown}, Laws())[0]
    silent = topic.model_copy(update={"documents": (topic.documents[0].model_copy(update={"claims": ()}),)})
    assert "the topic gives none" in faults(tmp_path, {"wages": silent}, Laws())[0]
    text = written(tmp_path, GOOD.replace("  - {heading: 经过, holds: story}\n", ""))
    assert "no section that holds story" in faults(text, {"wages": topic}, Laws())[0]
    side = Side(role="原告", kind="organisation")
    nobody = topic.model_copy(update={"documents": (topic.documents[0].model_copy(update={"sides": (side,)}),)})
    found = faults(written(tmp_path, GOOD), {"wages": nobody}, Laws())
    assert found == ["unpaid_wages: documents.letter.sides: the template has no party '原告'"]
