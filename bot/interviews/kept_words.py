"""Words kept for a fact until the rest is told, 「说好一年还」, or until its question is put: 「上个月28号」."""

from __future__ import annotations

from bot.interviews.facts import Facts, FactValue

_KEPT = "先记："
"""Begins `FactValue.said` of such words; the fact itself is open still."""


_EARLY = "早说："
"""Begins `FactValue.said` of words that came before their question and may be its answer."""


def keep_early(words: str) -> FactValue:
    """The open answer that keeps `words`, told before the question was put."""
    return FactValue(None, False, _EARLY + words)


def told_early(facts: Facts, fact_id: str) -> str:
    """The words told before the fact was asked for, which may be its answer; "" for none, or where they served."""
    told = facts.get(fact_id)
    if told is None or told.answered or not told.said.startswith(_EARLY):
        return ""
    words = told.said.removeprefix(_EARLY)
    return "" if any(one.answered and one.said == words for one in facts.values()) else words


def keep(words: str) -> FactValue:
    """The open answer that keeps `words`."""
    return FactValue(None, False, _KEPT + words)


def kept(facts: Facts, fact_id: str) -> str:
    """The words kept for the fact; "" for none."""
    told = facts.get(fact_id)
    open_still = told is not None and not told.answered and told.said.startswith(_KEPT)
    return told.said.removeprefix(_KEPT) if told is not None and open_still else ""
