"""The ranking's own view of a collection: words, vectors, neighbours and groups, in memory-mapped arrays."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.index.plan import Conditions
from knowledge_base.ranking.postings import Postings, mapped

FIELDS = ("words", "grams", "characters", "asked_words", "asked_grams", "question_words", "question_grams",
          "title_words", "title_grams", "law_words", "law_grams", "chapter_words", "chapter_grams")  # fmt: skip
"""The first five are of articles, then of single questions, of laws (three and four), of chapters."""
COLUMNS = ("rows", "law", "chapter", "effective", "ended", "level", "title", "position", "kind", "marks", "length",
            "question_article")  # fmt: skip


class Collection:
    """Read-only. Articles stand in printed order, law by law; every array of articles follows that order."""

    def __init__(self, folder: Path) -> None:
        """Opens what `write_collection` wrote. Raises OSError or ValueError when it is missing or damaged."""
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        self.laws: list[str] = names["laws"]
        """Short title of every law (a version of a law is a law of its own)."""
        self._levels: dict[str, int] = {name: i for i, name in enumerate(names["levels"])}
        self._titles: dict[str, int] = {name: i for i, name in enumerate(names["titles"])}
        with np.load(folder / "columns.npz") as data:
            (self.rows, self.law, self.chapter, self._effective, self._ended, self._level, self._title, self.position,
             self.kind, self.marks, self.length, self.question_article) = (data[name] for name in COLUMNS)  # fmt: skip
        self.fields = {name: Postings(folder / name) for name in FIELDS}
        self.vectors: NDArray[np.float32] = mapped(folder / "vectors.npy")
        self.question_vectors: NDArray[np.float32] = mapped(folder / "question_vectors.npy")
        self.size = len(self.rows)
        self.law_starts = _starts(self.law)
        self.law_sizes = np.bincount(self.law)
        self.chapter_starts = _starts(self.chapter)
        self._law_chapters = self.chapter[self.law_starts]
        self.asked_articles, self.question_starts = np.unique(self.question_article, return_index=True)
        self.by_row = {int(row): i for i, row in enumerate(self.rows)}
        self.by_mark: dict[int, list[int]] = {}
        for i, value in enumerate(self.marks):
            self.by_mark.setdefault(int(value), []).append(i)

    def allowed(self, conditions: Conditions) -> NDArray[np.bool_] | None:
        """Which articles satisfy `conditions`; None for all."""
        held: list[NDArray[np.bool_]] = []
        if conditions.day is not None:
            held += [self._effective <= conditions.day, self._ended > conditions.day]
        if conditions.levels:
            held.append(np.isin(self._level, [self._levels.get(level, -1) for level in conditions.levels]))
        if conditions.law:
            held.append(self._title == self._titles.get(conditions.law, -1))
        return np.logical_and.reduce(held) if held else None

    def highest_in_chapter(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """For every chapter the highest of its articles' scores."""
        return np.maximum.reduceat(scores, self.chapter_starts)

    def highest_of_chapters(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """For every law the highest of its chapters' scores."""
        return np.maximum.reduceat(scores, self._law_chapters)

    def highest_question(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """For every article the highest score of its questions, 0 when it has none."""
        out = np.zeros(self.size, np.float32)
        if len(self.asked_articles):
            out[self.asked_articles] = np.maximum.reduceat(scores, self.question_starts)
        return out

    def beside(self, scores: NDArray[np.float32], distance: int, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """For every article of `rows` the higher score of the two `distance` before and after it in its law, or 0."""
        out = np.zeros(len(rows), np.float32)
        for step in (-distance, distance):
            there = np.clip(rows + step, 0, self.size - 1)
            held = (self.law[there] == self.law[rows]) & (there == rows + step)
            out = np.maximum(out, np.where(held, scores[there], 0).astype(np.float32))
        return out


def _starts(groups: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where each group begins; groups are numbered from 0 in the order of the articles."""
    return np.searchsorted(groups, np.arange(int(groups[-1]) + 1 if len(groups) else 0))
