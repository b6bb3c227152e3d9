"""Printed article numbers and canonical keys."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.text.numerals import article_key, format_number, read_number, write_number


@given(st.integers(1, 9999))
def test_chinese_numerals_round_trip(value: int) -> None:
    assert read_number(write_number(value)) == value
    assert read_number(str(value)) == value


@given(st.integers(1, 9999), st.integers(0, 40))
def test_keys_round_trip(main: int, sub: int) -> None:
    key = f"{main}-{sub}" if sub else str(main)
    assert article_key(format_number(key)) == key


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1006, "一千零六"),
        (1010, "一千零一十"),
        (1254, "一千二百五十四"),
        (2000, "二千"),
    ],
)
def test_numbers_are_written_as_statutes_print_them(value: int, text: str) -> None:
    assert write_number(value) == text


@given(st.text(max_size=12).filter(lambda t: not set(t) & set("零一二两三四五六七八九十百千〇") and not t.isdigit()))
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_number(text)


@given(st.text(alphabet="零一二九十百千0123456789", min_size=1, max_size=9))
def test_numerals_in_any_order_give_a_number_or_an_error(text: str) -> None:
    value = -1
    with contextlib.suppress(ValueError):
        value = read_number(text)
    assert -1 <= value <= 9999


def test_stand_ins_of_the_source() -> None:
    assert article_key("全文") == ""
    assert article_key("条目十二") == "12"
