"""Provinces and cities."""

from __future__ import annotations

import pytest

from bot.understanding.gazetteer import PLACES
from bot.understanding.places import find_places, names_place_only
from knowledge_base.regions import default_regions


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("在东莞打工", "广东省 东莞市", "city"),
        ("我在广东省深圳市宝安区", "广东省 深圳市 宝安区", "county"),
        ("我在深圳宝安上班", "广东省 深圳市 宝安区", "county"),
        ("我在河南周口太康县", "河南省 周口市 太康县", "county"),
        ("周口太康", "河南省 周口市 太康县", "county"),
        ("河南太康", "河南省 周口市 太康县", "county"),
        ("在太康", "河南省 周口市 太康县", "county"),
        ("昆山", "江苏省 苏州市 昆山市", "county"),
        ("我老家在义乌", "浙江省 金华市 义乌市", "county"),
        ("长沙县", "湖南省 长沙市 长沙县", "county"),
        ("大理市", "云南省 大理白族自治州 大理市", "county"),
        ("云南红河州蒙自", "云南省 红河哈尼族彝族自治州 蒙自市", "county"),
        ("新疆伊犁霍城", "新疆维吾尔自治区 伊犁哈萨克自治州 霍城县", "county"),
        ("上海浦东", "上海市 浦东新区", "county"),
        ("北京朝阳区", "北京市 朝阳区", "county"),
        ("海南东方", "海南省 东方市", "county"),
        ("济源", "河南省 济源市", "city"),
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


@pytest.mark.parametrize(
    "said", ["在北京路摆摊", "吃兰州拉面", "工商银行", "朝阳区", "昆山路", "我们合作三年", "合作", "和平", "东方"]
)
def test_what_is_no_place(said: str) -> None:
    assert find_places(said) == []


def test_two_counties_are_two_places() -> None:
    assert [one.text for one in find_places("老家在义乌的，现在昆山上班")] == ["义乌", "昆山"]


def test_every_place_lies_somewhere() -> None:
    assert [name for name, _ in PLACES.values() if not default_regions().locate([name]).code] == []


@pytest.mark.parametrize("said", ["太康", "昆山", "大理市", "上海浦东"])
def test_a_county_is_found_in_the_table_of_divisions(said: str) -> None:
    (place,) = find_places(said)
    assert not default_regions().locate([str(place.value)]).code.endswith("00")


def test_every_province_is_known() -> None:
    assert len({name for name, unit in PLACES.values() if unit == "province"}) == 34


@pytest.mark.parametrize("said", ["开封", "河南太康的", "我在河南周口太康县", "我是北京的", "湖南常德"])
def test_a_place_alone_is_known_as_one(said: str) -> None:
    assert names_place_only(said)


@pytest.mark.parametrize("said", ["", "北京打官司", "开封的房子拆迁", "在哪里", "我家", "没有"])
def test_more_than_a_place_is_not(said: str) -> None:
    assert not names_place_only(said)
