"""Places: which division an address means, and when that is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.regions import Regions, default_regions


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["浙江省杭州市西湖区文三路1号"], "330106"),
        (["北京市朝阳区建国路"], "110105"),
        (["海淀区中关村大街"], "110108"),
        (["上海市浦东新区世纪大道"], "310115"),
        (["上海南京西路100号"], ""),
        (["江苏南京中山路"], "320100"),
        (["广东-深圳-南山区"], "440305"),
        (["义乌市稠州路"], "330782"),
        (["吉林省吉林市船营区"], "220204"),
        (["新疆乌鲁木齐市天山区"], "650102"),
        (["恩施土家族苗族自治州利川市"], "422802"),
        (["香港特别行政区中环"], "810000"),
        (["330106"], "330106"),
        (["999999"], ""),
        (["杭州市西湖区法律援助中心"], "330106"),
        (["鼓楼区", "南京市鼓楼区中山路"], "320106"),
        (["鼓楼区", "福州某律师事务所"], "350102"),
        (["西湖区", "江西省南昌市"], "360103"),
        (["南京路100号"], ""),
        ([""], ""),
    ],
)
def test_the_narrowest_division_that_is_sure(texts: list[str], code: str) -> None:
    assert default_regions().locate(texts).code == code


def test_a_name_that_several_places_bear_stays_at_the_level_that_is_sure() -> None:
    nowhere = default_regions().locate(["鼓楼区中山路1号"])
    assert nowhere.code == ""
    assert "鼓楼区有4处" in nowhere.note
    province = default_regions().locate(["江苏省鼓楼区"])
    assert province.code == "320000"
    assert "徐州市鼓楼区" in province.note


def test_a_contradiction_is_told() -> None:
    found = default_regions().locate(["浙江省", "江苏省南京市"])
    assert found.code == "330000"
    assert "不一致" in found.note


def test_names_and_the_table() -> None:
    assert default_regions().name("330106") == "浙江省杭州市西湖区"
    assert default_regions().name("110105") == "北京市朝阳区"
    assert default_regions().name("123456") == ""


def test_a_damaged_table_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "regions.tsv").write_text("110000\t北京市\nxx\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"regions\.tsv:2"):
        Regions.read(tmp_path / "regions.tsv")


@given(st.lists(st.text(alphabet="浙江省杭州市西湖区鼓楼北京南路0123 -", max_size=20), max_size=3))
def test_any_text_gives_a_known_code_or_none(texts: list[str]) -> None:
    code = default_regions().locate(texts).code
    assert code == "" or default_regions().name(code)
