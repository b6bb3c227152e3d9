"""Reads every fact out of one message."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date

from bot.understanding.amounts import find_amounts
from bot.understanding.counts import find_counts
from bot.understanding.dates import find_dates
from bot.understanding.durations import find_durations
from bot.understanding.entity import Entity
from bot.understanding.law_refs import find_law_refs
from bot.understanding.normalise import fold
from bot.understanding.percents import find_percents
from bot.understanding.places import find_places
from bot.understanding.relations import find_relations


def extract(text: str, today: date) -> list[Entity]:
    """All entities in `text`, by start; those of one kind never overlap, offsets and words are those of `text`.

    Never raises, whatever the text; time is linear in its length. A span read as one kind of quantity is not
    reported again as a lesser one: 三年前 is a date and no duration, 20% no count, 第38条 neither.
    """
    return list(_extract(text, today))


@functools.lru_cache(maxsize=32)
def _extract(text: str, today: date) -> tuple[Entity, ...]:
    folded = fold(text)
    values = find_values(folded, today)
    found = [*values, *find_relations(folded), *find_places(folded)]
    found.sort(key=lambda entity: (entity.start, entity.end))
    if folded == text:
        return tuple(found)
    return tuple(replace(entity, text=text[entity.start : entity.end]) for entity in found)


def find_values(folded: str, today: date) -> list[Entity]:
    """Quantities and law references in folded text; where two kinds claim the same words, the more telling one."""
    taken = bytearray(len(folded))
    found: list[Entity] = []
    for entities in (
        find_law_refs(folded),
        find_dates(folded, today),
        find_percents(folded),
        find_amounts(folded),
        find_durations(folded),
        find_counts(folded),
    ):
        for entity in entities:
            if not any(taken[entity.start : entity.end]):
                found.append(entity)
        for entity in found:
            if not taken[entity.start]:
                taken[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
    return found
