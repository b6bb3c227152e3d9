"""Answers what an opinion leaves open of every such matter: how long the ways take, what they cost, who is sued,
and how one item of the damages is counted."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.cited import marked
from bot.interviews.cited_law import CitedLaw
from bot.interviews.topic import Topic
from knowledge_base.searcher import Searcher

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "afterwards.yaml"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line, with what it rests on."""

    say: str
    cite: tuple[str, ...] = ()
    refer: str = ""
    """A regulation or interpretation, which is named and no citation."""

    @property
    def line(self) -> str:
        """As it is shown."""
        basis = "、".join(marked(one) for one in (*self.cite, *filter(None, (self.refer,))))
        return f"{self.say}（{basis}）" if basis else self.say


@dataclass(frozen=True, slots=True)
class Route:
    """One way to get one's right, told of where the opinion sends people to it."""

    when: re.Pattern[str]
    areas: frozenset[str]
    """Of law; empty: every one but `unless_areas`."""
    unless_areas: frozenset[str]
    topics: frozenset[str]
    """Whose way it is whatever the opinion names."""
    beside: re.Pattern[str] | None
    """It is one only where this stands among the places too…"""
    unless: re.Pattern[str] | None
    """…and this does not: who need not go to arbitration is told of no award."""
    lasts: Answer | None
    costs: Answer | None

    def serves(self, topic: Topic, places: Sequence[str]) -> bool:
        """Whether it is a way for a matter of `topic` whose opinion names these places."""
        if topic.id in self.topics:
            return True
        if self.beside is not None and not any(map(self.beside.search, places)):
            return False
        if self.unless is not None and any(map(self.unless.search, places)):
            return False
        fits = topic.area in self.areas if self.areas else topic.area not in self.unless_areas
        return fits and any(self.when.search(place) for place in places)


@dataclass(frozen=True, slots=True)
class Other:
    """The other side of a matter."""

    when: re.Pattern[str]
    """Stands in a place that the opinion sends people to."""
    answer: Answer


@dataclass(frozen=True, slots=True)
class Item:
    """One item of what can be claimed."""

    when: re.Pattern[str]
    """Stands in a question about it."""
    topics: frozenset[str]
    answer: Answer
    plain: bool
    """Whether its words are a question by themselves, whatever else is asked in them."""


@dataclass(frozen=True, slots=True)
class GeneralAnswers:
    """All of them, as the file has them."""

    routes: tuple[Route, ...]
    items: tuple[Item, ...]
    whom: Mapping[str, tuple[Other, ...]]
    """By topic, else by area; the first whose way it is."""

    def lasts(self, topic: Topic, places: Sequence[str]) -> Iterator[Answer]:
        """How long each way takes that the places stand for."""
        return (one.lasts for one in self._ways(topic, places) if one.lasts is not None)

    def costs(self, topic: Topic, places: Sequence[str]) -> Iterator[Answer]:
        """What each way costs."""
        return (one.costs for one in self._ways(topic, places) if one.costs is not None)

    def against(self, topic: Topic, places: Sequence[str]) -> Iterator[Answer]:
        """Who is the other side, where it is gone about in these places; nothing where no rule says it."""
        others = self.whom.get(topic.id) or self.whom.get(topic.area) or ()
        fitting = (one.answer for one in others if any(map(one.when.search, places)))
        yield from itertools.islice(fitting, 1)

    def counted(self, topic: Topic, question: str, labels: Iterable[str]) -> Iterator[Answer]:
        """How the items are counted that the question names, but for those that were: `labels` of what was."""
        done = tuple(labels)
        for one in self.items:
            if topic.id in one.topics and one.when.search(question) and not any(map(one.when.search, done)):
                yield one.answer

    def names_item(self, topic: Topic, question: str) -> bool:
        """Whether it names an item of what can be claimed in a matter of `topic`."""
        return any(topic.id in one.topics and one.when.search(question) for one in self.items)

    def asks_plainly(self, topic: Topic, question: str) -> bool:
        """Whether it names one whose words ask by themselves: 「派出所不出警能告不」."""
        return any(one.plain and topic.id in one.topics and one.when.search(question) for one in self.items)

    def _ways(self, topic: Topic, places: Sequence[str]) -> Iterator[Route]:
        return (one for one in self.routes if one.serves(topic, places))

    @property
    def answers(self) -> Iterator[Answer]:
        """Every one."""
        for route in self.routes:
            yield from (one for one in (route.lasts, route.costs) if one is not None)
        yield from (one.answer for one in self.items)
        yield from (other.answer for others in self.whom.values() for other in others)


async def in_force(answers: Iterable[Answer], searcher: Searcher | None, day: date) -> list[str]:
    """The lines of those whose articles all bind on `day`; what cannot be checked is not said."""
    lines = []
    for one in answers:
        if not one.cite or (searcher is not None and (await CitedLaw.of(one.cite, searcher, day)).holds):
            lines.append(one.line)
    return lines


@functools.cache
def general_answers() -> GeneralAnswers:
    """Those of the file, read once."""
    file: dict[str, Any] = read_plain(FILE)
    routes = tuple(
        Route(
            re.compile(row["when"]),
            frozenset(row.get("areas") or ()),
            frozenset(row.get("unless_areas") or ()),
            frozenset(row.get("topics") or ()),
            re.compile(row["beside"]) if "beside" in row else None,
            re.compile(row["unless"]) if "unless" in row else None,
            _answer(row, "lasts"),
            _answer(row, "costs"),
        )
        for row in file["routes"]
    )
    whom = {
        key: tuple(
            Other(re.compile(row.get("when", "")), Answer(row["say"], tuple(row.get("cite") or ())))
            for row in (rows if isinstance(rows, list) else [rows])
        )
        for key, rows in file["whom"].items()
    }
    items = tuple(
        Item(
            re.compile(row["when"]),
            frozenset(row["topics"]),
            Answer(row["say"], tuple(row.get("cite") or ()), row.get("refer") or ""),
            bool(row.get("plain")),
        )
        for row in file["items"]
    )
    return GeneralAnswers(routes, items, whom)


def _answer(row: Mapping[str, Any], key: str) -> Answer | None:
    if key not in row:
        return None
    return Answer(row[key], tuple(row.get(f"{key}_cite") or ()), row.get(f"{key}_refer") or "")
