"""Puts right what a recogniser misheard: where other words sound the same and are far likelier, they were said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.pinyin_reader import readings, sounds_of
from bot.understanding.word_pairs import BEGIN, END, WordPairs
from bot.understanding.words import frequency

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 6
_KEPT = 10
"""Sentences kept at each place."""
_SAME, _NEAR = 3.0, 5.0
"""What each changed character costs, as the logarithm of a likelihood: the same sound, or one easily taken for it."""
_MARGIN = 3.0
"""Together the changes must still make the sentence twenty times likelier."""
_RANK = 2.0
"""What each place further down among the recogniser's guesses costs."""
_FIXED = frozenset("零〇一二两三四五六七八九十百千万亿不没未无别")
"""Numbers and negations never come in or go by a guess: they turn the facts round."""
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_FINALS = ("ang", "eng", "ing")


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.words[1:])


class Misheard:
    """A word-pair model over everything that sounds like what was heard, without tones."""

    def __init__(self, pairs: WordPairs) -> None:
        """Of the words that `pairs` knows; takes about a second."""
        self._pairs = pairs
        self._sounding: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for word in pairs:
            if len(word) > 1:
                for sounds in sounds_of(word):
                    self._sounding[tuple(map(blurred, sounds))].append((word, sounds))

    def mend(self, heard: str, others: Sequence[str] = ()) -> str:
        """What was most likely said. `others`: what else the recogniser thinks it may have been, likeliest first."""
        guesses = [heard, *(one for one in others if len(_letters(one)) == len(_letters(heard)))]
        mended = [self._mended(guess) for guess in guesses]
        best = max(range(len(guesses)), key=lambda at: (mended[at][1] - _RANK * at, -at))
        if _fixed(guesses[best]) != _fixed(heard):
            best = 0
        return mended[best][0]

    def _mended(self, text: str) -> tuple[str, float]:
        total, pieces, end = 0.0, [], 0
        for run in _HAN.finditer(text):
            likeliest = self._likeliest(run[0])
            total += likeliest.score
            pieces += [text[end : run.start()], likeliest.text]
            end = run.end()
        return "".join((*pieces, text[end:])), total

    def _likeliest(self, heard: str) -> _Path:
        as_heard = self._best(heard, changing=False)
        changed = self._best(heard, changing=True)
        return changed if changed.score - as_heard.score >= _MARGIN else as_heard

    def _best(self, heard: str, changing: bool) -> _Path:
        sounds = [(readings(character) or ("",))[0] for character in heard]
        dull = [blurred(sound) for sound in sounds]
        at: list[list[_Path]] = [[] for _ in range(len(heard) + 1)]
        at[0] = [_Path(0.0, (BEGIN,))]
        for start in range(len(heard)):
            here = sorted(at[start], key=lambda one: -one.score)[:_KEPT]
            for length in range(1, min(_LONGEST, len(heard) - start) + 1):
                end = start + length
                for word, cost in self._words(heard[start:end], sounds[start:end], dull[start:end], changing):
                    at[end] += (
                        _Path(one.score - cost + self._pairs.step(one.words[-1], word), (*one.words, word))
                        for one in here
                    )
        return max(
            (_Path(one.score + self._pairs.step(one.words[-1], END), one.words) for one in at[-1]),
            key=lambda one: one.score,
        )

    def _words(
        self, heard: str, sounds: Sequence[str], dull: Sequence[str], changing: bool
    ) -> Iterator[tuple[str, float]]:
        """What these characters may stand for, with what that costs."""
        # A rare word is a word too: 实刑 is not 死刑.
        if len(heard) == 1 or heard in self._pairs or frequency(heard):
            yield heard, 0.0
        if not changing or len(heard) == 1:  # a single character has too many homophones
            return
        for word, said in self._sounding.get(tuple(dull), ()):
            pairs = list(zip(word, heard, said, sounds, strict=True))
            if word != heard and not any(a != b and (a in _FIXED or b in _FIXED) for a, b, _, _ in pairs):
                yield word, sum(0.0 if a == b else _SAME if x == y else _NEAR for a, b, x, y in pairs)


def blurred(sound: str) -> str:
    """A syllable without what many speakers, and telephones, do not tell apart: zh/z, n/l, hu/f, ing/in."""
    for long, short in _INITIALS:
        if sound.startswith(long):
            sound = short + sound[len(long) :]
    if sound.startswith("l"):
        sound = "n" + sound[1:]
    if sound[:3] in ("hua", "hue"):
        sound = "f" + sound[2:]
    return sound[:-1] if sound.endswith(_FINALS) else sound


def _letters(text: str) -> str:
    return "".join(_HAN.findall(text))


def _fixed(text: str) -> list[str]:
    return [character for character in text if character in _FIXED or character.isdigit()]
