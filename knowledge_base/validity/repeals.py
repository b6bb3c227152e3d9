"""Ends the laws that other laws repeal in so many words."""

from __future__ import annotations

from datetime import date

from knowledge_base.validity.clauses import effect_clauses, repeal_clauses
from knowledge_base.validity.dated import LawVersion, Repealed, Versions
from knowledge_base.validity.title_book import TitleBook


def apply_repeals(by_name: Versions, book: TitleBook) -> list[Repealed]:
    """End every version that a clause repeals, and tell what was repealed, in the index or not."""
    found: list[Repealed] = []
    for versions in list(by_name.values()):
        repealer = versions[-1]
        for version in versions:  # the earliest version that carries the clause gives the day
            if repeal_clauses(version.law):
                repealer = version
                break
        for clause in repeal_clauses(repealer.law):
            on = _day(repealer)
            name = book.find(clause.title, clause.before) or clause.title
            if name == repealer.law.name:
                continue
            found.append(Repealed(name, repealer.law.name, clause.article, on))
            for target in by_name.get(name, []):
                older = target.law.published < repealer.law.published and target.law.published <= on
                if older and (target.ended is None or target.ended > on):
                    target.ended = on
                    target.ended_by = f"被《{repealer.law.name}》{clause.article}废止"
    return found


def _day(version: LawVersion) -> date:
    stated = [c.day for c in effect_clauses(version.law) if c.day]
    return stated[0] if stated else version.effective
