"""Names and numbers of parties, in the form in which they are compared."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from functools import lru_cache

import opencc

_NOISE = re.compile(r"[\s·•・.,，。、()（）\[\]【】《》<>\"'“”‘’\-—_/]+")
# The legal form says nothing about who it is: people write 某某公司 for 某某有限责任公司.
_FORM = re.compile(r"(股份有限公司|有限责任公司|有限公司|公司)$")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@lru_cache(maxsize=1)
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold_name(name: str) -> str:
    """The name without what writers do differently: full width, traditional characters, spaces, marks, legal form."""
    plain = _simplified().convert(unicodedata.normalize("NFKC", name)).casefold()
    bare = _NOISE.sub("", plain)
    return _FORM.sub("", bare) or bare


def clean_identifier(raw: str) -> str | None:
    """An identity number (GB 11643; of 15 digits made 18) or a credit code (GB 32100); None when its check fails."""
    text = re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", raw)).upper()
    if re.fullmatch(r"\d{15}", text):
        text = f"{text[:6]}19{text[6:]}"
        return text + _identity_check(text)
    if re.fullmatch(r"\d{17}[\dX]", text) and _identity_check(text) == text[17]:
        return text
    if re.fullmatch(rf"[{_CREDIT}]{{18}}", text) and _credit_check(text) == text[17]:
        return text
    return None


def _identity_check(text: str) -> str:
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True)) % 11]


def _credit_check(text: str) -> str:
    total = sum(_CREDIT.index(sign) * weight for sign, weight in zip(text[:17], _CREDIT_WEIGHTS, strict=True))
    return _CREDIT[(31 - total % 31) % 31]


def hash_identifier(key: bytes, identifier: str) -> str:
    """What is kept of a number: equal numbers have equal hashes, and without the key no number can be tried."""
    return hmac.new(key, identifier.encode(), hashlib.sha256).hexdigest()
