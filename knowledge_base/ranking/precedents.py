"""What was asked before about which articles: one vector for all questions that an article answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ranking.collection import Collection

_SHARPNESS = 12.0
"""How much a likely group gains over others; the cosine of a good match is about 0.3 above that of a bad one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What precedents say of a question."""

    likeness: NDArray[np.float32]
    """Article → cosine with what it answered, 0 when it answered nothing."""
    beside: NDArray[np.float32]
    """Article → the highest likeness of its two neighbours on each side."""
    asked: NDArray[np.float32]
    """Article → how many questions it answered, as ln(1 + n)."""
    law: NDArray[np.float32]
    """Law → its share."""
    chapter: NDArray[np.float32]
    """Chapter → its share."""
    law_asked: NDArray[np.float32]
    """Law → how many questions its articles answered."""
    chapter_asked: NDArray[np.float32]


class Precedents:
    """Sums of question vectors by article mark, and how many they were; the questions cannot be read back."""

    def __init__(self, marks: NDArray[np.uint64], counts: NDArray[np.float32], sums: NDArray[np.float32]) -> None:
        self._marks, self._counts, self._sums = marks, counts, sums

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, NDArray[np.float32]]]) -> Precedents:
        """From pairs of an article's mark and the vector of a question that it answers."""
        sums: dict[int, NDArray[np.float32]] = {}
        counts: dict[int, int] = {}
        for key, vector in pairs:
            sums[key] = sums[key] + vector if key in sums else vector
            counts[key] = counts.get(key, 0) + 1
        keys = sorted(sums)
        return cls(np.array(keys, np.uint64), np.array([counts[k] for k in keys], np.float32),
                   np.array([sums[k] for k in keys], np.float32))  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> Precedents:
        """The file that `save` wrote. Raises OSError, KeyError or ValueError when it is missing or damaged."""
        with np.load(path) as data:
            sums = data["sums"].astype(np.float32) * data["scales"].astype(np.float32)[:, None]
            return cls(data["marks"], data["counts"].astype(np.float32), sums)

    def save(self, path: Path) -> None:
        """Write 8 bits for each number."""
        scales = np.maximum(np.abs(self._sums).max(axis=1), 1e-6) / 127
        np.savez_compressed(path, marks=self._marks, counts=self._counts.astype(np.uint16),
                            sums=np.round(self._sums / scales[:, None]).astype(np.int8),
                            scales=scales.astype(np.float32))  # fmt: skip

    def within(self, collection: Collection) -> Located:
        """Those whose articles the collection holds."""
        places = [(i, row) for i, key in enumerate(self._marks) for row in collection.by_mark.get(int(key), ())]
        which = np.array([i for i, _ in places], np.int64)
        return Located(collection, np.array([row for _, row in places], np.int64), self._counts[which],
                       self._sums[which])  # fmt: skip


class Located:
    """Precedents of one collection."""

    def __init__(
        self,
        collection: Collection,
        articles: NDArray[np.int64],
        counts: NDArray[np.float32],
        sums: NDArray[np.float32],
    ) -> None:
        self._collection, self._articles, self._counts, self._sums = collection, articles, counts, sums
        self._lengths = np.linalg.norm(sums, axis=1)
        self._neighbours = []
        for step in (-2, -1, 1, 2):
            there = np.clip(articles + step, 0, max(collection.size - 1, 0))
            held = (there == articles + step) & (collection.law[there] == collection.law[articles])
            self._neighbours.append((np.flatnonzero(held), there[held]))

    def known(self, vector: NDArray[np.float32], without: Iterable[int] = ()) -> Known:
        """What they say of the question with this vector.

        `without`: articles (places in the collection) that this very question is a precedent of; it is left out there.
        """
        counts, lengths = self._counts, self._lengths
        products = self._sums @ vector
        own = np.isin(self._articles, list(without))
        if own.any():
            counts, lengths = counts - own, lengths.copy()
            products = products - own * float(vector @ vector)
            lengths[own] = np.linalg.norm(self._sums[own] - vector, axis=1)
        there = counts > 0
        likeness = np.where(there, products / np.maximum(lengths, 1e-6), 0).astype(np.float32)
        weight = np.exp(_SHARPNESS * likeness) * np.sqrt(counts) * there
        size = self._collection.size
        every, asked = np.zeros(size, np.float32), np.zeros(size, np.float32)
        every[self._articles] = np.maximum(likeness, 0)
        asked[self._articles] = np.log1p(counts)
        law, chapter = self._collection.law[self._articles], self._collection.chapter[self._articles]
        laws, chapters = len(self._collection.law_starts), len(self._collection.chapter_starts)
        return Known(
            every,
            self._beside(np.maximum(likeness, 0)),
            asked,
            _shares(law, weight, laws),
            _shares(chapter, weight, chapters),
            np.bincount(law, counts, minlength=laws).astype(np.float32),
            np.bincount(chapter, counts, minlength=chapters).astype(np.float32),
        )

    def _beside(self, likeness: NDArray[np.float32]) -> NDArray[np.float32]:
        out = np.zeros(self._collection.size, np.float32)
        for which, neighbours in self._neighbours:
            np.maximum.at(out, neighbours, likeness[which])
        return out


def _shares(groups: NDArray[np.int32], weight: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    summed = np.bincount(groups, weight, minlength=size)
    return (summed / max(float(summed.sum()), 1e-9)).astype(np.float32)
