"""Tells the telephone number of the police or a public hotline from a sum: 拨了110, 96110打了, 打12345投诉."""

from __future__ import annotations

import re

_NUMBERS = frozenset(
    ("110", "119", "120", "122", "12110", "12123", "12309", "12315", "12333", "12337", "12338", "12345", "12348")
    + ("12350", "12355", "12368", "12377", "12378", "12385", "12388", "12389", "12393", "12395", "96110")
)
_CALLS = re.compile(r"(?:打|拨|报|找|联系|热线|电话)(?:了|过|通|给|的|是|\s)*$")
_CALLED = re.compile(
    r"\s?(?:我|也|都|已经|就|早)*(?:打(?!车|的|折|工|官司)|拨|热线|电话|平台|报(?:了|过|的|警|案)|投诉|举报|出警|来了|来人|"
    r"让我|叫我|说(?:了|让|他|不|没|要|是|这|可)|不管|没人接|打不通)"
)
_SPENT = re.compile(r"[了花交付扣罚收赔欠退借价费]$")
"""「花了120打车」 names a sum."""
_CURRENCY = re.compile(r"\s?(?:元|块|圆|万|千|多)")


def is_hotline(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is such a number that somebody calls or called."""
    if text[start:end] not in _NUMBERS or _CURRENCY.match(text, end):
        return False
    if _CALLS.search(text, max(0, start - 6), start):
        return True
    return _SPENT.search(text, max(0, start - 1), start) is None and _CALLED.match(text, end) is not None
