"""Reads the lines on how a law came about: passed, published, amended, in effect since."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_EFFECTIVE = re.compile(r"^\s*(?:起)?\s*(?:正式)?\s*(?:施行|实施|生效|执行)")
_AT_ONCE = re.compile(r"(?:公布|发布)(?:之日)?(?:起)?(?:施行|实施|生效)")
_AMENDED = re.compile(r"修正|修订|修改|修正案")
_MADE = re.compile(r"通过|公布|发布|批准|印发")
_ISSUERS = ("全国人民代表大会常务委员会", "全国人民代表大会")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_APART = 60
"""Days between the passing and the publication of one text; a passing later than that is another text."""


@dataclass(frozen=True, slots=True)
class History:
    """What the lines say; days are None or missing where they do not."""

    made: tuple[date, ...]
    """Days on which the text was passed, published or amended, oldest first."""
    amended: tuple[date, ...]
    """Those of `made` that changed an older text."""
    effective: tuple[date, ...]
    """Days named for taking effect, oldest first; may belong to older versions, or to annexes changed later."""
    text: str
    """All lines without the days, for finding the issuer."""
    faults: tuple[tuple[int, str], ...]
    """Line number and what is wrong with the date in it."""

    def takes_effect(self, version: date) -> tuple[date, date | None]:
        """(published, effective) of the text of `version`; an effective day from before its last change is not its own.

        A few texts were posted after they took effect; then they count as published on the day they took effect.
        """
        if not self.effective:
            return version, None
        day = next((day for day in self.effective if day >= version), self.effective[-1])
        if day >= version:
            return version, day
        alone = not self.amended and (version - day).days <= _APART
        return (day, day) if alone and all(made <= day for made in self.made if made != version) else (version, None)

    @property
    def congress(self) -> str:
        """The body of the National People's Congress that first passed the text; "" when none is named."""
        return next((name for name in _ISSUERS if name in self.text.partition("通过")[0]), _ISSUERS[0])


def day_of(year: str, month: str, day: str) -> date:
    """The day written. Raises ValueError for one that does not exist or lies outside 1949–2100."""
    found = date(int(year), int(month), int(day))
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(f"the year {found.year} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return found


def read_history(lines: Iterable[tuple[int, str]]) -> History:
    """Read numbered lines; several dates may stand in one line, and what is said of a date follows it."""
    made: list[date] = []
    amended: list[date] = []
    effective: list[date] = []
    faults: list[tuple[int, str]] = []
    said: list[str] = []
    for number, raw in lines:
        line = unicodedata.normalize("NFKC", raw)
        said.append(_DAY.sub(" ", line))
        matches = list(_DAY.finditer(line))
        for match, following in zip(matches, [*matches[1:], None], strict=False):
            try:
                day = day_of(*match.groups())
            except ValueError as error:
                faults.append((number, f"the date {match[0]} is impossible ({error}); correct it"))
                continue
            event = line[match.end() : following.start() if following else len(line)]
            if _EFFECTIVE.search(event):
                effective.append(day)
                continue
            if _AT_ONCE.search(event):
                effective.append(day)
            if _AMENDED.search(event) and made or _MADE.search(event) and made and (day - made[0]).days > _APART:
                amended.append(day)
            made.append(day)
    if not effective and made and _AT_ONCE.search("".join(said)):
        effective.append(max(made))
    return History(
        tuple(sorted(set(made))),
        tuple(sorted(set(amended))),
        tuple(sorted(set(effective))),
        "\n".join(said),
        tuple(faults),
    )
