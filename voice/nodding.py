"""Whether the caller only shows that they listen."""

from __future__ import annotations

import re

_HUM = r"[嗯哦噢喔啊呃唔额]"
_MARKS = r"[，。！、,.! ]"
_NOD = re.compile(
    rf"(?:{_HUM}|{_MARKS})+|(?:{_HUM}?{_MARKS}*(?:对的?|是的?|好的?|行|明白|知道)了?{_MARKS}*)+[啊呀吧]?{_MARKS}*"
)
_ASKS = ("？", "?")


def nods(text: str, over: str) -> bool:
    """嗯 and 对 while we explain (`over`) mean: go on. While we ask, they may be the answer."""
    return bool(_NOD.fullmatch(text.strip())) and not over.rstrip().endswith(_ASKS)
