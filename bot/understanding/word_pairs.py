"""How likely one word follows another, as citizens speak: pairs as the examples have them, else words by frequency."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.understanding.words import cutter

_HAN_WORD = re.compile(r"^[\u4e00-\u9fff]{1,6}$")
_MOST_WORDS = 20_000
"""Of the dictionary the words counted most often; nobody means a rare one without saying more."""
_DOMAIN = 400.0
"""How much more a word of the examples counts than one of the dictionary."""
_UNKNOWN = -14.0
_END = -4.0
BEGIN, END = "^", "$"


def is_word(word: str) -> bool:
    """Whether it is Chinese, and short enough to be one."""
    return bool(_HAN_WORD.match(word))


class WordPairs:
    """A model of pairs of words."""

    def __init__(self, sentences: Iterable[Sequence[str]], extra: Iterable[str] = ()) -> None:
        """`sentences`: the examples cut into words; `extra`: words of the lexicon beside them. Takes about a second."""
        self._pairs: dict[str, Counter[str]] = defaultdict(Counter)
        domain: Counter[str] = Counter(extra)
        for words in sentences:
            for before, word in itertools.pairwise((BEGIN, *words, END)):
                self._pairs[before][word] += 1
            domain.update(words)
        frequencies = cutter().FREQ
        common = sorted(
            (word for word in frequencies if frequencies[word] and is_word(word)), key=lambda w: -frequencies[w]
        )
        self.domain = frozenset(word for word in domain if is_word(word))
        """The words of the examples."""
        counts = {
            word: domain[word] * _DOMAIN + frequencies.get(word, 0) for word in {*self.domain, *common[:_MOST_WORDS]}
        }
        total = math.log(sum(counts.values()))
        self._single = {word: math.log(count) - total for word, count in counts.items()}
        self._after = {before: sum(words.values()) for before, words in self._pairs.items()}

    def __iter__(self) -> Iterator[str]:
        """Every word it knows."""
        return iter(self._single)

    def __contains__(self, word: str) -> bool:
        """Whether it knows the word."""
        return word in self._single

    def step(self, before: str, word: str) -> float:
        """The logarithm of how likely `word` follows `before`."""
        single = self._single.get(word, _UNKNOWN) if word != END else _END
        seen = self._pairs[before][word] if before in self._pairs else 0
        if not seen:
            return single
        return math.log(0.7 * seen / (self._after[before] + 3) + 0.3 * math.exp(single))
