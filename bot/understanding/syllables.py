"""Latin text as Chinese syllables: tones taken off, ü as v, and what can be none."""

from __future__ import annotations

import functools
import re
import unicodedata

from pypinyin import Style, pinyin

from bot.understanding.words import cutter

LONGEST = 6
"""Letters of the longest syllable (zhuang)."""
_TONE = re.compile(r"(?<=[a-z])[1-5](?![0-9])")
_COMBINING_TONES = "\u0300\u0301\u0304\u030c\u0306"


@functools.cache
def syllables() -> frozenset[str]:
    """Every syllable that a character of the dictionary has, without tone."""
    characters = {word for word in cutter().FREQ if len(word) == 1 and "\u4e00" <= word <= "\u9fff"}
    return frozenset(
        sound
        for readings in pinyin(sorted(characters), style=Style.NORMAL, heteronym=True, errors="ignore")
        for sound in readings
        # Interjections (ng, hm) and dialect sounds (kei, eng) are read into almost any letters.
        if sound.isascii() and re.search("[aeiouv]", sound) and sound not in {"o", "eng", "ei", "yo", "lo"}
    )


def plain_letters(text: str) -> str:
    """`text` in lower case without tone marks and tone numbers, ü written v."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    kept = "".join(char for char in decomposed if char not in _COMBINING_TONES)
    return _TONE.sub("", unicodedata.normalize("NFC", kept).replace("ü", "v"))


def splits(letters: str) -> bool:
    """Whether the letters are nothing but syllables."""
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            reached |= {
                start + length for length in range(1, LONGEST + 1) if letters[start : start + length] in syllables()
            }
    return len(letters) in reached
