"""When somebody wants to come, and what tells of another day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.time_wanted import time_wanted

TODAY = date(2026, 11, 30)  # a Monday


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("帮我约个律师，明天下午三点", "2026年12月1日（周二）下午三点"),
        ("能改到后天上午吗", "2026年12月2日（周三）上午"),
        ("周五下午有空", "2026年12月4日（周五）下午"),
        ("我5号方便", "2026年12月5日（周六）"),
        ("12月3号上午9点能去", "2026年12月3日（周四）上午9点"),
        ("推迟到下周", "2026年12月7日（周一）到2026年12月13日（周日）"),
        ("周末可以过去吗", "2026年12月5日（周六）到2026年12月6日（周日）"),
    ],
)
def test_a_time_is_wanted(said: str, time: str) -> None:
    assert time_wanted(said, TODAY) == time


@pytest.mark.parametrize(
    "said",
    [
        "下周三开庭，找个律师",
        "他说明天给钱",
        "我昨天约的",
        "今天上午去公证处他们不给办",
        "明天就要开庭了能约吗",
        "明天下午三点",  # by itself it may be any day
        "借条写的12月5号还",
        "改天吧",
    ],
)
def test_another_day_is_told(said: str) -> None:
    assert not time_wanted(said, TODAY)


def test_a_bare_time_counts_where_one_was_asked_for() -> None:
    assert time_wanted("明天下午三点", TODAY, alone=True) == "2026年12月1日（周二）下午三点"
    assert time_wanted("下午三点行吗", TODAY, alone=True) == "下午三点"
    assert not time_wanted("明天他要来我家闹", TODAY, alone=True)


@given(st.text(max_size=60))
def test_never_raises(text: str) -> None:
    assert isinstance(time_wanted(text, TODAY, alone=True), str)
