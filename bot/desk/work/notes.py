"""Notes, whispers, questions to a supervisor and their answers: kept, told at once to whom they concern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.desk.work.note import LONGEST_NOTE, NewNote, Note
from bot.events import Event, Publish
from bot.message import check_message_id, clean_text


@dataclass(frozen=True, slots=True)
class Kept:
    """A note after it was stored."""

    note: Note
    told: tuple[int, ...]
    """Seats that got a notice; () when it was stored before."""


class NoteRecords(Protocol):
    """The storage of notes; a conversation of a region the seat does not cover is none."""

    async def add(self, conversation: str, seat: Seat, new: NewNote, now: datetime) -> Kept | None:
        """Keep it, its audit row and notices in one transaction. None: no such conversation, or question."""
        ...

    async def of(self, conversation: str, seat: Seat, now: datetime) -> Sequence[Note] | None:
        """All notes of the conversation's matter, oldest first. None: no such conversation."""
        ...


class Notes:
    """What staff tell each other."""

    def __init__(self, records: NoteRecords, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish

    async def of(self, conversation: str, seat: Seat) -> Sequence[Note]:
        """All notes, oldest first. Raises Refused for a conversation that is not the seat's to see."""
        found = await self._records.of(conversation, seat, self._clock.now())
        if found is None:
            raise _unknown()
        return found

    async def note(self, conversation: str, seat: Seat, key: str, text: str) -> Note:
        """Something for all who work on it. Raises Refused and BadMessage."""
        return await self._add(conversation, seat, NewNote("note", _clean(text), check_message_id(key)))

    async def whisper(self, conversation: str, seat: Seat, key: str, text: str) -> Note:
        """A supervisor's word to whoever holds it, now or next. Raises Refused and BadMessage."""
        return await self._add(conversation, seat, NewNote("whisper", _clean(text), check_message_id(key)))

    async def consult(self, conversation: str, seat: Seat, key: str, text: str) -> Note:
        """A question to the supervisors of the region. Raises Refused and BadMessage."""
        return await self._add(conversation, seat, NewNote("consult", _clean(text), check_message_id(key)))

    async def answer(self, conversation: str, seat: Seat, key: str, text: str, question: int) -> Note:
        """The answer to a question, to who asked it. Raises Refused and BadMessage."""
        new = NewNote("answer", _clean(text), check_message_id(key), reply_to=question)
        return await self._add(conversation, seat, new)

    async def _add(self, conversation: str, seat: Seat, new: NewNote) -> Note:
        kept = await self._records.add(conversation, seat, new, self._clock.now())
        if kept is None:
            raise _unknown()
        self._publish(Event("desk", conversation, data={"what": "note", "kind": kept.note.kind}))
        for staff in kept.told:
            self._publish(Event("notice", conversation, staff=staff, data={"kind": kept.note.kind}))
        return kept.note


def _clean(text: str) -> str:
    return clean_text(text, LONGEST_NOTE)


def _unknown() -> Refused:
    return Refused("unknown_conversation", "没有这个会话，或者它没有转到人工。")
