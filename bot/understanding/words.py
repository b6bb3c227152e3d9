"""The process's one dictionary of Chinese words: jieba with the legal lexicon."""

from __future__ import annotations

import functools
from pathlib import Path

import jieba

LEXICON = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "legal_terms.txt"


@functools.cache
def cutter(lexicon: Path = LEXICON) -> jieba.Tokenizer:
    """The process's one jieba tokenizer with the legal lexicon (about 60 MB, so never two of them)."""
    jieba.setLogLevel("WARNING")
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    with lexicon.open(encoding="utf-8") as lines:
        for line in lines:
            word = line.strip()
            if word and not word.startswith("#"):
                tokenizer.add_word(word)
    return tokenizer


def frequency(word: str) -> int:
    """How often the dictionary counted `word`; 0 for what is no word."""
    return int(cutter().FREQ.get(word) or 0)
