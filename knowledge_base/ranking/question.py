"""A question as the ranking reads it: its words in several cuts, and its vector."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ranking.vectors import WordVectors, han, terms
from knowledge_base.text.analysis import Analyzer, bigrams, normalise


@dataclass(frozen=True, slots=True)
class Question:
    """Counted words; "core" is what remains without greetings, fillers and figures."""

    text: str
    words: Counter[str]
    grams: Counter[str]
    characters: Counter[str]
    core_words: Counter[str]
    core_grams: Counter[str]
    expansion: Counter[str]
    """Words of the legal terms that its colloquial words stand for."""
    vector: NDArray[np.float32]


def read_question(text: str, analyzer: Analyzer, vectors: WordVectors) -> Question:
    """Cut a question in any wording; everything is empty and the vector zero when it holds no word."""
    plain, stop = normalise(text), analyzer.stop_words
    core = analyzer.essence(plain)
    words, grams, characters = analyzer.words(plain), bigrams(plain), han(plain)
    expansion = {w for term in analyzer.expand(plain) if term[0] != "《" for w in analyzer.words(term)}
    return Question(
        text=plain,
        words=Counter(words),
        grams=Counter(grams),
        characters=Counter(characters),
        core_words=Counter(w for w in analyzer.words(core) if w not in stop),
        core_grams=Counter(g for g in bigrams(core) if len(g) == 2 and not any(c in stop for c in g)),
        expansion=Counter(expansion),
        vector=vectors.of(terms(words, grams, characters)),
    )
