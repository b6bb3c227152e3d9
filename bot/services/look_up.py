"""Looks up what a service shows beside its guidance: lawyers, institutions, decided cases; nothing but what is held."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.interviews.facts import Facts
from bot.interviews.precedent import CAUTION, precedents
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import LookUp
from bot.services.asked_of_country import told_labels
from bot.services.countries import read_countries
from bot.services.register import entries, named
from knowledge_base.document import Kind
from knowledge_base.documents.searcher import DocumentSearcher

LAWYERS, INSTITUTIONS = (
    "按您说的，名册里有这些人（排在前面的离您近，不是推荐）：",
    "按您说的地方，有这些机构（离得近的排在前面）：",
)
SHOWN = 5
SAME = "名册里有这个名字，写的是下面这些，我照着念，不评价："
SEVERAL = "名册里叫这个名字的有{count}个{more}。同名不等于同一个，请拿执业机构、证号对一对："
CLOSE = "名册里没有写得一模一样的。写法接近的有这些，不一定是您要找的，请核对是哪几个字："
ELSEWHERE = "您说的地方没有查到，下面是别的地方的。"
NO_REGISTER = (
    "我手上现在没有律师和机构的名册，查不了，说不了真假。请打12348，或者到省司法厅网站的名册上，按姓名、证号核对。"
)
TOLD_ABOVE = "这个国家的情况，前面都说过了，这里不再重复；要用的时候请再核对一次。"
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


async def _register(asked: Asked, documents: DocumentSearcher | None) -> str:
    """What the register says under that name, whoever it is; the judging is the citizen's."""
    found = await named(documents, asked.words, asked.place)
    if found is None:
        return NO_REGISTER
    if not (found.same or found.close):
        return ""
    lines = [ELSEWHERE] if found.elsewhere else []
    if len(found.same) > 1:
        lines.append(SEVERAL.format(count=len(found.same), more=f"，先列{SHOWN}个" if len(found.same) > SHOWN else ""))
    else:
        lines.append(SAME if found.same else CLOSE)
    return "\n".join([*lines, *(found.same or found.close)[:SHOWN]])


async def _cases(asked: Asked, documents: DocumentSearcher | None) -> str:
    found = await precedents(asked.words, (), asked.topic.area, documents, limit=3)
    return "\n".join([*("\n".join(one.lines) for one in found), CAUTION]) if found else ""


async def _countries(asked: Asked, _documents: DocumentSearcher | None) -> str:
    """What matters here, but for what was told when the country was named with a question: that stands above."""
    country = read_countries().find(asked.words)
    if country is None:
        return ""
    told = told_labels(asked.words)
    labels = [one for one in asked.spec.labels if one not in told]
    if told and not country.holds(labels):
        return TOLD_ABOVE
    return country.text(labels) if _HAN.search(asked.words) else country.text_en(labels)


_FINDERS: Mapping[str, Finder] = {
    "lawyers": _lawyers,
    "institutions": _institutions,
    "register": _register,
    "cases": _cases,
    "countries": _countries,
}
