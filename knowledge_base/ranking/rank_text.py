"""An article as the ranking gets it: words already cut, and where it stands in its law."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.index.indexed import IndexedArticle
from knowledge_base.validity.dated import DatedArticle


@dataclass(frozen=True, slots=True)
class RankText:
    """What is written into a ranking index for one article."""

    row: int
    """Row number in the article store; what a search gives back."""
    law: str
    """Full title, by which a search is restricted to one law."""
    version: str
    """Tells versions of one law apart; articles of one version are neighbours."""
    key: str
    """Canonical article number (82, 82-1); "" for none."""
    chapter: str
    """Headings above it, "" for none."""
    text: str
    title_words: str
    """Words of the title, separated by spaces."""
    chapter_words: str
    body_words: str
    questions: tuple[str, ...]
    """What people ask or say of it."""
    effective: int
    """Proleptic ordinal of the first day on which it binds."""
    ended: int
    """Proleptic ordinal of the first day on which it no longer binds."""
    level: str


def rank_text(indexed: IndexedArticle, dated: DatedArticle) -> RankText:
    """From what a full-text engine gets and what was decided about the article."""
    said = (*indexed.questions.split("｜"), indexed.said)
    return RankText(
        row=indexed.seq, law=dated.law, version=dated.version.isoformat(), key=dated.key,
        chapter=f"{dated.chapter} {dated.section}".strip(), text=dated.text, title_words=indexed.title,
        chapter_words=indexed.chapter, body_words=indexed.body, questions=tuple(q for q in said if q.strip()),
        effective=indexed.effective, ended=indexed.ended, level=indexed.level,
    )  # fmt: skip
