"""Counties, districts and county-level cities by the names people use, inside a province or city and by themselves."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.interviews.authored import read_plain
from bot.understanding.gazetteer import PLACES
from bot.understanding.longest import compile_words
from knowledge_base.regions import default_regions, short_name

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "places.yaml"
_KIND = re.compile(r"(?:新区|林区|地区|[县市区旗州盟])$")
_WIDER = re.compile(r"[省市州县区盟旗]")
"""Behind a short name: it is another place's (云南红河州 is not the county 红河)."""
_BETWEEN = re.compile(r"(?:市|省)?[\s,，]?(?:的|下面的?|那边的?)?")
_ALONE_TOO = re.compile(r"(?:我们?|俺们?|咱们?|人|家|老家|住|就|是|在|到|的)*")
_END = re.compile(r"(?:这边|那边|这里|这儿|那儿|里|的|人|啊|呀|吧|[。.!！,，\s])*")


@dataclass(frozen=True, slots=True)
class _Names:
    inside: Mapping[str, Mapping[str, str]]
    """Province, or province and short name of a city → name of what lies in it → its own canonical name."""
    alone: Mapping[str, str]
    """Names that are sure in any sentence."""
    whole: Mapping[str, str]
    """Names that are sure where nothing else is said."""
    pattern: re.Pattern[str]


def county_at(outer: str, text: str, start: int, end: int) -> tuple[str, int] | None:
    """The county of `outer` (省 市) that is named behind it or begins like it, as (canonical name, where it ends).

    `outer` stands in `text` from `start` to `end`: 周口太康, 长沙县.
    """
    names = _names().inside.get(_key(*outer.split()), {})
    between = _BETWEEN.match(text, end)
    starts = (start, end if between is None else between.end(), end)
    found = (
        (name, at + len(name))
        for at in starts
        for name in _longest(names, text, at)
        if at + len(name) > end
        and (_KIND.search(name) or not _WIDER.match(text, at + len(name)))
        # 湖南|邵阳 is the city, of which one county has the name.
        and not (at >= end and name in PLACES)
    )
    return next(((names[name], till) for name, till in found), None)


def counties_alone(text: str) -> Iterator[tuple[str, int, int]]:
    """Counties that stand in `text` without their city, as (canonical name, start, end)."""
    lead = _ALONE_TOO.match(text)
    start = lead.end() if lead is not None else 0
    for name in _longest(_names().whole, text, start):
        if _END.fullmatch(text, start + len(name)):
            yield _names().whole[name], start, start + len(name)
            return
    for match in _names().pattern.finditer(text):
        yield _names().alone[match[0]], match.start(), match.end()


def _longest(names: Iterable[str], text: str, at: int) -> list[str]:
    """Those of the names that stand at this place, the longest first."""
    return sorted((one for one in names if text.startswith(one, at)), key=len, reverse=True)


@functools.cache
def _names() -> _Names:
    steps, ordinary = [*default_regions().counties()], frozenset(read_plain(FILE)["ordinary"].split())
    inside: dict[str, dict[str, list[str]]] = {}
    everywhere: dict[str, list[str]] = {}
    for province, city, county in steps:
        canonical = " ".join(filter(None, (province, city, county)))
        for name in _ways(county):
            everywhere.setdefault(name, []).append(canonical)
            for outer in {_key(province), _key(province, city)}:
                inside.setdefault(outer, {}).setdefault(name, []).append(canonical)
    whole = {name: where[0] for name, where in everywhere.items() if len(where) == 1 and name not in ordinary}
    often = Counter(county for _, _, county in steps)
    alone = {
        name: where
        for name, where in whole.items()
        if len(name) > 2 and often[name] == 1 or where.endswith(f"{name}市")
    }
    sure = {outer: {name: one[0] for name, one in names.items() if len(one) == 1} for outer, names in inside.items()}
    return _Names(sure, alone, whole, compile_words(alone))


def _ways(county: str) -> set[str]:
    short = _KIND.sub("", short_name(county))
    return {county, short} if len(short) > 1 else {county}


def _key(province: str, city: str = "") -> str:
    """A city by its short name: 大理州 and 大理白族自治州 are one."""
    return f"{province} {_KIND.sub('', short_name(city))}".strip()
