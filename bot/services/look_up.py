"""Looks up what a service shows beside its guidance: lawyers, institutions, decided cases; nothing but what is held."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.interviews.facts import Facts
from bot.interviews.precedent import CAUTION, precedents
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import LookUp
from bot.services.countries import read_countries
from bot.services.register import entries
from knowledge_base.document import Kind
from knowledge_base.documents.searcher import DocumentSearcher

LAWYERS, INSTITUTIONS = (
    "按您说的，名册里有这些人（排在前面的离您近，不是推荐）：",
    "按您说的地方，有这些机构（离得近的排在前面）：",
)
SHOWN = 5
_HAN = re.compile(r"[\u3400-\u9fff]")
"""Who names a country in English is told of it in English."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked up, and with which words."""

    topic: Topic
    spec: LookUp
    words: str
    place: str


Finder = Callable[[Asked, DocumentSearcher | None], Awaitable[str]]


async def look_up(topic: Topic, spec: LookUp, facts: Facts, documents: DocumentSearcher | None) -> str:
    """What is found, as text for the citizen; `spec.none` where there is nothing."""
    words = " ".join(_said(facts, name) for name in spec.words).strip()
    place = _place(facts, spec.region) if spec.region else ""
    return await _FINDERS[spec.what](Asked(topic, spec, words, place), documents) or spec.none


def _said(facts: Facts, name: str) -> str:
    told = facts.get(name)
    return (told.said or str(told.value)) if told is not None and told.value is not None else ""


def _place(facts: Facts, name: str) -> str:
    """The place as it is known: 太康 is only found by its province and city."""
    told = facts.get(name)
    return str(told.value) if told is not None and told.value is not None else ""


async def _lawyers(asked: Asked, documents: DocumentSearcher | None) -> str:
    found = await entries(documents, asked.words, asked.place, (Kind.PRACTITIONER,), asked.spec.kinds, SHOWN)
    return "\n".join([LAWYERS, *found]) if found else ""


async def _institutions(asked: Asked, documents: DocumentSearcher | None) -> str:
    found = await entries(documents, asked.words, asked.place, (Kind.INSTITUTION,), asked.spec.kinds, SHOWN)
    return "\n".join([INSTITUTIONS, *found]) if found else ""


async def _cases(asked: Asked, documents: DocumentSearcher | None) -> str:
    found = await precedents(asked.words, (), asked.topic.area, documents, limit=3)
    return "\n".join([*("\n".join(one.lines) for one in found), CAUTION]) if found else ""


async def _countries(asked: Asked, _documents: DocumentSearcher | None) -> str:
    country = read_countries().find(asked.words)
    if country is None:
        return ""
    return country.text() if _HAN.search(asked.words) else country.text_en()


_FINDERS: Mapping[str, Finder] = {
    "lawyers": _lawyers,
    "institutions": _institutions,
    "cases": _cases,
    "countries": _countries,
}
