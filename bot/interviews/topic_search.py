"""Finds topics by words that stand anywhere in them, and says where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.interviews.outline import outline
from bot.interviews.per_topic import per_topic
from bot.interviews.topic import Topic

MOST_PLACES = 3
"""Places told of one topic."""


@dataclass(frozen=True, slots=True)
class Found:
    """A topic that holds every word searched."""

    topic: Topic
    places: tuple[tuple[str, str], ...]
    """(what it is, its text) where the words stand; empty when nothing was searched or the name says it all."""


def search_topics(topics: Iterable[Topic], query: str) -> tuple[Found, ...]:
    """Topics in which every word of the query stands; those that are named so come first."""
    words = query.casefold().split()
    found = [one for topic in topics if (one := _found(topic, words)) is not None]
    return tuple(sorted(found, key=lambda one: not _holds(one.topic.name, words)) if words else found)


def _found(topic: Topic, words: list[str]) -> Found | None:
    lines = _lines(topic)
    if not all(any(word in folded for _, _, folded in lines) for word in words):
        return None
    places = [(what, text) for what, text, folded in lines[1:] if any(word in folded for word in words)]
    return Found(topic, tuple(dict.fromkeys(places))[:MOST_PLACES] if words else ())


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text.casefold() for word in words)


@per_topic
def _lines(topic: Topic) -> tuple[tuple[str, str, str], ...]:
    return tuple((what, text, text.casefold()) for what, text in _texts(topic))


def _texts(topic: Topic) -> Iterator[tuple[str, str]]:
    yield "名称", topic.name
    yield "编号", topic.id
    yield "说法", topic.ask_as
    whole = outline(topic)
    for node in whole.nodes:
        if node.kind == "question":
            yield "问题", node.text
        elif node.kind != "document":
            yield "结论", f"{node.title}：{node.text}"
    for text in whole.citations:
        yield "法条", text
    for example in topic.examples:
        yield "说法", example
