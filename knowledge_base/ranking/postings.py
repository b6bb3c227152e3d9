"""Words and where they stand, as memory-mapped arrays: BM25 scores of every text of a collection at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_K1, _B = 1.2, 0.75
_ARRAYS = ("marks", "starts", "texts", "impacts", "rarity", "lengths")


def mapped(path: Path) -> NDArray[Any]:
    """An array that stays on disk until it is read; of the plain class, since numpy's own is slow to slice.

    Raises OSError or ValueError.
    """
    return np.asarray(np.load(path, mmap_mode="r"))


@lru_cache(maxsize=100_000)
def mark(word: str) -> int:
    """64 bits that stand for a word, the same on every machine and in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


class Postings:
    """Of one field of a collection. Scores are BM25 with k1 1.2 and b 0.75; a word counts as often as it is asked."""

    def __init__(self, path: Path) -> None:
        """Opens what `write_postings` wrote. Raises OSError or ValueError when it is missing or damaged."""
        self._marks, self._starts, self._texts, self._impacts, self._rarity, self.lengths = (
            mapped(path / f"{name}.npy") for name in _ARRAYS
        )
        self.size = int(self.lengths.shape[0])
        """Number of texts."""

    def score(self, words: Mapping[str, float], *, presence: bool = False) -> NDArray[np.float32]:
        """Score of every text; with `presence` the rarity of the words it holds, however often, over that of all."""
        places, times = self._find(words)
        if not places.size:
            return np.zeros(self.size, np.float32)
        worth = (self._rarity[places] * times).astype(np.float32)
        spans = [slice(int(self._starts[p]), int(self._starts[p + 1])) for p in places]
        texts = np.concatenate([self._texts[span] for span in spans])
        if presence:
            weights = np.repeat(worth / max(float(worth.sum()), 1e-6), [span.stop - span.start for span in spans])
        else:
            weights = np.concatenate([self._impacts[span] * w for span, w in zip(spans, worth, strict=True)])
        return np.bincount(texts, weights, minlength=self.size).astype(np.float32)

    def _find(self, words: Mapping[str, float]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Places of the known words, and how often each is asked."""
        if not words or not self._marks.size:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        marks = np.array([mark(word) for word in words], np.uint64)
        times = np.array(list(words.values()), np.float32)
        places = np.minimum(np.searchsorted(self._marks, marks), len(self._marks) - 1)
        known = self._marks[places] == marks
        return places[known], times[known]


def write_postings(path: Path, texts: Iterable[Iterable[str]], *, sparse: bool = False) -> None:
    """Write the words of `texts` to a new folder; `sparse` where most texts are empty and only the others count."""
    numbers: dict[str, int] = {}
    columns: list[NDArray[np.int32]] = []
    counts: list[NDArray[np.int32]] = []
    for text in texts:
        counted = Counter(text)
        columns.append(np.fromiter((numbers.setdefault(w, len(numbers)) for w in counted), np.int32, len(counted)))
        counts.append(np.fromiter(counted.values(), np.int32, len(counted)))
    rows = np.repeat(np.arange(len(columns), dtype=np.int32), [len(c) for c in columns])
    column = np.concatenate(columns) if columns else np.empty(0, np.int32)
    count = (np.concatenate(counts) if counts else np.empty(0, np.int32)).astype(np.float32)
    marks = np.array([mark(word) for word in numbers], np.uint64)
    order = np.argsort(marks)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    column = place[column] if column.size else column
    by_word = np.argsort(column, kind="stable")
    frequency = np.bincount(column, minlength=len(marks))
    lengths = np.bincount(rows, count, minlength=len(columns)).astype(np.float32)
    total = int((lengths > 0).sum()) if sparse else len(columns)
    average = float(lengths.sum()) / max(total, 1)
    norm = _K1 * (1 - _B + _B * lengths / max(average, 1e-6))
    impacts = count * (_K1 + 1) / (count + norm[rows]) if count.size else count
    arrays = {
        "marks": marks[order],
        "starts": np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64),
        "texts": rows[by_word],
        "impacts": impacts[by_word].astype(np.float32),
        "rarity": np.log(1 + (total - frequency + 0.5) / (frequency + 0.5)).astype(np.float32),
        "lengths": lengths,
    }
    path.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(path / f"{name}.npy", array)
