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
    for word in legal_terms(lexicon):
        tokenizer.add_word(word)
    return tokenizer


def legal_terms(lexicon: Path = LEXICON) -> list[str]:
    """The words of the legal lexicon."""
    lines = map(str.strip, lexicon.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def frequency(word: str) -> int:
    """How often the dictionary counted `word`; 0 for what is no word."""
    return int(cutter().FREQ.get(word) or 0)
