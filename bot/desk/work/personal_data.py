"""Finds what identifies a person in a text: identity cards, bank cards, mobile numbers, homes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["identity_card", "bank_card", "mobile", "home"]

_FULL_WIDTH = str.maketrans("０１２３４５６７８９ｘＸ－　", "0123456789xX- ")
# Blanks and hyphens are allowed where people put them, so that two numbers beside each other stay two.
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3}[\dXx](?![\dXx])")
_BANK = re.compile(r"(?<!\d)[34569]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_HOME = re.compile(r"[\u4e00-\u9fff\d]{2,20}?(?:\d{1,4}(?:栋|幢|座|号楼|弄|单元)){1,3}\d{1,4}(?:室|房|号)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One find."""

    kind: Kind
    text: str
    """As it stands in the text."""
    key: str
    """The same without blanks and hyphens."""


def personal_data(text: str) -> list[PersonalData]:
    """All finds, in order. A number is told by its check digit; a number of another kind is not taken for one."""
    plain = text.translate(_FULL_WIDTH)
    found = [(m.start(), "identity_card", m) for m in _IDENTITY.finditer(plain) if _is_identity(_bare(m[0]))]
    taken = [m.span() for _, _, m in found]
    found += [
        (m.start(), "bank_card", m)
        for m in _BANK.finditer(plain)
        if _luhn(_bare(m[0])) and not any(start < m.end() and m.start() < end for start, end in taken)
    ]
    found += [(m.start(), "mobile", m) for m in _MOBILE.finditer(plain)]
    found += [(m.start(), "home", m) for m in _HOME.finditer(plain)]
    found.sort(key=lambda one: one[0])
    return [PersonalData(kind, text[m.start() : m.end()], _bare(m[0])) for _, kind, m in found]  # type: ignore[arg-type]


def not_said(found: Iterable[PersonalData], said: Iterable[str]) -> Iterator[PersonalData]:
    """The finds that stand in none of the texts `said`."""
    told = [_bare(text.translate(_FULL_WIDTH)) for text in said]
    for one in found:
        if not any(one.key in text for text in told):
            yield one


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("-", "").upper()


def _is_identity(number: str) -> bool:
    """GB 11643: a day of birth that exists, and the check digit by ISO 7064 MOD 11-2."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return born.year >= 1880 and number[17] == _CHECK[total % 11]


def _luhn(number: str) -> bool:
    """ISO/IEC 7812: the check digit of payment cards."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
