"""One message with what is needed to weigh the values in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.interviews.facts import Facts
from bot.interviews.lexicon import FactWords
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity

CLAUSE = 80
"""Characters around an entity that are looked at; no clause is longer."""
CLAUSE_END = re.compile(r"[。!?;！？；\n,，、]")


@dataclass(frozen=True, slots=True)
class Message:
    """What was said, for which topic and to which question."""

    topic: Topic
    facts: Facts
    asked: Fact | None
    said: str
    today: date
    words: Mapping[str, FactWords]
    corrects: bool
    starts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Where the values of each kind begin."""

    def before(self, entity: Entity) -> str:
        """The clause before it."""
        return self.said[max(0, entity.start - CLAUSE) : entity.start]
