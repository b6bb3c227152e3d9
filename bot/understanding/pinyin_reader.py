"""Reads pinyin typed in Latin letters: the likeliest Chinese sentence, and how sure that is."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pypinyin import Style, pinyin

from bot.understanding.syllables import LONGEST, plain_letters, splits
from bot.understanding.word_pairs import BEGIN, END, WordPairs, is_word

_PIECE = re.compile(r"[a-zv]+|[^a-zv]+")
_KEPT = 12
"""Sentences kept at each place while reading."""
_MARGIN = math.log(20)
"""The best reading is certain when the next one is this much less likely…"""
_NEAR = math.log(2000)
"""What is this much less likely may still have been meant, where a life hangs on it."""
_PLAIN = -8.2
"""…and its words are as likely as this on average."""
_POSSIBLE = -11.5
"""Below this the letters are some other language."""


@dataclass(frozen=True, slots=True)
class PinyinReading:
    """What pinyin says."""

    text: str
    certain: bool
    """False: ask whether this was meant."""
    others: tuple[str, ...] = ()
    """What else it may well be, likeliest first."""


@dataclass(slots=True)
class _Node:
    """The words whose syllables end here, and the syllables that go on."""

    words: list[str] = field(default_factory=list)
    next: dict[str, _Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    words: tuple[str, ...]


class PinyinReader:
    """Longest words first by a word-pair model: pairs as the examples have them, else single words by frequency."""

    def __init__(self, pairs: WordPairs) -> None:
        """Of the words that `pairs` knows."""
        self._pairs = pairs
        self._root = _Node()
        for word in pairs:
            for sounds in sounds_of(word):
                node = self._root
                for sound in sounds:
                    node = node.next.setdefault(sound, _Node())
                node.words.append(word)

    def read(self, text: str, other: Collection[str] = ()) -> PinyinReading | None:
        """The Chinese of `text`, None where it is no pinyin; words of `other` languages alone are none either."""
        letters = plain_letters(text)
        pieces = _PIECE.findall(letters)
        tokens = [piece for piece in pieces if piece[0].isalpha()]
        if not tokens or all(token in other for token in tokens) or not all(splits(token) for token in tokens):
            return None
        paths = [_Path(0.0, ())]
        for run in _runs(pieces):
            if run[0][0].isalpha():
                paths = self._best(run, paths)
                if not paths:
                    return None
            else:
                paths = [_Path(one.score, (*one.words, run[0])) for one in paths]
        ended = sorted(
            (_Path(one.score + self._step(one.words, END), one.words) for one in paths), key=lambda one: -one.score
        )
        best = ended[0]
        average = best.score / max(1, len([word for word in best.words if is_word(word)]) + 1)
        if average < _POSSIBLE:
            return None
        rivals = [one for one in ended[1:] if "".join(one.words) != "".join(best.words)]
        gap = best.score - rivals[0].score if rivals else math.inf
        told = all(word in self._pairs.domain for word in best.words if is_word(word))
        return PinyinReading(
            "".join(best.words).strip(),
            told and average >= _PLAIN and gap >= _MARGIN,
            tuple("".join(one.words).strip() for one in rivals if best.score - one.score < _NEAR),
        )

    def _best(self, tokens: Sequence[str], paths: Sequence[_Path]) -> list[_Path]:
        """The likeliest ways on from `paths` through one run of syllables."""
        letters = "".join(tokens)
        edges = set(itertools.accumulate(map(len, tokens)))
        at: dict[int, list[_Path]] = {0: list(paths)}
        for start in range(len(letters)):
            here = at.get(start)
            if not here:
                continue
            for end, words in self._words(letters, start, edges):
                grown = at.setdefault(end, [])
                for word in words:
                    grown += (_Path(one.score + self._step(one.words, word), (*one.words, word)) for one in here)
                at[end] = sorted(grown, key=lambda one: -one.score)[:_KEPT]
        return at.get(len(letters), [])

    def _words(self, letters: str, start: int, edges: set[int]) -> Iterator[tuple[int, list[str]]]:
        """Words from `start` on, with where they end; no syllable runs over the edge of a typed word."""
        waiting = [(start, self._root)]
        while waiting:
            place, node = waiting.pop()
            for end in range(place + 1, min(place + LONGEST, len(letters)) + 1):
                following = node.next.get(letters[place:end])
                if following is not None:
                    if following.words:
                        yield end, following.words
                    waiting.append((end, following))
                if end in edges:
                    break

    def _step(self, before: Sequence[str], word: str) -> float:
        return self._pairs.step(before[-1] if before else BEGIN, word)


def _runs(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Neighbouring typed words as one run; what stands between runs (marks, numbers, Chinese) alone."""
    run: list[str] = []
    for piece in pieces:
        if piece[0].isalpha() and piece.isascii():
            run.append(piece)
        elif piece.strip(" '’-"):
            if run:
                yield run
                run = []
            yield [piece.strip()]
    if run:
        yield run


@functools.lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """How a character may be read, the usual reading first."""
    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")[0])


def sounds_of(word: str) -> set[tuple[str, ...]]:
    """How the word may be typed: as read, and for a short one with every reading of its characters."""
    usual = tuple(sounds[0] for sounds in pinyin(word, style=Style.NORMAL, errors="ignore"))
    if len(usual) != len(word):
        return set()
    if len(word) == 1:
        return {(sound,) for sound in readings(word)[:2]}
    return {usual}
