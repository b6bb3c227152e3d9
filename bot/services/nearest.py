"""Which county a position lies in, or near: by the nearest county seat."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from knowledge_base.regions import default_regions

FARTHEST = 200.0
"""Kilometres; in the west counties are as wide. What is farther from every seat is abroad, or at sea."""
_RADIUS = 6371.0
_STRIP = 2.5
"""Degrees of latitude around a position in which seats are looked at: more than FARTHEST."""


@dataclass(frozen=True, slots=True)
class Place:
    """A county of China."""

    code: str
    name: str
    """With its province and city."""


class NoPlaces(Exception):
    """The table of positions is not installed."""


@lru_cache(maxsize=1)
def _seats() -> tuple[tuple[float, float, str], ...]:
    """Latitude, longitude and code of every county that our table of divisions knows."""
    spec = find_spec("cpca")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "resources" / "adcodes.csv"
        if path.is_file():
            regions = default_regions()
            with path.open(encoding="utf-8", newline="") as table:
                found = [
                    (float(row["latitude"]), float(row["longitude"]), row["adcode"][:6])
                    for row in csv.DictReader(table)
                    if row["latitude"] and regions.name(row["adcode"][:6])
                ]
            # A city's own point lies in one of its counties, which is meant; some cities have none.
            wider = {code[:4] for _, _, code in found if not code.endswith("00")}
            sure = (one for one in found if not (one[2].endswith("00") and one[2][:4] in wider))
            return tuple(sorted(one for one in sure if not one[2].endswith("0000") or one[2][:2] in ("71", "81", "82")))
    raise NoPlaces("positions are not looked up: the package cpca is not installed; run `make setup`")


def nearest(latitude: float, longitude: float) -> Place | None:
    """The county whose seat is nearest; None where none is near. Near a border it may be the neighbour: ask."""
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    close = (
        (_kilometres(latitude, longitude, north, east), code)
        for north, east, code in _seats()
        if abs(north - latitude) <= _STRIP
    )
    distance, code = min(close, default=(math.inf, ""))
    return Place(code, default_regions().name(code)) if distance <= FARTHEST else None


def kilometres_between(one: str, other: str) -> float:
    """Between the seats of two counties (codes of six digits); infinite where the seat of one is not known.

    Raises NoPlaces where no positions are installed.
    """
    seats = {code: (north, east) for north, east, code in _seats() if code in (one, other)}
    return _kilometres(*seats[one], *seats[other]) if one in seats and other in seats else math.inf


def _kilometres(north: float, east: float, other_north: float, other_east: float) -> float:
    """Along the surface."""
    first, second = math.radians(north), math.radians(other_north)
    across = math.sin((second - first) / 2) ** 2
    across += math.cos(first) * math.cos(second) * math.sin(math.radians(other_east - east) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, across)))
