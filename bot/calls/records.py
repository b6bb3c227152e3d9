"""What `bot.calls` needs kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.calls.call import Begun, End, Kept, Moved, Reach, Ringing, Standing
from bot.desk.seat import Seat
from bot.dialogue.engine import Handoff, Part
from bot.message import Message
from bot.reception import Placed


class CallRecords(Protocol):
    """The storage of calls; every method is one transaction, and those that change bear being told twice."""

    async def begin(self, ringing: Ringing, said: Sequence[Part], texts: bool, now: datetime) -> Begun:
        """Open the call's conversation and matter. `texts`: its own mobile may be written to, if it was not refused."""
        ...

    async def heard(
        self, conversation: str, key: str, text: str, how: Mapping[str, Any], now: datetime
    ) -> Message | None:
        """What the caller said that nobody answers; None when it was kept before."""
        ...

    async def standing(self, conversation: str) -> Standing | None:
        """Where the talk stands."""
        ...

    async def wait(self, conversation: str, handoff: Handoff, placed: Placed, now: datetime) -> bool:
        """A person is wanted: the conversation waits, or waits as urgent; False when neither changed anything."""
        ...

    async def leave(self, conversation: str, now: datetime, words: str, seat: int | None = None) -> bool:
        """No person is wanted any more, or `seat` could not be reached; False when it did not wait, or hold it."""
        ...

    async def to_chat(
        self, conversation: str, page: str, handoff: Handoff, placed: Placed, news: Sequence[Part], now: datetime
    ) -> Moved | None:
        """The talk is over here and goes on, with its matter, in the conversation of the page that called, which waits
        for a person and is told `news`; None where that is no chat that goes on."""
        ...

    async def reach(self, conversation: str) -> Reach:
        """By what the caller can be sent something to read."""
        ...

    async def no_texts(self, conversation: str, now: datetime) -> None:
        """Whoever else may see that telephone must not read of this: nothing more is sent by itself."""
        ...

    async def share(self, conversation: str, parts: Sequence[Part], key: str, now: datetime) -> Message | None:
        """Say it where the caller reads: in the newest conversation of an account that they have linked."""
        ...

    async def keep_message(self, conversation: str, recording: str, text: str, now: datetime) -> Message | None:
        """What the caller left."""
        ...

    async def call_back(
        self, conversation: str, contact: str, due: datetime, reason: str, message: str, now: datetime
    ) -> None:
        """Somebody owes a call; one for each conversation."""
        ...

    async def rate(self, conversation: str, score: int, now: datetime) -> None:
        """How satisfied the caller is, 1 to 5."""
        ...

    async def end(self, call: str, outcome: End, recordings: Sequence[str], now: datetime) -> Kept | None:
        """The call is over, and its talk too unless a seat goes on with it; None when it was over before."""
        ...

    async def alive(self, calls: Sequence[str], now: datetime) -> None:
        """These go on."""
        ...

    async def silent(self, since: datetime) -> list[Kept]:
        """Those that have not ended and of which nothing was heard since."""
        ...

    async def listed(self, since: datetime, until: datetime) -> list[Kept]:
        """Those that began in the stretch, in order."""
        ...

    async def of(self, conversation: str, seat: Seat, now: datetime) -> Kept | None:
        """The call of a conversation that the seat may see."""
        ...

    async def noted(self, conversation: str, seat: Seat, action: str, detail: Mapping[str, Any], now: datetime) -> None:
        """On the audit trail."""
        ...
