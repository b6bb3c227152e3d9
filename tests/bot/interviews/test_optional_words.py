"""Parts of a text that need what may be unknown; and that no topic tells who does not know of a hole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.holes import holes
from bot.interviews.optional_words import chosen, optional_faults
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.interviews.wording import fill

TODAY = date(2026, 11, 23)
SAID = "可以要补偿[，大约{total}|，满一年给一个月工资]，把[{owed}|欠的钱]付清[。他欠{owed}]。"


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ((), "可以要补偿，满一年给一个月工资，把欠的钱付清。"),
        (("total",), "可以要补偿，大约{total}，把欠的钱付清。"),
        (("total", "owed"), "可以要补偿，大约{total}，把{owed}付清。他欠{owed}。"),
    ],
)
def test_a_part_is_said_where_it_is_known(known: tuple[str, ...], text: str) -> None:
    assert chosen(SAID, known.__contains__) == text


def test_a_part_needs_everything_it_names() -> None:
    assert chosen("要赔[{days}大约{total}|按天算]", {"days"}.__contains__) == "要赔按天算"


def test_brackets_that_name_nothing_are_words() -> None:
    assert chosen("写明[盖章]", lambda _: False) == "写明[盖章]"


def test_a_text_is_filled_with_what_is_known(wages: Topic) -> None:
    text = "把[{owed}|欠的钱]付清[，共{total}]。"
    assert fill(text, wages, {"owed": FactValue(500.0)}, {"total": "900元"}) == "把500元付清，共900元。"
    assert fill(text, wages, {"owed": FactValue(None, True)}) == "把欠的钱付清。"


@pytest.mark.parametrize("text", ["大约{total}", SAID, "第〔2005〕12号", "写明[盖章]"])
def test_sound_texts(text: str) -> None:
    assert list(optional_faults(text)) == []


@pytest.mark.parametrize("text", ["[大约{total}|{owed}]", "[大约{total}", "大约{total}]", "[大[约{total}]]"])
def test_faulty_brackets(text: str) -> None:
    assert list(optional_faults(text))


@pytest.mark.parametrize(
    ("old", "new"), [("{owed}。\n    cite", "[{owed}。\n    cite"), ("{owed}。\n    cite", "[。|{owed}]\n    cite")]
)
def test_a_topic_with_faulty_brackets_is_refused(tmp_path: Path, wages_text: str, old: str, new: str) -> None:
    (tmp_path / "wages.yaml").write_text(wages_text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match="bracket|names no fact"):
        load_topics(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("可以要补偿[，共{total}]", "可以要{total}", ["findings.compensation.say"]),
        (
            'relation == employee and owed > 0"',
            'relation == employee"',
            ["findings.pay.say"],
        ),
        ("最迟{last_day}", "最迟{last_day}（{left_on}后一年）", []),
        ("say: 保存证据", 'say: "保存{people}的证据"', ["steps[0].say"]),
    ],
)
def test_a_text_that_may_have_a_hole_is_found(
    tmp_path: Path, wages_text: str, old: str, new: str, found: list[str]
) -> None:
    """Whoever does not know their wage would read 可以要（金额待核算）."""
    (tmp_path / "wages.yaml").write_text(wages_text.replace(old, new, 1), encoding="utf-8")
    (topic,) = load_topics(tmp_path).values()
    assert [where for where, _ in holes(topic, TODAY)] == found


def test_no_topic_tells_of_a_hole(topics_folder: Path) -> None:
    topics = load_topics(topics_folder).values()
    assert [(topic.id, *hole) for topic in topics for hole in holes(topic, TODAY)] == []


def test_every_text_reads_well_with_and_without_its_parts(topics_folder: Path) -> None:
    for topic in load_topics(topics_folder).values():
        for where, text in topic.texts():
            for known in (True, False):
                read = chosen(text, lambda _, known=known: known)
                assert not any(mark in read for mark in ("，，", "。。", "，。", "。，", "：。")), (
                    topic.id,
                    where,
                    read,
                )
                assert not read.startswith(("，", "。", "；", "、")), (topic.id, where, read)
