"""Danger told in words that nobody foresaw, sensed by the sentence model of this process."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from bot.rasa.components.sentences import OF_DANGER, Sentences
from bot.rasa.taught import NO_DANGER

_CLAUSE = re.compile(r"[^,，。.!！?？;；、\s…~～]+[,，。.!！?？;；、\s…~～]*")
_READ = 110
"""Characters that the model reads together."""
_PIECE = 28
"""Characters of a piece: in a story the half sentence that matters would drown."""
_MOST = 10
"""Parts and pieces looked at, from the beginning and the end alike; each costs two milliseconds."""
_HARMLESS, _HEARD = 0.01, 0.5
"""Only between these the pieces are looked at: almost every ordinary message is below."""
_PLAIN = 0.95
"""A piece must be this plain to speak for the whole: torn out of what stands around it, much sounds like danger."""
_DOUBTFUL = 0.2
"""Where the whole leaves no such doubt the piece is worth a line of help, and no alarm."""
_LINE_OF_HELP = 0.45
_BESIDE = 0.25
"""Share of the danger from which a second kind is spoken of too."""
_KEPT = 512
"""Messages remembered: one is asked about several times in a turn, and with the story again in the next."""
_sentences: Sentences | None = None


@dataclass(frozen=True, slots=True)
class Sensed:
    """What the message, or the piece of it that tells most, is taken for."""

    kinds: tuple[str, ...]
    """As in `DangerKind`, or `ANOTHERS_WISH`: the likeliest, and what may be meant beside it; () for nothing."""
    chance: float
    """That somebody is in danger of any kind."""


NOTHING = Sensed((), 0.0)


def use(sentences: Sentences | None) -> None:
    """Sense by `sentences` from now on; None where there is no model: then nothing is ever sensed."""
    global _sentences
    _sentences = sentences
    sense.cache_clear()


@functools.lru_cache(maxsize=_KEPT)
def sense(text: str) -> Sensed:
    """The danger that `text` tells of."""
    if _sentences is None or not text:
        return NOTHING
    found = max((_of(_sentences, one) for one in parts(text, _READ)), key=_chance)
    if len(text) <= _PIECE or not _HARMLESS <= found.chance < _HEARD:
        return found
    piece = max((_of(_sentences, one) for one in parts(text, _PIECE)), key=_chance)
    if piece.chance < _PLAIN:
        return found
    return piece if found.chance >= _DOUBTFUL else replace(piece, chance=_LINE_OF_HELP)


def _of(sentences: Sentences, text: str) -> Sensed:
    [head] = OF_DANGER
    chances = sentences.chances(text, head)
    chance = 1.0 - chances.pop(NO_DANGER)
    likeliest = sorted(chances, key=chances.__getitem__, reverse=True)
    return Sensed((likeliest[0], *(one for one in likeliest[1:3] if chances[one] >= _BESIDE * chance)), chance)


def _chance(sensed: Sensed) -> float:
    return sensed.chance


def parts(text: str, longest: int) -> list[str]:
    """`text` in parts of at most so many characters, each from the last clause of the one before."""
    if len(text) <= longest:
        return [text]
    clauses = [one[at : at + longest] for one in _CLAUSE.findall(text) for at in range(0, len(one), longest)]
    found, start = [], 0
    while start < len(clauses):
        end, length = start, 0
        while end < len(clauses) and (end == start or length + len(clauses[end]) <= longest):
            length += len(clauses[end])
            end += 1
        found.append("".join(clauses[start:end]))
        start = max(start + 1, end - 1) if end < len(clauses) else end
    return (found if len(found) <= _MOST else found[: _MOST // 2] + found[-_MOST // 2 :]) or [text]
