"""An article as a full-text engine gets it: cut into words by our own analysis, so that every engine sees the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge_base.text.analysis import bigrams, normalise

SCORED_FIELDS = ("title", "chapter", "body", "grams", "questions", "question_grams")
"""Scored by BM25; words separated by spaces."""
MATCHED_FIELDS = ("asked", "asked_grams")
"""A match is all that counts."""
EXACT_FIELDS = ("id", "law", "level")
FOREVER = date.max.toordinal()
"""Stands for a day that is not known to come."""


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """What is written for one article."""

    seq: int
    """Row number in the article store; ties are broken by it."""
    id: str
    digest: str
    """Changes when anything below or the article itself does."""
    law: str
    level: str
    effective: int
    """Proleptic ordinal of the first day on which it binds; FOREVER when it is held to be repealed."""
    ended: int
    """Proleptic ordinal of the first day on which it no longer binds."""
    title: str
    chapter: str
    body: str
    """Words of the text, separated by spaces."""
    text: str
    said: str
    """Words that people use of it, as written."""
    asked: str
    """The same, cut."""
    questions: str
    """Questions it answers, as written, 「｜」 between them."""
    questioned: str
    """The same in words."""

    @property
    def fields(self) -> dict[str, str]:
        """Text of every scored and matched field."""
        grams, asked, questions = (" ".join(bigrams(normalise(t))) for t in (self.text, self.said, self.questions))
        return {
            "title": self.title, "chapter": self.chapter, "body": self.body, "grams": grams, "asked": self.asked,
            "asked_grams": asked, "questions": self.questioned, "question_grams": questions,
        }  # fmt: skip
