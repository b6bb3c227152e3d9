"""Everything read out of one message."""

from __future__ import annotations

import gc
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.extract import extract
from bot.understanding.normalise import fold, normalise
from bot.understanding.speech_acts import asks_repeat, asks_why, corrects, read_polarity, wants_person

TODAY = date(2026, 11, 23)
_SAID = (
    "三 五 十 百 千 万 个 月 年 日 号 去年 前 后 半 两 元 块 多 来 % 分 成 利息 2024 5 0 . , - 老板 北京 "
    "第 条 民法典 周 上 下 过年 到"
)
_PIECES = (
    "一 1 1年 三万五千多块 2024年5月1号 5月 ，。a 老公 百分之 半年前 万把 《 不是 1- 1, "
    "一年零 零 广东省 今年 3月5号 第一条"
)
_WORDS = st.sampled_from(_SAID.split())


def test_a_message_with_several_facts() -> None:
    found = extract("老板欠我三个月工资一共一万五，干了三年多，在东莞", TODAY)
    assert [(entity.kind, entity.text) for entity in found] == [
        ("relation", "老板"),
        ("duration", "三个月"),
        ("amount", "一万五"),
        ("duration", "三年多"),
        ("place", "东莞"),
    ]


def test_full_width_and_traditional_text_keeps_its_offsets() -> None:
    text = "２０２４年５月１号入職，老闆拖欠薪資３０００元"
    found = extract(text, TODAY)
    assert [(entity.kind, entity.value) for entity in found] == [
        ("date", date(2024, 5, 1)),
        ("relation", "employer"),
        ("amount", Decimal(3000)),
    ]
    assert all(text[entity.start : entity.end] == entity.text for entity in found)


def test_law_references_are_not_counted() -> None:
    found = extract("《劳动合同法》第三十八条和民法典1079条", TODAY)
    assert [(entity.kind, entity.value) for entity in found] == [
        ("law_ref", "劳动合同法 第三十八条"),
        ("law_ref", "民法典 1079条"),
    ]


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map("".join)), st.dates())
@settings(max_examples=200, deadline=None)
def test_never_raises_and_stays_inside_the_text(text: str, today: date) -> None:
    last: dict[str, int] = {}
    for entity in extract(text, today):
        assert text[entity.start : entity.end] == entity.text != ""
        assert entity.start >= last.get(entity.kind, 0)
        last[entity.kind] = entity.end
        if entity.low is not None and entity.high is not None:
            assert entity.low <= entity.value <= entity.high  # type: ignore[operator]


@given(st.text(max_size=200))
@settings(deadline=None)
def test_speech_acts_never_raise(text: str) -> None:
    assert read_polarity(text) in ("yes", "no", "unknown", None)
    assert all(isinstance(act(text), bool) for act in (wants_person, asks_why, asks_repeat, corrects))
    assert len(fold(text)) == len(text)
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    "piece",
    _PIECES.split(),
)
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    """Backtracking would make five times the length cost twenty-five times; load makes it twelve at the most."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        # A full collection of what other tests left costs more than the reading.
        gc.disable()
        start = time.process_time()
        extract(text, TODAY)
        took = time.process_time() - start
        gc.enable()
        return took

    seconds(1000)
    # Never the same text twice: it would be remembered.
    short = min(seconds(length) for length in (3_999, 4_000, 4_001))
    long = seconds(20_000)
    assert long < 12 * short + 0.05, f"{short:.3f} s for 4,000 characters of {piece!r}, {long:.3f} s for 20,000"


@pytest.mark.parametrize("text", ["一个月五千", "每个月工资六千五", "一个月工资才三千", "一天200块", "一年给我一万"])
def test_a_unit_of_time_before_a_sum_is_a_rate(text: str) -> None:
    found = extract(text, date(2026, 11, 23))
    assert [one.kind for one in found if one.kind in ("duration", "amount")] == ["amount"]


@pytest.mark.parametrize("text", ["干了一个月，给了五千", "住了一年，押金两千", "三个月没发工资，五千"])
def test_a_length_of_time_beside_a_sum_stays_one(text: str) -> None:
    assert "duration" in [one.kind for one in extract(text, date(2026, 11, 23))]


def test_lengths_of_time_do_not_join_across_a_comma() -> None:
    found = [one for one in extract("干了两年，四个月没发工资", date(2026, 11, 23)) if one.kind == "duration"]
    assert [one.months for one in found] == [24, 4]
