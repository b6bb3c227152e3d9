"""What identifies a person is found by its check digits, and what only looks like it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.work.personal_data import not_said, personal_data

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def kinds(text: str) -> list[str]:
    return [one.kind for one in personal_data(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他的身份证是11010519491231002X", ["identity_card"]),  # the example printed in GB 11643-1999
        ("身份证 110105 1949 1231 002x 请核对", ["identity_card"]),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", ["identity_card"]),
        ("身份证号110105194912310021", []),
        ("身份证号110105199902310024", []),
        ("卡号6222 0200 0000 0000 000", ["bank_card"]),
        ("卡号4111111111111111", ["bank_card"]),
        ("流水号4111111111111112", []),
        ("打138-0013-8000找他", ["mobile"]),
        ("打13800138000、13900139000", ["mobile", "mobile"]),
        ("法院电话010-12345678，热线12348", []),
        ("金额1380013800012元", []),
        ("他住在幸福路12号3栋2单元501室", ["home"]),
        ("仲裁委在人民路12号", []),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert kinds(text) == found


def test_what_the_citizen_said_is_theirs() -> None:
    found = personal_data("您的手机13800138000，对方的是13900139000")
    assert [one.text for one in not_said(found, ["我的电话 138 0013 8000"])] == ["13900139000"]
    assert list(not_said(found, ["１３８００１３８０００", "他13900139000"])) == []


@given(st.integers(10**16, 10**17 - 1), st.dates())
def test_only_the_right_check_digit_makes_an_identity_card(number: int, born: object) -> None:
    body = f"{str(number)[:6]}{str(born).replace('-', '')[-8:].zfill(8)}{str(number)[-3:]}"
    right = "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]
    found = [digit for digit in "0123456789X" if "identity_card" in kinds(f"证{body}{digit}")]
    assert found in ([right], [])
    if int(body[6:10]) >= 1880:
        assert found == [right]


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for one in personal_data(text):
        assert one.text in text
