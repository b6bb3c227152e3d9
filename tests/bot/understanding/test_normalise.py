"""One written form."""

from __future__ import annotations

import pytest

from bot.understanding.normalise import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１２３ＡＢＣ", "123ABC"),
        ("老闆拖欠薪資", "老板拖欠薪资"),
        ("  多 \t\n 空格  ", "多 空格"),
        ("零\u200b宽\u0000字符", "零宽字符"),
        ("", ""),
        ("\ud800", "\ufffd"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected
