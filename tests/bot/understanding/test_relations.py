"""Who is spoken of."""

from __future__ import annotations

import pytest

from bot.understanding.relations import find_relations


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("我老公不管家", "spouse"),
        ("前夫不给钱", "ex_spouse"),
        ("包工头跑了", "contractor"),
        ("二房东不退押金", "sublessor"),
        ("劳务公司不认账", "labour_agency"),
        ("保险公司拒赔", "insurer"),
        ("闺女才三岁", "child"),
    ],
)
def test_the_longest_name_counts(said: str, relation: str) -> None:
    (entity,) = find_relations(said)
    assert entity.value == relation
    assert said[entity.start : entity.end] == entity.text
