"""What cites an article that no longer holds is found, with file and line."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.changes.cited_by import Source, Weight, checked_on, cited_by, places
from knowledge_base.laws.embedded import EmbeddedSearcher
from tests.knowledge_base.citations.test_verify import Bare

TODAY = date(2026, 11, 23)
TOPIC = """id: example
checked:
  # by a lawyer
  on: 2024-01-01
why_cite: [民法典 第一百八十八条, 婚姻法 第四十六条]
say: 按照《刑法》第三百九十条处理，参见工伤保险条例第三十七条。
refer: 担保法 第十九条（2021年1月1日起废止）
wrong: 民法典第九千条  # citation: deliberate
cited_then:
- 合同法 52
- 合同法 58
note: 商标法第八十条；商标法第五十七条
"""


async def test_findings_have_file_line_and_reason(searcher: EmbeddedSearcher) -> None:
    told = await cited_by([Source("topics/example.yaml", TOPIC, strict=True)], searcher, TODAY)
    lines = [str(finding) for finding in told.findings]
    assert [(f.place.line, f.weight) for f in told.findings] == [
        (5, Weight.PROBLEM),
        (6, Weight.PROBLEM),
        (12, Weight.PROBLEM),
        (12, Weight.NOTE),
    ]
    assert lines[0].startswith("topics/example.yaml:5 《中华人民共和国婚姻法》第四十六条: ")
    assert "第一千零九十一条" in lines[0]
    assert "自2024年3月1日起施行的是2023-12-29的版本，上次核对是2024年1月1日" in lines[1]
    assert "还没有生效" in lines[2]
    assert "施行到2027年1月1日为止" in lines[3]
    assert (told.problems, told.outside) == (3, 1)


async def test_in_tests_it_is_only_a_note(searcher: EmbeddedSearcher) -> None:
    told = await cited_by([Source("tests/a.py", 'text = "婚姻法第四十六条"', strict=False)], searcher, TODAY)
    assert [f.weight for f in told.findings] == [Weight.NOTE]
    assert told.problems == 0
    assert "（提示）" in str(told.findings[0])


def test_lines_count_from_one_and_nothing_twice(searcher: EmbeddedSearcher) -> None:
    source = Source("a", "民法典第一条\n\n民法典第一条，民法典第一条、第二条", strict=True)
    assert [(p.line, p.citation.key) for p in places(source, searcher.names)] == [(1, "1"), (3, "1"), (3, "2")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (TOPIC, date(2024, 1, 1)),
        ("checked: 2025-02-03\n", date(2025, 2, 3)),
        ("checked: 2025-02-30\n", None),
        ("id: x\non: 2025-02-03\n", None),
    ],
)
def test_the_day_of_the_last_check(text: str, day: date | None) -> None:
    assert checked_on(text) == day


async def test_a_searcher_without_names_will_not_do() -> None:
    with pytest.raises(TypeError):
        await cited_by([], Bare(), TODAY)
