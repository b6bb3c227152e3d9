"""Where somebody is who tells a story: the division that they name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.normalise import fold
from bot.understanding.places import find_places
from knowledge_base.regions import default_regions

LONGEST = 1000
"""Characters of a message that are read for a place."""
_DISTRICT = 8
"""Characters after a city's name in which a district of it may be named."""


def read_place(said: Sequence[str]) -> str:
    """The code (GB/T 2260) of the division named last, "" when none is."""
    regions = default_regions()
    for text in reversed(said):
        folded = fold(text[:LONGEST])
        for place in reversed(find_places(folded)):
            code = regions.locate((str(place.value).replace(" ", "") + folded[place.end : place.end + _DISTRICT],)).code
            if code:
                return code
        if code := regions.locate((folded,)).code:
            return code
    return ""


def place_name(code: str) -> str:
    """浙江省杭州市 for 330100; "" for "" and for a code that is not known."""
    return default_regions().name(code) if code else ""
