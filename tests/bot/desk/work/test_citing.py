"""A quoted statute speaks of itself by the name it was cited under."""

from __future__ import annotations

import pytest

from bot.desk.work.citing import spelled_out


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        (
            "《劳动合同法》第四十六条规定：“劳动者依照本法第三十八条规定解除劳动合同的”",
            "《劳动合同法》第四十六条规定：“劳动者依照《劳动合同法》第三十八条规定解除劳动合同的”",
        ),
        (
            "《民法典》第一条，《工伤保险条例》：本条例第3条",
            "《民法典》第一条，《工伤保险条例》：《工伤保险条例》第3条",
        ),
        ("依照本法第三十八条", "依照本法第三十八条"),
        ("《民法典》本法自公布之日起施行", "《民法典》本法自公布之日起施行"),
    ],
)
def test_spelled_out(text: str, spelled: str) -> None:
    assert spelled_out(text) == spelled
