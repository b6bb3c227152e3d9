"""The life of one article: every version, when it bound, what ended it and whether its words changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.citations.successors import default_successors
from knowledge_base.citations.verify import LawIndex
from knowledge_base.validity.amendments import squeeze
from knowledge_base.validity.validity import Repealed


class Wording(StrEnum):
    """How a version relates to the one before it."""

    FIRST = "first"
    SAME = "same"
    CHANGED = "changed"
    NEW_SUBJECT = "new_subject"
    """Hardly a word in common: the law was renumbered, and the number now stands for something else."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One version in the life of an article."""

    article: Article
    """With its status on the day asked about; `warning` says what ended it."""
    begins: date | None
    ends: date | None
    """First day on which it no longer binds; None while no end is known."""
    wording: Wording


@dataclass(frozen=True, slots=True)
class History:
    """What the index knows about one article through time."""

    citation: Citation
    """With the full title of the law."""
    versions: tuple[Chapter, ...]
    """Oldest first; empty when the index holds no text of it."""
    repealed: Repealed | None
    """Which law ended the law of the article; None when none is known."""
    successors: tuple[Citation, ...]
    """Where the rule stands now, if the law ended and the table of successions knows."""


async def history(index: LawIndex, citation: Citation, as_of: date | None = None) -> History:
    """Every version of the article cited; `as_of` (today if None) decides only the status each is shown with."""
    law = index.names.resolve(citation.law) or citation.law
    cited = Citation(law, citation.key)
    found = sorted(await index.versions(cited, as_of), key=lambda a: (a.effective or date.min, a.version))
    chapters: list[Chapter] = []
    for article in found:
        wording = _wording(chapters[-1].article.text, article.text) if chapters else Wording.FIRST
        chapters.append(Chapter(article, article.effective, article.ended, wording))
    succession = default_successors().of(cited)
    return History(
        cited, tuple(chapters), await index.repealed(law), succession.citations if succession is not None else ()
    )


def _wording(old: str, new: str) -> Wording:
    a, b = squeeze(old), squeeze(new)
    if a == b:
        return Wording.SAME
    pairs, others = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b))
    common = 2 * len(pairs & others) / max(1, len(pairs) + len(others))
    return Wording.CHANGED if common >= 0.35 else Wording.NEW_SUBJECT
