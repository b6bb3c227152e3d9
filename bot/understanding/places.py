"""Finds provinces and cities by the names people write."""

from __future__ import annotations

import re

from bot.understanding.entity import Entity
from bot.understanding.gazetteer import PLACES
from bot.understanding.longest import compile_words

_NAMES = compile_words(PLACES)
_NO_PLACE = re.compile(r"(?:路|街|大道|银行|大学|拉面|烤鸭|小吃|话|菜|人寿)")
"""上海路, 兰州拉面, 北京银行 name something else."""
_TWICE = re.compile(r"\s?(?:省|市)?\s?")


def find_places(text: str) -> list[Entity]:
    """Provinces and cities in `text` (already folded), in order; 广东深圳 said together is one place, the city."""
    found: list[Entity] = []
    for match in _NAMES.finditer(text):
        if _NO_PLACE.match(text, match.end()):
            continue
        canonical, unit = PLACES[match[0]]
        start = match.start()
        inside = bool(found) and unit == "city" and canonical.startswith(f"{found[-1].value} ")
        if inside and _TWICE.fullmatch(text[found[-1].end : start]):
            start = found.pop().start
        found.append(Entity("place", canonical, None, None, unit, text[start : match.end()], start, match.end()))
    return found
