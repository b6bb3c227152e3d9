"""The features of all training examples, counted once and weighed as `features.weigh` does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.rasa.components.features import GROUPS, count_features

Numbers = NDArray[Any]


class Counted:
    """Arrays instead of a dictionary per sentence: forty thousand are weighed in a second."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        """`sentences`: words of each."""
        place: dict[str, int] = {}
        columns: list[int] = []
        times: list[int] = []
        groups: list[int] = []
        ends = [0]
        for words in sentences:
            counts = count_features(words)
            for at, (group, _) in enumerate(GROUPS):
                for feature, count in counts[group].items():
                    columns.append(place.setdefault(f"{group}:{feature}", len(place)))
                    times.append(count)
                    groups.append(at)
            ends.append(len(columns))
        self.names = list(place)
        self._columns, self._groups = np.array(columns, np.int32), np.array(groups, np.int8)
        self._weight = 1.0 + np.log(np.array(times, np.float64))
        self._ends = np.array(ends, np.int64)

    def seen(self, chosen: Sequence[int]) -> Numbers:
        """In how many of the chosen sentences each feature stands."""
        picked, _ = self._pick(chosen)
        found: Numbers = np.bincount(self._columns[picked], minlength=len(self.names))
        return found

    def vectors(self, chosen: Sequence[int], idf: Numbers) -> csr_matrix:
        """The chosen sentences over the features whose `idf` is not 0; the others count as never seen."""
        picked, row = self._pick(chosen)
        columns, groups = self._columns[picked], self._groups[picked].astype(np.int64)
        rarity = idf[columns]
        weight = self._weight[picked] * np.where(rarity > 0, rarity, idf.max())
        part = row * len(GROUPS) + groups
        length = np.sqrt(np.bincount(part, weight * weight, minlength=len(chosen) * len(GROUPS)))
        share = np.array([share for _, share in GROUPS])
        scaled = weight * share[groups] / np.maximum(length[part], 1e-12)
        known = rarity > 0
        place = np.cumsum(idf > 0) - 1
        shape = (len(chosen), int(np.count_nonzero(idf)))
        return csr_matrix((scaled[known], (row[known], place[columns[known]])), shape=shape, dtype=np.float64)

    def _pick(self, chosen: Sequence[int]) -> tuple[Numbers, Numbers]:
        """Places of the chosen sentences' features, and for each the line of its sentence."""
        index = np.asarray(chosen, np.int64)
        starts, sizes = self._ends[index], self._ends[index + 1] - self._ends[index]
        row = np.repeat(np.arange(len(index)), sizes)
        before = np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.arange(int(sizes.sum())) - before + np.repeat(starts, sizes), row
