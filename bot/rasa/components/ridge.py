"""Ridge regression with more features than examples, and what it would say of each example without having seen it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, get_lapack_funcs

Numbers = NDArray[Any]
CERTAIN = 0.85
"""A probability that is told as certain."""
_SHARPNESS = np.arange(2.0, 30.0, 0.25)


@dataclass(frozen=True, slots=True)
class Ridge:
    """Weights (features × names) and what the other examples alone say of each one (leave one out)."""

    weights: Numbers
    without: Numbers


def fit_ridge(columns: sparse.csr_matrix, target: Numbers, counts: Numbers, penalty: float) -> Ridge:
    """Least squares of `columns` @ weights to `target`; `counts` say how much each example counts.

    Solved among the examples, of which there are fewer than features: what an example gets without itself then costs
    no second fit.
    """
    alike = _alike(columns)
    alike[np.diag_indices(len(alike))] += penalty / counts
    factor, _ = cho_factor(alike, lower=True, overwrite_a=True)
    inverse, _ = get_lapack_funcs(("potri",), (factor,))[0](factor, lower=True)
    inverse = np.tril(inverse)
    inverse += np.tril(inverse, -1).T
    voices = inverse @ target
    return Ridge(np.asarray(columns.T @ voices), target - voices / np.diag(inverse)[:, None])


def _alike(columns: sparse.csr_matrix) -> Numbers:
    """Inner products of all examples; columns that nearly every example has are multiplied as plain numbers."""
    full = np.bincount(columns.indices, minlength=columns.shape[1]) > columns.shape[0] / 2
    thin, thick = columns[:, ~full], columns[:, full].toarray()
    alike: Numbers = (thin @ thin.T).toarray()
    alike += thick @ thick.T
    return alike


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scores of examples that were not learnt from, beside what is right."""

    scores: Numbers
    target: Numbers
    """Shares of what is right; whatever has one counts as right."""

    def sharpness(self, wrong: float) -> float:
        """The scale of least log-loss of those with which no larger share is wrong though told as certain."""
        if not len(self.scores):
            return float(_SHARPNESS[0])
        allowed = [scale for scale in _SHARPNESS if self.wrong_and_certain(scale) <= wrong]
        return float(min(allowed or _SHARPNESS[:1], key=self.loss))

    def wrong_and_certain(self, scale: float) -> float:
        """Share of the examples whose best is wrong though it is told as certain."""
        chances, best = self._chances(scale), self.scores.argmax(axis=1)
        line = np.arange(len(best))
        return float(np.mean((chances[line, best] >= CERTAIN) & (self.target[line, best] == 0)))

    def loss(self, scale: float) -> float:
        """Mean log-loss."""
        return float(-np.mean((self.target * np.log(self._chances(scale) + 1e-12)).sum(axis=1)))

    def _chances(self, scale: float) -> Numbers:
        power = np.exp(scale * (self.scores - self.scores.max(axis=1, keepdims=True)))
        chances: Numbers = power / power.sum(axis=1, keepdims=True)
        return chances
