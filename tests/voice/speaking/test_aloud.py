from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.speaking.aloud import aloud

TABLE = [
    line.split("\t") for line in (Path(__file__).with_suffix("").parent / "aloud.tsv").read_text("utf-8").splitlines()
]
BACK = str.maketrans("零幺一二三四五六七八九", "01123456789")


def number(said: str) -> float:
    """The number that was said."""
    return float(cn2an.cn2an(said.replace("两", "二"), "normal"))


@pytest.mark.parametrize(("written", "said"), TABLE, ids=[written for written, _ in TABLE])
def test_as_a_person_reads_it(written: str, said: str) -> None:
    assert aloud(written) == said


@given(st.text(max_size=60) | st.text("0123456789.-/:%年月日号元第条（）()〔〕京初,，。￥X至~ ", max_size=40))
def test_nothing_is_left_to_guess_at(text: str) -> None:
    said = aloud(text)
    assert re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff〇，。！？；：、\uf900-\ufaff]*", said)
    assert aloud(said) == said


@given(st.integers(0, 10**12 - 1))
def test_a_sum_is_understood(sum_: int) -> None:
    for written in (f"{sum_}元", f"{sum_:,}元"):
        said = aloud(f"一共{written}。")
        assert number(said.removeprefix("一共").removesuffix("元。")) == sum_


@given(st.integers(1, 99_999_999))
def test_cents_are_understood(cents: int) -> None:
    said = aloud(f"{cents // 100}.{cents % 100:02}元")
    found = re.fullmatch(r"(?:(.+?)元)?零?(?:(.)角)?(?:(.)分)?", said)
    assert found is not None
    yuan, jiao, fen = (0 if one is None else number(one) for one in found.groups())
    assert round(yuan * 100 + jiao * 10 + fen) == cents


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_a_day_is_understood(day: date) -> None:
    for written in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日"):
        found = re.fullmatch("(.{4})年(.+)月(.+)日", aloud(written))
        assert found is not None
        assert int(found[1].translate(BACK)) == day.year
        assert (number(found[2]), number(found[3])) == (day.month, day.day)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mobile_number_is_said_digit_by_digit(phone: str) -> None:
    assert aloud(f"电话{phone}").removeprefix("电话").replace("，", "").translate(BACK) == phone


@given(st.integers(1, 1300))
def test_an_article_is_said_as_it_is_printed(article: int) -> None:
    said = aloud(f"第{article}条")
    assert number(said[1:-1]) == article
    assert "两" not in said


@given(st.integers(0, 100), st.integers(0, 100))
def test_percentages(low: int, high: int) -> None:
    found = re.fullmatch("百分之(.+)到百分之(.+)", aloud(f"{low}%-{high}%"))
    assert found is not None
    assert (number(found[1]), number(found[2])) == (low, high)
