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


def _simplified(text: str) -> str:
    return str(_converter().convert(text)) if _HAS_HAN.search(text) else text


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
