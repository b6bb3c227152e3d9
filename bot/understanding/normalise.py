"""Brings text into one written form: half-width, simplified characters, no control characters, single spaces."""

from __future__ import annotations

import functools
import re
import unicodedata

import opencc

_SPACE = re.compile(r"\s+")
_HAS_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _encodable(text: str) -> str:
    """Text without lone surrogates, which no converter accepts; same length."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


_LEFT_OVER = re.compile(
    r"(?<![显名原编专巨土论卓遗合译昭拙])著(?![作名者述称录书有《])|[妳祢]|牠|祂|衹|瞭(?![望解亮])|甚么|计画|帐(?=[户号单目款面])|(?<=[转记存挂对])帐"
)
_SIMPLE = {
    "著": "着",
    "妳": "你",
    "祢": "你",
    "牠": "它",
    "祂": "他",
    "衹": "只",
    "瞭": "了",
    "甚么": "什么",
    "计画": "计划",
    "帐": "账",
}
"""What the table leaves as it is, because it is also written so in simplified text now and then: 拿著刀, 妳."""


def _simplified(text: str) -> str:
    if not _HAS_HAN.search(text):
        return text
    return _LEFT_OVER.sub(lambda found: _SIMPLE[found[0]], str(_converter().convert(text)))


def normalise(text: str) -> str:
    """`text` in the form everything else reads; never raises, idempotent in practice, may change the length."""
    clean = unicodedata.normalize("NFKC", _encodable(text))
    kept = "".join(
        char for char in clean if char in "\t\n\r" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return _SPACE.sub(" ", _simplified(kept)).strip()


@functools.lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


@functools.lru_cache(maxsize=64)
def fold(text: str) -> str:
    """`text` half-width and simplified, character by character, so that offsets stay those of the text given."""
    clean = _encodable(text)
    if not clean.isascii():
        clean = "".join(_fold_char(char) for char in clean)
    if clean.isascii():
        return clean
    simple = _simplified(clean)
    if len(simple) == len(clean):
        return simple
    # A phrase of the conversion table changed the length: convert alone what is one character before and after.
    singles = (_simplified(char) for char in clean)
    return "".join(new if len(new) == 1 else old for old, new in zip(clean, singles, strict=True))
