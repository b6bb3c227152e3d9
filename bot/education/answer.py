"""Reads what a citizen answers to a question with options: a letter, a number, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.normalise import normalise

LETTERS = "ABCD"
_LETTER = re.compile(r"(?<![A-Za-z])([A-Da-d])(?![A-Za-z])")
_OPENING = re.compile(
    r"^我?(?:应该|就)?(?:选择?|猜|回?答案?|觉得|认为|想)?(?:应该|可能)?(?:选|是)[:：,，]?(?=.)|^我?(?:觉得|猜|认为|回答|选)(?=.)"
)
"""「我觉得是」 before the answer; its 是 is no answer."""
_PLACE = re.compile(r"^第?([1-4一二三四])(?:个|项|种)?(?:吧|呢|吗)?$")
_PLACES = {**{str(at): at - 1 for at in range(1, 5)}, **{word: at for at, word in enumerate("一二三四")}}
_EDGES = " ,，。.!！?？、~～"
_DENIED = re.compile(r"(?:不|没|别|无|非|未)(?:是|选)?$")
Phrases = Sequence[Sequence[str]]
"""Of each option: what it says, and the words that mean it."""


def read_answer(options: Phrases, said: str) -> int | None:
    """Place of the option that is meant, from 0; None when none is, or more than one.

    Of overlapping phrases the longest counts, so that 「不能」 is not read as 「能」.
    """
    words = normalise(said).strip(_EDGES)
    for told in (words, words := _OPENING.sub("", words)):
        for at, phrases in enumerate(options):
            if told in {normalise(phrase) for phrase in phrases}:
                return at
    letters = {match.upper() for match in _LETTER.findall(words)}
    if len(letters) == 1:
        at = LETTERS.index(letters.pop())
        return at if at < len(options) else None
    if letters:
        return None
    if place := _PLACE.match(words):
        at = _PLACES[place[1]]
        return at if at < len(options) else None
    meant = _meant(options, words)
    return meant.pop() if len(meant) == 1 else None


def _meant(options: Phrases, words: str) -> set[int]:
    phrases = sorted(
        ((normalise(phrase), at) for at, option in enumerate(options) for phrase in option),
        key=lambda one: -len(one[0]),
    )
    left, meant = words, set()
    for phrase, at in phrases:
        if phrase.isascii() and phrase.isalnum():
            found = re.search(rf"(?<![\d.]){re.escape(phrase)}(?![\d.])", left)
        else:
            found = re.search(re.escape(phrase), left)
        if found is None or _DENIED.search(left[: found.start()]):
            continue
        meant.add(at)
        left = f"{left[: found.start()]} {left[found.end() :]}"
    return meant
