"""Remembers what was worked out from a topic, so that a turn of the dialogue does not work it out again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from bot.interviews.topic import Topic

_T = TypeVar("_T")
_KEPT = 512
"""Topics remembered at once; more than there are, so only tests ever push one out."""


class _Same:
    """A topic as a key: equal only to itself, as comparing whole topics would cost more than is saved."""

    __slots__ = ("topic",)

    def __init__(self, topic: Topic) -> None:
        self.topic = topic

    def __hash__(self) -> int:
        return id(self.topic)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.topic is self.topic


def per_topic(build: Callable[[Topic], _T]) -> Callable[[Topic], _T]:
    """`build` called once for each topic object; topics are frozen, so the result stays true."""

    @lru_cache(maxsize=_KEPT)
    def kept(same: _Same) -> _T:
        return build(same.topic)

    return lambda topic: kept(_Same(topic))
