"""Danger is known without the engine, in each tongue that it may be told in."""

from __future__ import annotations

import pytest

from bot.in_danger import in_danger


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("他现在拿刀要杀我", True),
        ("我妈晕倒了，没有呼吸了", True),
        ("我儿子在缅北被扣住了，不让回来", True),
        ("my husband is beating me", True),
        ("还要等多久", False),
        ("how long must I wait", False),
        ("", False),
    ],
)
def test_danger(said: str, danger: bool) -> None:
    assert in_danger(said) is danger
