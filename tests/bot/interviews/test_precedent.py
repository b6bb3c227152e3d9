"""Cases beside an opinion: only like ones, told with reason and end, and never in the way of the opinion."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.opinion import Opinion
from bot.interviews.precedent import CAUTION, Precedent, precedents
from knowledge_base.documents.embedded import EmbeddedDocuments

TODAY = date(2026, 11, 23)


@pytest.fixture
def cases(law_index: Path) -> EmbeddedDocuments:
    return EmbeddedDocuments(law_index, lambda: TODAY)


async def test_a_like_case_is_told_with_its_end(cases: EmbeddedDocuments) -> None:
    story = "交通事故，对方全责，保险公司说我年纪大骨质疏松，伤得重是自己体质的原因，要按比例少赔"
    found = await precedents(story, ["《中华人民共和国民法典》第一千一百七十三条"], "traffic", cases)
    assert "最高人民法院指导性案例24号" in [one.source for one in found]
    first = found[0]
    assert first.reasons
    assert first.lines[0] == f"「{first.title}」（{first.source}）"
    assert first.to_dict()["reasons"] == list(first.reasons)


@pytest.mark.parametrize("story", ["", "   ", "今天天气不错，红烧肉怎么做好吃", "\ud800"])
async def test_nothing_like_it_shows_nothing(cases: EmbeddedDocuments, story: str) -> None:
    assert await precedents(story, [], "", cases) == ()


async def test_without_cases_the_opinion_goes_on(tmp_path: Path) -> None:
    story = "公司拖欠工资三个月"
    assert await precedents(story, [], "labour", None) == ()
    assert await precedents(story, [], "labour", EmbeddedDocuments(tmp_path, lambda: TODAY)) == ()


def test_the_note_on_changed_law_is_never_left_out() -> None:
    one = Precedent("标题", "最高人民法院指导性案例1号", ("同样涉及工资。",), "", "后来改了。")
    assert one.lines[1:] == ("同样涉及工资。", "请注意：后来改了。")
    opinion = Opinion("1", TODAY, "工资", (), (), (), (), (), (), (), None, (), (), "", (one,))
    text = opinion.plain_text()
    assert all(line in text for line in (*one.lines, CAUTION))
