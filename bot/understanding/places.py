"""Finds provinces, cities and counties by the names people write."""

from __future__ import annotations

import re

from bot.understanding.counties import counties_alone, county_at
from bot.understanding.entity import Entity
from bot.understanding.gazetteer import PLACES
from bot.understanding.longest import compile_words
from bot.understanding.normalise import fold

_NAMES = compile_words(PLACES)
_NO_PLACE = re.compile(r"(?:路|街|大道|银行|保险|大学|拉面|烤鸭|小吃|话|菜|人寿)")
"""上海路, 兰州拉面, 北京银行 name something else."""
_AROUND = re.compile(
    r"^(?:我|俺|我们)?(?:家|老家)?(?:是|在|就在|住|住在)?|(?:的|那边|这边|这里|那里|人|吧|啊|呢)+$|[\s,，。.!！]"
)
"""Said with a place without telling anything more."""
_LONGEST_NAME = 16
_TWICE = re.compile(r"\s?(?:省|市)?\s?")


def find_places(text: str) -> list[Entity]:
    """Places in `text` (already folded), in order; 广东深圳 said together is one place, the city, as is 周口太康."""
    found: list[Entity] = []
    for match in _NAMES.finditer(text):
        if found and match.start() < found[-1].end:
            continue  # 吉林 of a county that begins with it
        canonical, unit = PLACES[match[0]]
        start, end = match.start(), match.end()
        inside = bool(found) and unit == "city" and canonical.startswith(f"{found[-1].value} ")
        if inside and _TWICE.fullmatch(text[found[-1].end : start]):
            start = found.pop().start
        county = county_at(canonical, text, match.start(), end)
        if county is not None and not _NO_PLACE.match(text, county[1]):
            (canonical, end), unit = county, "county"
        elif _NO_PLACE.match(text, end):
            continue
        found.append(Entity("place", canonical, None, None, unit, text[start:end], start, end))
    for canonical, start, end in counties_alone(text):
        apart = all(end <= one.start or start >= one.end for one in found)
        if apart and not _NO_PLACE.match(text, end):
            found.append(Entity("place", canonical, None, None, "county", text[start:end], start, end))
    return sorted(found, key=lambda one: one.start)


def names_place_only(text: str) -> bool:
    """Whether a short message says where, and nothing else: 「河南太康的」."""
    said = _AROUND.sub("", fold(text))
    found = find_places(said) if 0 < len(said) <= _LONGEST_NAME else []
    return bool(found) and sum(one.end - one.start for one in found) == len(said)
