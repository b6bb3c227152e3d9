"""What a QR code of ours stands for: a matter, with or without the code that opens it."""

from __future__ import annotations

import re

from channels.wechat import words

_MATTER = re.compile(r"m(?P<number>[0-9]{8}-[0-9]{4,6})(?:-(?P<code>[0-9]{6}))?")


def scene_of(number: str, code: str = "") -> str:
    """The scene for a matter. With its code whoever scans it opens the matter: only for the citizen's own paper."""
    return f"m{number}-{code}" if code else f"m{number}"


def said_by(scene: str) -> str:
    """What scanning it says; "" for a code that is none of ours."""
    found = _MATTER.fullmatch(scene)
    if found is None:
        return ""
    if found["code"]:
        return words.MY_MATTER.format(number=found["number"], code=found["code"])
    return words.MY_NUMBER.format(number=found["number"])
