"""Makes titles comparable: the same law is written with and without 中华人民共和国, with other brackets and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PREFIX = "中华人民共和国"
_NOISE = re.compile(r"[\s、,，·《》〈〉<>\"“”'‘’]")
_SERIAL = re.compile(r"\(([一二三四五六七八九十]+)\)$")
_TRIAL = re.compile(r"\((?:试行|暂行)\)$")
_OPEN, _CLOSE = "《", "》"


@lru_cache(maxsize=65536)
def canonical(title: str) -> str:
    """`title` for comparing: NFKC, without spaces, commas, title marks and the prefix 中华人民共和国, also inside."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", title)).replace(_PREFIX, "")
    return unicodedata.normalize("NFKC", plain)


def titles_in(text: str) -> list[tuple[str, int, int]]:
    """Every outermost 《…》 of `text` as (title, start, end), where the marks stand; unclosed ones give nothing."""
    found, depth, start = [], 0, 0
    for i, char in enumerate(text):
        if char == _OPEN:
            depth, start = depth + 1, start if depth else i
        elif char == _CLOSE and depth:
            depth -= 1
            if not depth:
                found.append((text[start + 1 : i], start, i + 1))
    return found


def serial(title: str) -> tuple[str, int]:
    """What a series of interpretations is about, and the place of this one in it; 0 without a number.

    「……适用法律若干问题的解释（二）」 and 「……适用法律问题的解释（一）」 are of one series.
    """
    plain = canonical(title)
    match = _SERIAL.search(plain)
    number = "一二三四五六七八九十".find(match[1]) + 1 if match else 0
    subject = _TRIAL.sub("", _SERIAL.sub("", plain))
    return re.sub(r"若干|具体|应用|适用|法律|问题|案件|的|有关|解释|规定|意见", "", subject), number
