"""What a reply is warned of, and what it is not."""

from __future__ import annotations

import pytest

from bot.desk.work.canned import VARIABLES, filled
from bot.desk.work.warnings import Around, cautions

UNRESOLVED = {"text": "《民法通则》第一百条", "resolved": False, "reason": "已被《民法典》废止。"}


def found(text: str, around: Around = Around()) -> list[tuple[str, str]]:
    return [(one.kind, one.level) for one in cautions(text, around)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("您好，请先保存好证据。", []),
        ("这个官司一定能赢", [("tone", "confirm")]),
        ("法院不一定会判", []),
        ("这事不归我们管", [("tone", "confirm")]),
        ("您这是活该", [("tone", "never")]),
        ("对方说“您活该”是不对的", []),
        ("请在{期限}之前申请", [("gap", "confirm")]),
        ("请【写明日期】办理", [("gap", "confirm")]),
        ("长" * 801, [("long", "confirm")]),
        ("长" * 800, []),
        ("他的手机是13800138000", [("personal", "confirm")]),
    ],
)
def test_cautions(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_the_worst_comes_first_and_each_once() -> None:
    text = "13800138000一定能赢，法盲，再打13800138000"
    assert found(text) == [("tone", "never"), ("tone", "confirm"), ("personal", "confirm")]


def test_what_the_citizen_gave_may_be_repeated() -> None:
    assert found("您的手机13800138000", Around(said=("我的手机13800138000",))) == []


def test_a_citation_that_does_not_hold_is_told_with_its_reason() -> None:
    [one] = cautions("按《民法通则》第一百条", Around((UNRESOLVED,)))
    assert (one.kind, one.level, one.key) == ("citation", "confirm", "citation:《民法通则》第一百条")
    assert "废止" in one.text
    assert found("x", Around(({**UNRESOLVED, "resolved": True},))) == []


def test_a_canned_reply_that_is_not_filled_is_warned_of() -> None:
    values = dict.fromkeys(VARIABLES, "某")
    assert found(filled("".join(f"{{{name}}}" for name in VARIABLES), values)) == []
    assert found(filled("请在{期限}前办", {"期限": ""})) == [("gap", "confirm")]
