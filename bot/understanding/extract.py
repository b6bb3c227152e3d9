"""Reads every fact out of one message."""

from __future__ import annotations

import functools
import re
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


_RATE = re.compile(r"(?:每|每一|一|1)个?[天日周月年]|每个[周月]")
_PER = re.compile(r"(?:的?(?:工资|底薪|房租|租金|利息))?(?:是|才|就|给我?|拿|挣|发|开|要|大概|差不多|到手|只有|也就)*")
_TIMES = frozenset("干做欠过了拖差住租")


def _is_rate(folded: str, duration: Entity, amounts: set[int]) -> bool:
    """一个月五千: one unit of time right before a sum tells how often it is paid, not how long something lasted."""
    if not _RATE.fullmatch(duration.text) or folded[max(0, duration.start - 1) : duration.start] in _TIMES:
        return False
    link = _PER.match(folded, duration.end)
    return link is not None and link.end() in amounts


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
        sums = {entity.start for entity in found if entity.kind in ("amount", "count")}
        for entity in entities:
            if entity.kind == "duration" and _is_rate(folded, entity, sums):
                continue
            if not any(taken[entity.start : entity.end]):
                found.append(entity)
        for entity in found:
            if not taken[entity.start]:
                taken[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
    return found
