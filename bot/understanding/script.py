"""Tells in which script a message is written."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Script = Literal["han", "latin", "other", "none"]

_LINK = re.compile(r"(?:https?://|www\.)\S+")
"""An address is in no language."""
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]{2}|(?<![A-Za-z])I(?![A-Za-z])")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")


def script_of(text: str) -> Script:
    """The script that the words are in; "none" for marks, numbers and single letters."""
    text = _LINK.sub(" ", text)
    if _KANA_HANGUL.search(text):
        return "other"
    if _HAN.search(text):
        return "han"
    foreign = sum(char.isalpha() and not unicodedata.name(char, "").startswith("LATIN") for char in text)
    if foreign >= 2:
        return "other"
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return "latin" if _LATIN.search(plain) else "none"
