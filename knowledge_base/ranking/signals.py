"""What speaks for each article of a collection as the answer to a question: one array of scores for each reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ranking.collection import Collection
from knowledge_base.ranking.precedents import Known
from knowledge_base.ranking.question import Question

Array = NDArray[np.float32]
_SHARPNESS = 12.0
"""As in `precedents`."""
FIRST = ("words", "grams", "characters", "asked_words", "asked_grams", "question", "meaning", "question_meaning",
         "precedent", "precedent_beside", "precedent_law", "precedent_chapter", "asked_law", "asked_chapter",
         "asked_before", "law_before", "chapter_before", "law_best", "chapter_best")  # fmt: skip
"""The signals that the first, linear stage weighs over the whole collection."""


@dataclass(frozen=True, slots=True)
class Signals:
    """All about one question. Arrays of articles, laws or chapters, as `level` says by name."""

    article: dict[str, Array]
    law: dict[str, Array]
    chapter: dict[str, Array]

    def first(self, collection: Collection, weights: Array) -> Array:
        """The weighted sum of the signals of `FIRST` for every article."""
        total = np.zeros(collection.size, np.float32)
        law, chapter = (
            np.zeros(len(collection.law_starts), np.float32),
            np.zeros(len(collection.chapter_starts), np.float32),
        )
        for name, weight in zip(FIRST, weights, strict=True):
            for group, into in ((self.article, total), (self.law, law), (self.chapter, chapter)):
                if name in group:
                    into += np.float32(weight) * group[name]
        total += law[collection.law] + chapter[collection.chapter]
        return total

    def table(self, collection: Collection) -> Array:
        """The signals of `FIRST` as columns, one line for each article."""
        columns = [
            self.article[n] if n in self.article
            else self.law[n][collection.law] if n in self.law
            else self.chapter[n][collection.chapter]
            for n in FIRST
        ]  # fmt: skip
        return np.stack(columns, axis=1)


def signals(question: Question, collection: Collection, known: Known) -> Signals:
    """Everything that can be said without knowing the other candidates."""
    fields = collection.fields
    article = {
        "words": fields["words"].score(question.words),
        "grams": fields["grams"].score(question.grams),
        "characters": fields["characters"].score(question.characters),
        "asked_words": fields["asked_words"].score(question.core_words),
        "asked_grams": fields["asked_grams"].score(question.core_grams),
        "core_words": fields["words"].score(question.core_words, presence=True),
        "core_grams": fields["grams"].score(question.core_grams, presence=True),
        "all_characters": fields["characters"].score(question.characters, presence=True),
        "expansion": fields["words"].score(question.expansion),
        "meaning": collection.vectors @ question.vector,
        "precedent": known.likeness,
        "precedent_beside": known.beside,
        "asked_before": known.asked,
    }
    grams = fields["question_grams"].score(question.grams)
    lengths = np.asarray(fields["question_grams"].lengths)
    article["question"] = collection.highest_question(grams + fields["question_words"].score(question.core_words))
    article["question_dense"] = collection.highest_question(grams / np.sqrt(lengths + 3))
    likeness = collection.question_vectors @ question.vector
    article["question_meaning"] = collection.highest_question(likeness)
    weight = np.exp(_SHARPNESS * likeness)
    asked_law = collection.law[collection.question_article]
    asked_chapter = collection.chapter[collection.question_article]
    lexical = article["words"] + article["grams"]
    laws, chapters = len(collection.law_starts), len(collection.chapter_starts)
    best = {
        "chapter_best": collection.highest_in_chapter(lexical),
        "chapter_question_best": collection.highest_in_chapter(article["question"]),
        "chapter_meaning_best": collection.highest_in_chapter(article["meaning"]),
    }
    law = {
        "precedent_law": _logarithm(known.law),
        "asked_law": _logarithm(_shares(asked_law, weight, laws)),
        "law_before": np.log1p(known.law_asked),
        "law_best": collection.highest_of_chapters(best["chapter_best"]),
        "law_question_best": collection.highest_of_chapters(best["chapter_question_best"]),
        "law_meaning_best": collection.highest_of_chapters(best["chapter_meaning_best"]),
        "law_grams": fields["law_grams"].score(question.core_grams),
        "law_words": fields["law_words"].score(question.core_words),
        "title_words": fields["title_words"].score(question.words),
        "title_grams": fields["title_grams"].score(question.grams),
    }
    chapter = {
        "precedent_chapter": _logarithm(known.chapter),
        "asked_chapter": _logarithm(_shares(asked_chapter, weight, chapters)),
        "chapter_before": np.log1p(known.chapter_asked),
        **best,
        "chapter_grams": fields["chapter_grams"].score(question.core_grams),
        "chapter_words": fields["chapter_words"].score(question.core_words),
    }
    return Signals(article, law, chapter)


def _logarithm(shares: Array) -> Array:
    logarithm: Array = np.log(shares + np.float32(1e-3))
    return logarithm


def _summed(groups: NDArray[np.int32], weight: Array, size: int) -> Array:
    return np.bincount(groups, weight, minlength=size).astype(np.float32)


def _shares(groups: NDArray[np.int32], weight: Array, size: int) -> Array:
    summed = _summed(groups, weight, size)
    shares: Array = summed / max(float(summed.sum()), 1e-9)
    return shares
