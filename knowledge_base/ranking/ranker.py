"""Ranks the articles of one collection for a question, whichever engine looked first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.index.plan import Conditions
from knowledge_base.ranking.collection import Collection
from knowledge_base.ranking.features import features
from knowledge_base.ranking.learnt import FOLDER, Learnt, RankingError, read_learnt
from knowledge_base.ranking.question import Question, read_question
from knowledge_base.ranking.signals import Array, Signals, signals
from knowledge_base.text.analysis import Analyzer

POOL = 200
"""Candidates of the second stage; by cross-validation more of them change nothing."""
_FIRST, _ENGINE = 0.5, 1.0
"""What the first stage and the engine's score count beside the trees, which learnt from few questions: steadier, by
cross-validation (R@10 .746 → .755, R@100 .923 → .929)."""
_STEP = 0.25
"""How fast the score given falls with the trees' score: a candidate that they put 4 below the best gets e⁻¹ of it."""
_MEANT, _USUAL = 10.0, 0.55
"""What the likeness of a question to the likest known one adds to the engine's score, from this likeness on: small
talk has words of law by chance, but seldom also the meaning of a question of law."""


class Ranker:
    """Not shared between processes: a forked child opens its own."""

    def __init__(self, collection: Collection, analyzer: Analyzer, learnt: Learnt) -> None:
        self._collection, self._analyzer, self._learnt = collection, analyzer, learnt
        self._precedents = learnt.precedents.within(collection)

    @classmethod
    def open(cls, folder: Path, analyzer: Analyzer, learnt: Path = FOLDER) -> Ranker:
        """A ranker on what `write_collection` wrote to `folder`. Raises RankingError when a file cannot be used."""
        known = read_learnt(learnt)
        try:
            collection = Collection(folder)
        except (OSError, KeyError, ValueError) as error:
            message = f"the ranking files at {folder} are damaged ({error}); build the index again with `faxian index`"
            raise RankingError(message) from error
        return cls(collection, analyzer, known)

    def rank(
        self,
        question: str,
        found: Sequence[tuple[int, float]],
        conditions: Conditions = Conditions(),
        limit: int = 10,
    ) -> list[tuple[int, float]]:
        """The best `limit` row numbers with scores, best first.

        `found`: an engine's candidates with their scores; the ranker adds its own, as far as `conditions` allow. The
        first place gets the best score of `found`, more or less by a few points as the question is like known ones,
        so that it tells a question of law from small talk; the others fall from there as they are judged. Empty when
        `found` is.
        """
        if not found or limit <= 0:
            return []
        asked = read_question(question, self._analyzer, self._learnt.vectors)
        told = signals(asked, self._collection, self._precedents.known(asked.vector))
        first = told.first(self._collection, self._learnt.weights)
        given = [place for row, _ in found if (place := self._collection.by_row.get(row)) is not None]
        rows = candidates(first, self._collection.allowed(conditions), given, max(POOL, limit))
        judged = self._judge(asked, told, first, rows) + self._engine(found, rows)
        order = np.argsort(-judged, kind="stable")
        meant = float(told.article["question_meaning"].max(initial=0.0))
        best = max(max(score for _, score in found) + _MEANT * (meant - _USUAL), 0.0)
        scores = best * np.exp(-_STEP * (judged[order[0]] - judged[order]))
        return [
            (int(self._collection.rows[rows[i]]), float(score))
            for i, score in zip(order[:limit], scores[:limit], strict=True)
        ]

    def _judge(self, asked: Question, told: Signals, first: Array, rows: NDArray[np.int64]) -> Array:
        columns = features(asked, self._collection, told, first, rows)
        judged: Array = self._learnt.trees.judge(columns) + np.float32(_FIRST) * first[rows]
        return judged

    def _engine(self, found: Sequence[tuple[int, float]], rows: NDArray[np.int64]) -> Array:
        """What the engine's own order counts: for each candidate its share of the engine's best score."""
        best = max(max(score for _, score in found), 1e-6)
        shares = {self._collection.by_row.get(row): score / best for row, score in found}
        return np.array([_ENGINE * shares.get(int(row), 0.0) for row in rows], np.float32)


def candidates(
    first: Array, allowed: NDArray[np.bool_] | None = None, given: Sequence[int] = (), size: int = POOL
) -> NDArray[np.int64]:
    """Places of the best `size` by the first stage among the allowed articles and the `given` ones; best first."""
    held = first if allowed is None else np.where(allowed, first, -np.inf)
    count = min(size, len(held) if allowed is None else int(allowed.sum()))
    own = np.argpartition(-held, count - 1)[:count] if 0 < count < len(held) else np.flatnonzero(np.isfinite(held))
    rows = np.union1d(own, np.array(given, np.int64)).astype(np.int64)
    picked: NDArray[np.int64] = rows[np.argsort(-first[rows], kind="stable")][:size]
    return picked
