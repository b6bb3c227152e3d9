"""What `bot.conversation` needs kept, and the shapes it is kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.dialogue.engine import Handoff, Part, Reply
from bot.message import Inbound, Message, State
from bot.reception import Placed


@dataclass(frozen=True, slots=True)
class Conversation:
    """One thread with one citizen, as far as a channel may know it."""

    id: str
    channel: str
    state: State
    matter: str
    """Empty before the first message."""
    token_hash: str


@dataclass(frozen=True, slots=True)
class Pending:
    """The oldest message of a conversation not yet acted on, with all that a turn needs."""

    row: int
    key: str
    message: Message
    state: State
    dialogue: Mapping[str, Any]
    matter: str
    more: bool
    """Later messages of the conversation wait too."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a conversation stands between two turns."""

    state: State
    dialogue: Mapping[str, Any]
    matter: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An inbound message after it was stored, or found to be there already."""

    message: Message
    state: State
    """Of the conversation, when it was recorded."""
    matter: str
    repeated: bool
    """The same id had been stored before."""
    pending: bool
    """It has not been acted on yet."""
    turn: Pending | None = None
    """What a turn on it needs, when no other message waits before it: spares reading it again."""
    replies: tuple[Message, ...] = ()
    """What was answered at once: to a verdict on a consultation that is over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one inbound message."""

    message: Message
    replies: tuple[Message, ...]
    """Empty while a person has the conversation."""
    state: State
    matter: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How an application stands."""

    kind: str
    title: str
    state: str
    """As bot.desk.matters.applications says."""
    submitted: datetime
    due: date | None
    """Last day by which it must be answered, by law; None where no law gives one."""
    reason: str = ""
    """Of the decision."""
    asked: str = ""
    """What is to be supplemented, while it is."""


@dataclass(frozen=True, slots=True)
class MatterCard:
    """What a citizen is given to come back with, and how it stands."""

    number: str
    code: str
    progress: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A matter taken up again in another conversation."""

    number: str
    topic: str
    dialogue: Mapping[str, Any]
    progress: tuple[Progress, ...]


class TurnTaken(Exception):
    """Another process acts on this conversation now."""


class ConversationRecords(Protocol):
    """The storage of conversations; every method is one transaction."""

    async def create(
        self,
        conversation: str,
        channel: str,
        token_hash: str,
        greeting: Sequence[Part],
        now: datetime,
        external_id: str | None = None,
    ) -> Message:
        """A new conversation of a new citizen, opened by the bot's greeting, which is returned."""
        ...

    async def of(
        self,
        channel: str,
        external_id: str,
        conversation: str,
        greeting: Sequence[Part],
        now: datetime,
        *,
        anew: bool = False,
    ) -> tuple[Conversation, Message | None]:
        """The latest conversation of who the provider calls so; the greeting too if it had to be begun.

        One that is closed is given while what the citizen says about it is still taken, unless `anew`; else a new one
        of this id is begun. Exactly one is, however many ask at once.
        """
        ...

    async def get(self, conversation: str) -> Conversation | None:
        """The conversation with this id."""
        ...

    async def stand(self, conversation: str) -> Stand | None:
        """Where it stands now; None when there is no such conversation."""
        ...

    async def by_token(self, token_hash: str) -> Conversation | None:
        """The conversation whose token has this hash."""
        ...

    async def record(self, inbound: Inbound, now: datetime) -> Recorded | None:
        """Store `inbound` unless it is there; the first gives the conversation its matter. None: no such conversation.

        Raises BadMessage when the id was used for another text or the conversation is closed.
        """
        ...

    async def next_pending(self, conversation: str, now: datetime) -> Pending | None:
        """The oldest inbound message still to be acted on; it is this process's until `finish`.

        Raises TurnTaken while another process acts on the conversation.
        """
        ...

    async def still_acting(self, now: datetime) -> None:
        """What this process acts on stays its own for another while."""
        ...

    async def finish(
        self,
        pending: Pending,
        reply: Reply | None,
        handoff: tuple[Handoff, Placed] | None,
        parts: Sequence[Part],
        now: datetime,
    ) -> Outcome:
        """Mark the message done and, if `parts` and the bot still has the conversation, store everything the turn did.

        `reply` None leaves the dialogue state as it was. A handoff comes with the place where it waits.
        """
        ...

    async def outcome(self, inbound: Inbound) -> Outcome | None:
        """What became of a message that has been acted on."""
        ...

    async def after(self, conversation: str, seq: int, limit: int) -> list[Message]:
        """Up to `limit` messages after `seq`, in order."""
        ...

    async def unfinished(self, now: datetime | None = None) -> list[str]:
        """Conversations that have a pending message; with `now`, those that no process seems to act on."""
        ...

    async def last_said(self, conversation: str) -> Message | None:
        """What the citizen was last told, by whomever, but for news of the service that asks nothing."""
        ...

    async def known(self, channel: str, key: str) -> bool:
        """Whether a message of this key is stored."""
        ...

    async def tell(self, conversation: str, parts: Sequence[Part], key: str, now: datetime) -> Message | None:
        """A word of the service outside any turn, once for each key; None if it was said, or there is nobody."""
        ...

    async def card(self, number: str) -> MatterCard:
        """Number, code and applications of a matter. Raises LookupError when there is none."""
        ...

    async def recall(self, conversation: str, number: str, code: str, now: datetime) -> Recalled | None:
        """Put the conversation on the matter, if the code is right and was not tried too often."""
        ...

    async def broken_off(self, conversation: str, topic: str, now: datetime) -> Recalled | None:
        """Put a call on the matter of the caller's last one, if that broke off lately and was about the same."""
        ...

    async def matter(self, number: str) -> MatterView | None:
        """The matter as its citizen may see it."""
        ...


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter as its citizen may see it."""

    number: str
    conversation: str
    state: State
    topic: str
    area: str
    summary: Mapping[str, Any]
    opinion: Mapping[str, Any] | None
    """`Opinion.to_dict()` once there is one."""
    created: datetime
    updated: datetime
