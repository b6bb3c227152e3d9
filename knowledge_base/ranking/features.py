"""The columns of the second stage: the signals of each candidate, and how it compares with the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ranking.collection import Collection
from knowledge_base.ranking.question import Question
from knowledge_base.ranking.signals import Array, Signals

_TOP = 50
"""Candidates that show which laws and chapters a question is about."""
_RELATIVE = ("words", "grams", "characters", "asked_words", "asked_grams", "question", "meaning", "question_meaning")
_RELATIVE_LAW = ("law_grams", "law_words")
_RELATIVE_CHAPTER = ("chapter_grams", "chapter_words")


def features(
    question: Question, collection: Collection, found: Signals, first: Array, rows: NDArray[np.int64]
) -> dict[str, Array]:
    """Name → one number for each of `rows`, the candidates in the order of `first`, best first."""
    law, chapter, score = collection.law[rows], collection.chapter[rows], first[rows]
    out: dict[str, Array] = {
        "first": score,
        "first_below_best": score - score[0],
        "first_rank": np.arange(len(rows), dtype=np.float32),
    }
    for names, groups in ((found.article, rows), (found.law, law), (found.chapter, chapter)):
        out |= {name: values[groups] for name, values in names.items()}
    for names, picked, groups in ((found.article, _RELATIVE, rows), (found.law, _RELATIVE_LAW, law),
                                  (found.chapter, _RELATIVE_CHAPTER, chapter)):  # fmt: skip
        for name in picked:
            out[f"{name}_of_best"] = names[name][groups] / max(float(names[name].max()), 1e-6)
    lexical = found.article["words"] + found.article["grams"]
    out["in_law"] = lexical[rows] / np.maximum(found.law["law_best"][law], 1e-6)
    out["in_chapter"] = lexical[rows] / np.maximum(found.chapter["chapter_best"][chapter], 1e-6)
    out["meaning_in_chapter"] = found.article["meaning"][rows] - found.chapter["chapter_meaning_best"][chapter]
    out["one_beside"] = collection.beside(lexical, 1, rows)
    out["two_beside"] = collection.beside(lexical, 2, rows)
    out["meaning_beside"] = collection.beside(found.article["meaning"], 1, rows)
    out["first_beside"] = collection.beside(first - first.min(), 1, rows)
    out["law_share"] = _share(law)
    out["chapter_share"] = _share(chapter)
    size = collection.law_sizes[law].astype(np.float32)
    out["position"] = collection.position[rows].astype(np.float32)
    out["relative_position"] = out["position"] / size
    out["law_size"] = size
    out["length"] = np.log1p(collection.length[rows].astype(np.float32))
    out["kind"] = collection.kind[rows].astype(np.float32)
    out["question_length"] = np.full(len(rows), len(question.text), np.float32)
    return out


def _share(groups: NDArray[np.int32]) -> Array:
    """How much of the top belongs to the group of each candidate, the first places counting most."""
    weight = 1 / (10 + np.arange(min(_TOP, len(groups)), dtype=np.float32))
    summed = np.bincount(groups[:_TOP], weight, minlength=int(groups.max()) + 1)
    return summed[groups].astype(np.float32)
