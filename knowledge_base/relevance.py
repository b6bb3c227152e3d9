"""Tells articles worth showing to someone who asked in their own words from those that merely share a word."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.searcher import Hit

MIN_SCORE = 14.0
"""Of the embedded searcher: what about two informative words of a question are worth. A text about something else
seldom reaches it; one about law seldom stays below."""
SHARE_OF_BEST = 0.35
"""Hits scored lower than this part of the best are about something else in the same question."""
CITED_SCORE = 900.0
"""An article cited by number scores at least this; it says nothing about how well the others fit."""


def relevant(hits: Sequence[Hit], least: float = MIN_SCORE) -> list[Hit]:
    """The hits of one search that fit, in their order; none when the best is below `least`.

    For whole questions. A keyword alone (工伤) scores low by nature; whoever looks up keywords shows every hit.
    """
    cited = [hit for hit in hits if hit.score >= CITED_SCORE]
    found = [hit for hit in hits if hit.score < CITED_SCORE]
    floor = max(least, SHARE_OF_BEST * found[0].score) if found else least
    return cited + [hit for hit in found if hit.score >= floor]
