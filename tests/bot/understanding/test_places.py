"""Provinces and cities."""

from __future__ import annotations

import pytest

from bot.understanding.gazetteer import PLACES
from bot.understanding.places import find_places


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("在东莞打工", "广东省 东莞市", "city"),
        ("我在广东省深圳市宝安区", "广东省 深圳市", "city"),
        ("广东 深圳", "广东省 深圳市", "city"),
        ("我是河南的", "河南省", "province"),
        ("吉林市", "吉林省 吉林市", "city"),
        ("吉林", "吉林省", "province"),
        ("上海", "上海市", "province"),
    ],
)
def test_reads_places(said: str, value: str, unit: str) -> None:
    (place,) = find_places(said)
    assert (place.value, place.unit) == (value, unit)


@pytest.mark.parametrize("said", ["在北京路摆摊", "吃兰州拉面", "工商银行", "朝阳区"])
def test_what_is_no_place(said: str) -> None:
    assert find_places(said) == []


def test_every_province_is_known() -> None:
    assert len({name for name, unit in PLACES.values() if unit == "province"}) == 34
