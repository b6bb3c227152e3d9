"""The seam to whoever answers: the engine, the desk and the file of the matter, each asked by the call's id."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from voice.call_actions import Outcome
from voice.call_events import Emergency, NoSeat, Position, SeatTook
from voice.media import Call


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine says, written for the ear."""

    text: str
    person: bool = False
    done: bool = False
    emergency: Emergency | None = None
    rest: tuple[str, ...] = ()
    """Sentences that are left to say, which the text has offered."""


class Conversations(Protocol):
    """Everything is told once, in order; `open` and `close` bear being told twice. Any exception means it failed."""

    async def open(self, call: Call) -> None:
        """The call's one matter begins."""
        ...

    async def close(self, call: str, outcome: Outcome) -> None:
        """The call is over."""
        ...

    def emergency(self, text: str) -> Emergency | None:
        """Whether someone is in danger now; known without the engine."""
        ...

    async def heard(self, call: str, text: str, confirmed: bool) -> None:
        """Keep what was said that needs no answer; not `confirmed`: figures in it may be misheard."""
        ...

    async def ask(self, call: str, text: str, confirmed: bool) -> Answer:
        """What to say to that."""
        ...

    async def foresee(self, call: str, text: str) -> str:
        """What would probably be said to that, were it asked next; "" where that is not known. Nothing comes of it."""
        ...

    def queue(self, call: str, urgent: bool) -> AsyncIterator[Position | SeatTook | NoSeat]:
        """Wait for a person; closing the iterator leaves the queue."""
        ...

    async def to_chat(self, call: str, urgent: bool) -> bool:
        """Let a person go on in the chat of the page that calls; whether one is there. May be told again, as urgent."""
        ...

    async def release(self, call: str, seat: str) -> None:
        """That seat is not needed after all."""
        ...

    async def brief(self, call: str, seat: str) -> None:
        """Returns when the summary is on that seat's screen."""
        ...

    async def keep_message(self, call: str, recording: str, text: str) -> None:
        """A message was left: the recording's name (empty: none) and what was understood of it."""
        ...

    async def call_back(self, call: str, number: str, promise: str) -> None:
        """Someone is to call."""
        ...

    async def rated(self, call: str, score: int) -> None:
        """1 content, 2 so-so, 3 not."""
        ...


class Presence(Protocol):
    """Tells real speech from coughs, music and our own echo; one for each call, clocked by its frames."""

    @property
    def quiet(self) -> float:
        """Seconds since the caller's last speech."""
        ...

    def say(self, pcm: bytes) -> None:
        """A frame that we send; what comes back of it is not the caller."""
        ...

    def forget(self) -> None:
        """What was to be sent and is not yet, never will be."""
        ...

    def hear(self, pcm: bytes) -> bool:
        """Whether with this frame the caller began to speak."""
        ...
