"""Places among sentences; how near a sentence lies to each of them says what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
NARROW = 2.0
"""How fast nearness falls with squared distance. Leaving one question out, 1 and 4 tell the areas no better."""
_STEPS = 127
_STEADY = 1e-4
"""Added to how near each landmark is to itself: two that almost coincide would blow up what is learnt of them."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Middles of groups of sentences, in 8 bits; no single sentence can be told from them."""

    codes: NDArray[np.int8]
    """Landmarks × numbers of a sentence's vector."""
    scale: float

    @classmethod
    def among(cls, vectors: Numbers, most: int) -> Landmarks:
        """At most `most`, each in the middle of those sentences that lie nearest to it."""
        from sklearn.cluster import MiniBatchKMeans

        found = MiniBatchKMeans(min(most, len(vectors)), random_state=7, n_init=1, max_iter=30, batch_size=4096)
        middles = found.fit(vectors).cluster_centers_
        scale = float(np.abs(middles).max()) / _STEPS
        return cls(np.round(middles / scale).astype(np.int8), scale)

    @property
    def places(self) -> Numbers:
        """As vectors."""
        return self.codes.astype(np.float32) * np.float32(self.scale)

    def nearness(self, vectors: Numbers, places: Numbers | None = None) -> Numbers:
        """Vectors × landmarks, between 0 and 1; `places` spares working them out again."""
        there = self.places if places is None else places
        apart = (vectors**2).sum(axis=-1)[..., None] + (there**2).sum(axis=-1) - 2 * vectors @ there.T
        near: Numbers = np.exp(-NARROW * np.maximum(apart, 0.0))
        return near

    def evened(self) -> Numbers:
        """Landmarks × features: nearness times this has the nearness of two sentences as its inner product, as far as
        the landmarks can tell (Nyström)."""
        among = self.nearness(self.places).astype(np.float64)
        among[np.diag_indices(len(among))] += _STEADY
        values, directions = np.linalg.eigh(among)
        return np.asarray(directions / np.sqrt(values))
