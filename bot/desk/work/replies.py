"""A seat's reply: its citations verified, its warnings shown first, sent once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.clock import Clock
from bot.desk.desk import Desk
from bot.desk.seat import Seat
from bot.desk.work.citing import spelled_out
from bot.desk.work.personal_data import personal_data
from bot.desk.work.warnings import Around, Caution, cautions
from bot.dialogue.engine import Part
from bot.events import Event, Publish
from bot.message import BadMessage, Message, check_message_id, clean_text

MOST_ARTICLES = 10
"""Articles that unfold below one reply."""
LONGEST_REASON = 200
_SHOWN = ("law", "number", "text", "version", "warning")


class Cautioned(Exception):
    """The reply is held back: the seat must look at these first."""

    def __init__(self, found: Sequence[Caution]) -> None:
        super().__init__("cautions")
        self.cautions = tuple(found)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a seat wants to say."""

    message_id: str
    text: str
    reason: str = ""
    """Why in spite of the warnings."""
    seen: frozenset[str] = frozenset()
    """Keys of the warnings it was shown."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """Warnings that a seat set aside."""

    reason: str
    kinds: tuple[str, ...]


class Verifier(Protocol):
    """Checks citations."""

    async def verify(self, text: str) -> list[dict[str, Any]]:
        """Every citation in `text`, resolved or not."""
        ...


class ReplyRecords(Protocol):
    """The storage of replies."""

    async def say(
        self,
        conversation: str,
        seat: Seat,
        message_id: str,
        parts: Sequence[Part],
        now: datetime,
        overridden: Overridden | None,
    ) -> Message | None:
        """Add it if the seat holds the conversation, with a note of what was overridden; the same id again is once."""
        ...

    async def said_by_seat(self, conversation: str, seat: Seat, message_id: str) -> bool:
        """Whether it is stored already."""
        ...

    async def said_by_citizen(self, conversation: str) -> list[str]:
        """All that the citizen wrote."""
        ...


class Replies:
    """Sends what seats say."""

    def __init__(
        self,
        records: ReplyRecords,
        desk: Desk,
        laws: Verifier,
        clock: Clock,
        publish: Publish,
        *,
        max_text: int = 4000,
    ) -> None:
        self._records = records
        self._desk = desk
        self._laws = laws
        self._clock = clock
        self._publish = publish
        self._max_text = max_text

    async def send(self, conversation: str, seat: Seat, draft: Draft) -> Message:
        """Say it. Raises Cautioned while a warning stands that was not seen and overridden, Refused, BadMessage."""
        message_id, text = check_message_id(draft.message_id), clean_text(draft.text, self._max_text)
        citations = await self._laws.verify(spelled_out(text))
        found = await self._cautions(conversation, text, citations)
        overridden = None
        if found:
            if self._stand(found, draft):
                if not await self._records.said_by_seat(conversation, seat, message_id):
                    raise Cautioned(found)
            else:
                kinds = tuple(sorted({one.kind for one in found}))
                overridden = Overridden(clean_text(draft.reason, LONGEST_REASON), kinds)
        part = Part("text", text, data=_articles(citations))
        now = self._clock.now()
        message = await self._records.say(conversation, seat, message_id, (part,), now, overridden)
        if message is None:
            raise await self._desk.why(conversation, seat)
        self._publish(Event("message", conversation, message=message))
        if overridden is not None:
            self._publish(Event("desk", conversation, data={"what": "note", "kind": "override"}))
        return message

    async def _cautions(self, conversation: str, text: str, citations: Sequence[Mapping[str, Any]]) -> list[Caution]:
        said = await self._records.said_by_citizen(conversation) if personal_data(text) else ()
        return cautions(text, Around(citations, said))

    @staticmethod
    def _stand(found: Sequence[Caution], draft: Draft) -> bool:
        """Whether the warnings hold the reply back still."""
        if any(one.level == "never" for one in found):
            return True
        if not {one.key for one in found} <= draft.seen:
            return True
        if len(draft.reason.strip()) < 2:
            if draft.seen:
                raise BadMessage("reason_needed", "要照发，请写一句理由。")
            return True
        return False


def _articles(citations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The cited articles, each once, as a message carries them: with the version that was verified."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in citations:
        if (article := one["article"]) is not None:
            found.setdefault((article["law"], article["number"]), {name: article[name] for name in _SHOWN})
    return {"articles": list(found.values())[:MOST_ARTICLES]} if found else {}
