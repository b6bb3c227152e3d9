"""Words kept for a fact until the rest that it follows from is told: 「说好一年还」, 「一天260」."""

from __future__ import annotations

from bot.interviews.facts import Facts, FactValue

_KEPT = "先记："
"""Begins `FactValue.said` of such words; the fact itself is open still."""


def keep(words: str) -> FactValue:
    """The open answer that keeps `words`."""
    return FactValue(None, False, _KEPT + words)


def kept(facts: Facts, fact_id: str) -> str:
    """The words kept for the fact; "" for none."""
    told = facts.get(fact_id)
    open_still = told is not None and not told.answered and told.said.startswith(_KEPT)
    return told.said.removeprefix(_KEPT) if told is not None and open_still else ""
