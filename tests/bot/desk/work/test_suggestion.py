"""A suggestion says only what can be traced, and no citation that does not hold."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.work.suggestion import Suggestions
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import opinion

SUMMARY = {"topic": "拖欠工资", "findings": ["单位应当足额支付工资"], "deadlines": ["2026-12-01 前申请劳动仲裁"]}


class OneCase:
    """Knows one case and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: tuple[str, Sequence[str], str] | None = None

    async def alike(self, facts: str, citations: Sequence[str], area: str) -> Sequence[tuple[str, ...]]:
        """It."""
        self.asked = (facts, citations, area)
        return [("「甲诉乙公司案」", "同样涉及拖欠工资。")]


async def test_it_is_drawn_from_findings_deadline_law_and_cases() -> None:
    cases = OneCase()
    found = await Suggestions(FakeLaws(), cases).of(SUMMARY, None, "labour", "老板不发工资怎么办")
    assert found.text.splitlines()[:2] == ["单位应当足额支付工资。", "请留意期限：2026-12-01 前申请劳动仲裁。"]
    assert "《中华人民共和国劳动法》第五十条规定：工资应当以货币形式" in found.text
    assert [one.kind for one in found.sources] == ["finding", "deadline", "article", "article", "case"]
    assert "2018-12-29版本" in found.sources[2].text
    cited = ["《中华人民共和国劳动法》第五十条", "《中华人民共和国劳动合同法》第四十七条"]
    assert cases.asked == ("老板不发工资怎么办", cited, "labour")
    assert found.dropped == ()


async def test_a_finding_whose_citation_does_not_hold_is_left_out() -> None:
    paper = opinion("20261123-0001")
    found = await Suggestions(FakeLaws()).of(SUMMARY, paper, "labour", "好的")
    assert "（依据《中华人民共和国劳动法》第五十条）" in found.text
    assert found.dropped == ("《中华人民共和国劳动法》第九十一条",)
    assert "第九十一条" not in found.text
    assert [one.kind for one in found.sources] == ["finding", "deadline"]


async def test_where_nothing_is_known_nothing_is_said() -> None:
    found = await Suggestions(FakeLaws()).of({}, None, "", "好")
    assert (found.text, found.sources) == ("", ())
