"""Places in China: finds the administrative division (GB/T 2260) that an address or a name of a place means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge_base.shipped import REGIONS

FILE = REGIONS
_PEOPLES = (
    "维吾尔|柯尔克孜|哈萨克|土家族|布依族|哈尼族|傈僳族|景颇族|朝鲜族|蒙古族|蒙古|藏族|回族|彝族|白族|傣族|苗族|侗族|壮族|羌族|黎族|瑶族|满族|畲族"
    "|水族|仡佬族|土族|撒拉族|保安族|东乡族|裕固族|锡伯|塔吉克|独龙族|怒族|佤族|拉祜族|布朗族|纳西族|普米族|各族|毛南族|仫佬族|达斡尔族"
)
_SUFFIX = re.compile(rf"(?:(?:{_PEOPLES})*自治[区州县旗]|特别行政区|省|市|地区|盟)$")
_STREET = re.compile("[东西南北中]?[路街道巷弄村镇乡]")
"""What follows a city's name in the name of a street: 南京路, 北京西路."""
_HAN = re.compile(r"[^\u4e00-\u9fff0-9]+")
_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Located:
    """Where a text lies."""

    code: str
    """Six digits of the narrowest division that is sure; "" when none is."""
    note: str = ""
    """Why it is not narrower, or what contradicts (Simplified Chinese); "" when nothing does."""


class Regions:
    """The table of divisions."""

    def __init__(self, names: dict[str, str]) -> None:
        """`names`: code of six digits → full name."""
        self._names = names
        self._full: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        for code, name in names.items():
            self._full.setdefault(name, []).append(code)
            short = short_name(name)
            if code.endswith("00") and len(short) > 1 and short != name:
                self._short.setdefault(short, []).append(code)
        self._longest = max(map(len, self._full), default=0)
        self._any = re.compile("|".join(sorted(map(re.escape, self._full), key=len, reverse=True)) or "(?!)")

    @classmethod
    def read(cls, path: Path = FILE) -> Regions:
        """The table in the repository. OSError when it is missing, ValueError naming a line that is malformed."""
        names: dict[str, str] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("#") or not line:
                continue
            code, _, name = line.partition("\t")
            if not _CODE.fullmatch(code) or not name:
                raise ValueError(f"{path}:{number}: expected a code of six digits and a name, tab-separated")
            names[code] = name
        return cls(names)

    def name(self, code: str) -> str:
        """浙江省杭州市西湖区 for 330106; "" for a code that is not known."""
        steps = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
        return "".join(self._names.get(step, "") for step in steps) if code in self._names else ""

    def counties(self) -> Iterator[tuple[str, str, str]]:
        """Province, city and name of each division below a city; the city is "" where there is none between."""
        for code, name in self._names.items():
            if not code.endswith("00"):
                yield self._names[f"{code[:2]}0000"], self._names.get(f"{code[:4]}00", ""), name

    def locate(self, texts: Iterable[str]) -> Located:
        """Where several texts about one place, the most trusted first, agree that it lies."""
        sure: set[str] = set()
        note, texts = "", [*texts]
        for text in texts:
            found = self._codes(text)
            if not found:
                continue
            both = {_narrower(a, b) for a in sure for b in found} - {""} if sure else found
            if both:
                sure = both
            else:
                note = f"「{text[:40]}」与前面的地点（{self._names[min(sure)]}）不一致，以前面的为准"
        if len(sure) > 1:
            sure = self._hinted(sure, texts)
        if len(sure) <= 1:
            return Located(next(iter(sure), ""), note)
        common = _common(sure)
        places = "、".join(self.name(code) for code in sorted(sure)[:4])
        return Located(common, f"{self._names[min(sure)]}有{len(sure)}处（{places}），无法确定是哪一处")

    def _hinted(self, sure: set[str], texts: list[str]) -> set[str]:
        """Those of `sure` inside a place whose short name begins one of the texts: 福州某律师事务所."""
        for text in texts:
            plain = _HAN.sub("", text)
            for size in range(min(self._longest, len(plain)), 1, -1):
                outer = self._short.get(plain[:size], ())
                inside = {code for code in sure if any(_inside(code, o) for o in outer)}
                if inside and not _STREET.match(plain, size):
                    return inside
        return sure

    def _codes(self, text: str) -> set[str]:
        """Every division that `text` may mean: one when it is clear."""
        plain = text.strip()
        if _CODE.fullmatch(plain):
            return {plain} if plain in self._names else set()
        plain = _HAN.sub("", plain)
        found = self._parse(plain)
        if found:
            return found
        first = self._any.search(plain)
        return self._parse(plain[first.start() :]) if first else set()

    def _parse(self, text: str) -> set[str]:
        """Divisions named one after the other from the start of `text`, each inside the one before."""
        found: set[str] = set()
        position = 0
        while position < len(text):
            size, codes = self._next(text, position, found)
            if not codes:
                break
            found, position = codes, position + size
        return found

    def _next(self, text: str, position: int, within: set[str]) -> tuple[int, set[str]]:
        """The division named at `position` inside one of `within`, and how many characters name it."""
        for size in range(min(self._longest, len(text) - position), 1, -1):
            piece = text[position : position + size]
            for table in (self._full, self._short):
                codes = {c for c in table.get(piece, ()) if not within or any(_inside(c, w) for w in within)}
                if codes and (table is self._full or self._stands_alone(text, position + size, codes, bool(within))):
                    return size, codes
        return 0, set()

    def _stands_alone(self, text: str, end: int, codes: set[str], after_another: bool) -> bool:
        """Whether a short name (杭州) is a place here and no part of a street's or company's name."""
        if end == len(text):
            return True
        if after_another:
            return not _STREET.match(text, end)
        return bool(self._next(text, end, codes)[1])


def short_name(name: str) -> str:
    """The name without what kind of division it is: 大理 for 大理白族自治州, 昆山 for 昆山市; a county keeps its 县."""
    return _SUFFIX.sub("", name)


def _inside(code: str, outer: str) -> bool:
    return code != outer and code.startswith(_stem(outer))


def _stem(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _narrower(one: str, other: str) -> str:
    """The narrower of two when one lies in the other; "" when neither does."""
    if one == other or _inside(other, one):
        return other
    return one if _inside(one, other) else ""


def _common(codes: set[str]) -> str:
    for size in (4, 2):
        stems = {code[:size] for code in codes}
        if len(stems) == 1:
            return stems.pop().ljust(6, "0")
    return ""


@lru_cache(maxsize=1)
def default_regions() -> Regions:
    """The repository's table, read once."""
    return Regions.read()
