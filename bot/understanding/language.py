"""Which tongue somebody writes: Mandarin, Cantonese or English, as far as writing shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.script import script_of

LANGUAGES = {"zh": "普通话", "yue": "粤语", "en": "英语"}
"""Each tongue that a queue or seat can name, and its name."""
LEAST = 2
"""Different Cantonese words from which on somebody speaks it: one alone is borrowed everywhere."""
_CANTONESE = re.compile(
    r"唔|冇|嘅|咗|佢|喺|嚟|啲|乜嘢|點解|点解|嘢|咁|畀|攞|啱|邊個|边个|而家|我哋|返工|收工|老細|老细"
)


def read_language(said: Sequence[str]) -> str:
    """Of all that was said; "zh" where nothing else shows."""
    text = "\n".join(said)
    if len({found[0] for found in _CANTONESE.finditer(text)}) >= LEAST:
        return "yue"
    scripts = [script_of(one) for one in said]
    # Pinyin is Latin too: whoever also wrote Chinese reads it.
    return "en" if "latin" in scripts and "han" not in scripts and _english(text) else "zh"


_WORDS = re.compile(
    r"\b(?:the|is|are|was|my|i|am|me|you|he|she|they|have|has|not|for|and|to|of|in|what|how|can|help|need|human|lawyer|"
    r"please|work|pay|money|police|husband|wife|boss)\b",
    re.IGNORECASE,
)


def _english(text: str) -> bool:
    return len({found[0].lower() for found in _WORDS.finditer(text)}) >= 1
