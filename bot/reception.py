"""What a conversation needs of the desk when a person is wanted: a place in a queue, and words for who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogue.engine import Handoff, Part, Reply
from bot.message import Message


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a conversation waits from now on, and what is known of who waits."""

    queue: str
    help: str = "consultation"
    priority: int = 2
    """0 urgent, 1 high, 2 normal."""
    reasons: tuple[str, ...] = ()
    """Why it comes before others (Simplified Chinese, for the seat)."""
    tier: str = "general"
    region: str = ""
    language: str = "zh"
    mood: str = ""
    ahead: int | None = None
    """How many were told to be in front; None when nothing was told."""
    promised: datetime | None = None
    """When somebody is on duty again, as told; None where that is not known or somebody is."""
    offered: bool = False
    """Nobody is on duty, and a call was offered."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The service wants a person for what the engine would have answered alone."""

    handoff: Handoff
    say: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The citizen waits for a person no more: the conversation is the bot's again."""

    said: Part
    rest: str
    """What the message says besides; "" for nothing."""
    put: tuple[Part, ...]
    """What the bot had put last, to be put again."""


class Reception(Protocol):
    """The desk's side of a handoff."""

    async def judge(self, conversation: str, text: str, reply: Reply) -> Judged | None:
        """Whether a person is needed although the engine did not ask for one."""
        ...

    async def receive(
        self, conversation: str, handoff: Handoff, reply: Reply | None
    ) -> tuple[Placed, tuple[Part, ...]]:
        """The place in a queue, and what the citizen is told about waiting."""
        ...

    async def heard(self, message: Message) -> bool:
        """The citizen said something while waiting: perhaps the number of a telephone, where a call was offered.

        Whether it was that, and has been answered.
        """
        ...

    async def withdrawn(self, message: Message) -> Withdrawn | None:
        """Take one who waits and says that they wait no more out of the queue; None where they do not say so, or must
        not be let go: who may be in danger keeps the place.
        """
        ...

    async def attended(self, conversation: str) -> bool:
        """Whether somebody is here to take the conversation, which waits."""
        ...

    async def noted(self, conversation: str) -> tuple[Part, ...]:
        """What one who waits for somebody who is here is told of what they add: it is kept, and where they stand."""
        ...
