"""Persons are taken out of what is kept as a test, sums and dates stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.afterwards.redact import redact


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("我叫王小明，身份证11010519491231002X", ("王小明", "11010519491231002X")),
        ("打我电话13912345678或者139 1234 5678", ("13912345678", "139 1234 5678")),
        ("座机 021-62345678", ("62345678",)),
        ("我在深圳市天才科技有限公司上班", ("天才科技",)),
        ("卡号6222 0212 3456 7890 123", ("6222", "7890")),
        ("住在幸福路88号3单元502室", ("幸福路", "88号", "502")),
        ("住阳光花园3栋2单元", ("阳光",)),
        ("微信号：abc12345，邮箱 li.ming@qq.com", ("abc12345", "li.ming")),
        ("车牌京A12345撞了我", ("A12345",)),
        ("老板李大强，欠我钱", ("李大强",)),
    ],
)
def test_persons_go(text: str, gone: tuple[str, ...]) -> None:
    for word in gone:
        assert word not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "老板欠我三个月工资一共15000元，今年9月30号走的",
        "2026年3月5日签的合同，一个月五千",
        "劳动合同法第八十二条怎么说",
        "法院判了110万，我是原告，公司法第二十条",
    ],
)
def test_sums_dates_and_law_stay(text: str) -> None:
    assert redact(text) == text


@given(st.text(max_size=200))
def test_any_text_is_taken_and_taken_again_unchanged(text: str) -> None:
    assert redact(redact(text)) == redact(text)
