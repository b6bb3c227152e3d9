"""Cuts Chinese text by the most probable path through a dictionary: jieba's cut, to the word, several times faster."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, log

_KEPT = 400_000
"""Words whose parts are remembered; a whole dictionary has fewer."""


class Cutter:
    """Over jieba's table of word → frequency, in which every beginning of a word stands with 0."""

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        base = log(total) if total > 0 else 0.0
        self._cost: dict[str, float | None] = {w: log(f) - base if f else None for w, f in frequencies.items()}
        self._unknown = -base
        self._parts: dict[str, tuple[str, ...]] = {}

    def words(self, run: str) -> list[str]:
        """Words of a run of Chinese characters, each after its parts of two and three characters that are words."""
        out: list[str] = []
        parts = self._parts
        for word in self.cut(run):
            if len(word) > 2:
                known = parts.get(word)
                out += known if known is not None else self._split(word)
            else:
                out.append(word)
        return out

    def cut(self, run: str) -> list[str]:
        """Words of a run of Chinese characters, without their parts. Of two paths alike the longer first word wins."""
        size = len(run)
        cost, unknown = self._cost, self._unknown
        best = [0.0] * (size + 1)
        ends = [0] * size
        for start in range(size - 1, -1, -1):
            top, end = -inf, start + 1
            stop = end
            piece = run[start]
            while piece in cost:
                value = cost[piece]
                if value is not None:
                    value += best[stop]
                    if value >= top:
                        top, end = value, stop
                if stop == size:
                    break
                stop += 1
                piece = run[start:stop]
            best[start] = top if top != -inf else unknown + best[end]
            ends[start] = end
        out: list[str] = []
        start = 0
        while start < size:
            end = ends[start]
            out.append(run[start:end])
            start = end
        return out

    def _split(self, word: str) -> tuple[str, ...]:
        pieces = [word[i : i + 2] for i in range(len(word) - 1)]
        if len(word) > 3:
            pieces += [word[i : i + 3] for i in range(len(word) - 2)]
        found = (*(p for p in pieces if self._cost.get(p) is not None), word)
        if len(self._parts) < _KEPT:
            self._parts[word] = found
        return found
