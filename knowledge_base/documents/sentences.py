"""Cuts text into words sentence by sentence and remembers the last ones, since documents of one kind repeat them."""

from __future__ import annotations

from functools import lru_cache

from knowledge_base.text.analysis import Analyzer

_KEPT = 10_000
"""Sentences remembered, in some 8 MB."""
_LONGEST = 80
"""Characters of a sentence worth remembering; longer ones hardly come again."""


class Sentences:
    """The same words as the analyzer gives. No word reaches over the end of a sentence, so each is cut by itself.

    Services and kinds of business of institutions, and made-up cases, repeat whole sentences; real cases hardly do.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._remembered = lru_cache(_KEPT)(self._words)

    def cut(self, text: str) -> str:
        """Words of normalised `text`, separated by spaces."""
        return " ".join(words for sentence in text.split("。") if (words := self._sentence(sentence)))

    def _sentence(self, sentence: str) -> str:
        return self._remembered(sentence) if len(sentence) <= _LONGEST else self._words(sentence)

    def _words(self, sentence: str) -> str:
        return " ".join(self._analyzer.words(sentence))
