"""What is known of a country's law for those who deal with it: each line with its source and its day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain

FOLDER = Path(__file__).resolve().parents[2] / "training_data" / "countries"
HEADING = "以下是{name}的情况，只列我们查到出处的，不是中国法律的内容："
NOTHING = (
    "没有列出的，是我们还没有查到可靠出处，不代表没有；那个国家自己的法律条文我手上没有，请问当地律师。条约会变，要用的时候请再核对一次："
    "送达、取证，问办案的法院（12368），由法院按条约或者外交途径办；文件认证，问当地外事办公室；别的拿不准，打12348问。"
)
HEADING_EN = "What we know of {name}, each line with its source; this is not Chinese law:"
NOTHING_EN = (
    "What is not listed we have not found in a reliable source; that does not mean there is none. The text of its own "
    "laws we do not hold: ask a lawyer there. "
    "Treaties change: check again before you rely on a line. For service and evidence ask the court that hears the "
    "case (12368), for legalisation the local foreign affairs office, for anything else 12348."
)
NOT_FOUND = "您问的{what}，{name}的情况我们没有查到可靠的出处。"
NOT_FOUND_EN = "On this question we have found no reliable source for {name}."

_LETTER = "[a-zà-ÿ]"


@dataclass(frozen=True, slots=True)
class Told:
    """One fact."""

    label: str
    text: str
    source: str
    on: str
    """When the source said so: a year, a month or a day, ISO."""
    label_en: str
    text_en: str
    source_en: str


@dataclass(frozen=True, slots=True)
class Country:
    """One country."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    name_en: str
    names: tuple[str, ...]
    """Other names, English ones among them."""
    unlike: tuple[str, ...]
    """Words that hold one of its names and mean something else: 内蒙古, 印度洋."""
    facts: tuple[Told, ...]

    def text(self, labels: Sequence[str] = ()) -> str:
        """What is known, in words for a citizen; with `labels` only what is under those, or that nothing is."""
        lines = [f"· {one.label}：{one.text}（来源：{one.source}，{one.on}）" for one in self._asked(labels)]
        heading = HEADING if lines else NOT_FOUND
        return "\n".join([heading.format(name=self.name, what="、".join(labels)), *lines, NOTHING])

    def holds(self, labels: Sequence[str]) -> bool:
        """Whether anything is known under those."""
        return any(one.label in labels for one in self.facts)

    def text_en(self, labels: Sequence[str] = ()) -> str:
        """The same in English."""
        lines = [f"· {one.label_en}: {one.text_en} (source: {one.source_en}, {one.on})" for one in self._asked(labels)]
        heading = HEADING_EN if lines else NOT_FOUND_EN
        return "\n".join([heading.format(name=self.name_en), *lines, NOTHING_EN])

    def _asked(self, labels: Sequence[str]) -> list[Told]:
        """In the order in which they were asked for."""
        if not labels:
            return list(self.facts)
        return sorted((one for one in self.facts if one.label in labels), key=lambda one: labels.index(one.label))


class Countries:
    """All of them."""

    def __init__(self, countries: Mapping[str, Country]) -> None:
        self.by_code = countries
        self._by_name: dict[str, Country | None] = {}
        for one in countries.values():
            self._by_name |= dict.fromkeys((word.lower() for word in one.unlike), None)
            self._by_name |= dict.fromkeys((name.lower() for name in (one.name, one.name_en, *one.names)), one)
        longest_first = sorted(self._by_name, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_whole, longest_first)) or "(?!)")

    def find(self, text: str) -> Country | None:
        """The country that a text names first; of names that begin together the longest. None for none."""
        found = (self._by_name[match[0]] for match in self._pattern.finditer(text.lower()))
        return next((one for one in found if one is not None), None)


def _whole(name: str) -> str:
    """A pattern for the name; a name in letters is a word by itself, so that Oman is not found in Romania."""
    return rf"(?<!{_LETTER}){re.escape(name)}(?!{_LETTER})" if re.search(_LETTER, name) else re.escape(name)


@lru_cache(maxsize=1)
def read_countries(folder: Path = FOLDER) -> Countries:
    """The countries of a folder. Raises ValueError naming the file of a faulty one."""
    found: dict[str, Country] = {}
    named: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        for data in read_plain(path):
            try:
                one = _country(data)
            except (KeyError, TypeError) as error:
                raise ValueError(f"{path}: {data!r:.60} lacks {error}") from error
            if one.code in found:
                raise ValueError(f"{path}: {one.code} stands twice")
            for name in {name.lower() for name in (one.name, one.name_en, *one.names)}:
                if named.setdefault(name, one.code) != one.code:
                    raise ValueError(f"{path}: {name} means both {named[name]} and {one.code}")
            found[one.code] = one
    return Countries(found)


def _country(data: Mapping[str, Any]) -> Country:
    facts = tuple(
        Told(*(str(fact[key]) for key in ("label", "text", "source", "on", "label_en", "text_en", "source_en")))
        for fact in data["facts"]
    )
    names, unlike = tuple(map(str, data["names"])), tuple(map(str, data.get("unlike", ())))
    return Country(str(data["code"]), str(data["name"]), str(data["name_en"]), names, unlike, facts)
