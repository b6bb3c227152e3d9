"""Numbers as people write them, and the writing back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.numerals import find_numerals, parse_numeral, write_numeral


@pytest.mark.parametrize(
    ("said", "value", "low", "high"),
    [
        ("两", 2, 2, 2),
        ("俩", 2, 2, 2),
        ("仨", 3, 3, 3),
        ("一百五", 150, 150, 150),
        ("三千五", 3500, 3500, 3500),
        ("一万二", 12000, 12000, 12000),
        ("一万零五十", 10050, 10050, 10050),
        ("一千零五", 1005, 1005, 1005),
        ("2.5万", 25000, 25000, 25000),
        ("3k", 3000, 3000, 3000),
        ("3w5", 35000, 35000, 35000),
        ("3万500", 30500, 30500, 30500),
        ("1,200.50", Decimal("1200.5"), Decimal("1200.5"), Decimal("1200.5")),
        ("二零二四", 2024, 2024, 2024),
        ("一亿三千万", 130_000_000, 130_000_000, 130_000_000),
        ("一两万", 15000, 10000, 20000),
        ("三四千", 3500, 3000, 4000),
        ("三五百", 400, 300, 500),
        ("二十三四万", 235000, 230000, 240000),
        ("十几万", 150000, 110000, 190000),
        ("10几万", 150000, 110000, 190000),
        ("一万二三", 12500, 12000, 13000),
        ("三千五六", 3550, 3500, 3600),
        ("千八百", 900, 800, 1000),
        ("五千多", 5000, 5000, 6000),
        ("一百二十多万", 1_200_000, 1_200_000, 1_300_000),
        ("二十来万", 200_000, 180_000, 250_000),
    ],
)
def test_reads_what_people_say(said: str, value: object, low: object, high: object) -> None:
    numeral = parse_numeral(said)
    assert numeral is not None
    assert (numeral.value, numeral.low, numeral.high) == (value, low, high)


@pytest.mark.parametrize("said", ["千万", "万一", "百", "五百五百", "1234567890123456", "一" * 40, "五千三千", ""])
def test_what_is_no_number(said: str) -> None:
    assert parse_numeral(said) is None


@given(st.integers(0, 10**9))
def test_writing_and_reading_agree(number: int) -> None:
    numeral = parse_numeral(write_numeral(number))
    assert numeral is not None
    assert numeral.exact
    assert numeral.value == number


@given(st.integers(0, 10**9))
def test_arabic_reads_as_written(number: int) -> None:
    numeral = parse_numeral(str(number))
    assert numeral is not None
    assert numeral.value == number


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两几半多来0123456789.,kw个元", max_size=60))
def test_numbers_lie_inside_the_text_in_order(text: str) -> None:
    position = 0
    for numeral in find_numerals(text):
        assert position <= numeral.start < numeral.end <= len(text)
        assert numeral.low <= numeral.value <= numeral.high
        position = numeral.end


def test_refuses_to_write_what_it_cannot() -> None:
    with pytest.raises(ValueError, match="10\\^12"):
        write_numeral(10**12)
