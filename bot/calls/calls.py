"""Telephone calls: each has one conversation, one matter and one row to compare with the exchange's records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.calls.call import Begun, End, Kept, Reach, Ringing, Standing
from bot.calls.records import CallRecords
from bot.clock import Clock
from bot.desk.afterwards.survey import DISSATISFIED, call_back_by
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.dialogue.engine import Part
from bot.events import Event, Publish
from bot.message import Message

LEFT = "来电人不再等工作人员。"
UNREACHED = "电话没有转通，来电人还在线上，请等下一位同事接。"
NOT_HEARD = "（没有听清，请听录音。）"
NO_SOUND = "（没有录到声音。）"
SILENT = timedelta(minutes=2)
"""A call of which nothing was heard so long went down with the process that carried it."""


class Calls:
    """The service. `publish` hears of everything after it was committed."""

    def __init__(self, records: CallRecords, clock: Clock, publish: Publish, *, texts: bool) -> None:
        """`texts`: there is something to send by text, as links need a public address."""
        self._records = records
        self._clock = clock
        self._publish = publish
        self._texts = texts

    async def begin(self, ringing: Ringing, said: Sequence[Part]) -> Begun:
        """It was answered with these words; asked twice, the same call."""
        return await self._records.begin(ringing, said, self._texts, self._clock.now())

    async def heard(self, conversation: str, key: str, text: str, how: Mapping[str, Any]) -> None:
        """What the caller said that needs no answer; one `key` is kept once."""
        self._tell(await self._records.heard(conversation, key, text, how, self._clock.now()))

    async def standing(self, conversation: str) -> Standing:
        """Where the talk stands. Raises LookupError."""
        found = await self._records.standing(conversation)
        if found is None:
            raise LookupError(f"there is no conversation {conversation}")
        return found

    async def leave(self, conversation: str, seat: int | None = None) -> None:
        """The caller waits no more, or `seat` was not reached."""
        words = LEFT if seat is None else UNREACHED
        if await self._records.leave(conversation, self._clock.now(), words, seat):
            self._publish(Event("state", conversation, state="bot"))

    async def reach(self, conversation: str) -> Reach:
        """By what the caller can be sent something to read."""
        return await self._records.reach(conversation)

    async def no_texts(self, conversation: str) -> None:
        """Nothing that others could read on that telephone is sent by itself."""
        await self._records.no_texts(conversation, self._clock.now())

    async def share(self, conversation: str, parts: Sequence[Part], key: str) -> None:
        """Where the caller reads."""
        self._tell(await self._records.share(conversation, parts, key, self._clock.now()))

    async def keep_message(
        self, conversation: str, recording: str, text: str, contact: str, due: datetime | None
    ) -> None:
        """A message was left: kept with the matter, and with the call that is owed for it."""
        now = self._clock.now()
        words = text.strip() or (NOT_HEARD if recording else NO_SOUND)
        self._tell(await self._records.keep_message(conversation, recording, words, now))
        await self._owe(conversation, contact, due or call_back_by(now), "message", words)

    async def call_back(self, conversation: str, contact: str, due: datetime | None, *, angry: bool) -> None:
        """Somebody was promised to call, by `due` or the end of the next working day."""
        reason = "dissatisfied" if angry else "promised"
        await self._owe(conversation, contact, due or call_back_by(self._clock.now()), reason, "")

    async def rate(self, conversation: str, score: int) -> bool:
        """How satisfied the caller is, 1 to 5; whether that is so little that somebody calls."""
        await self._records.rate(conversation, score, self._clock.now())
        return score <= DISSATISFIED

    async def hung_up(self, conversation: str, contact: str, due: datetime) -> None:
        """They wanted a person and did not get one: owed a call all the same."""
        await self._owe(conversation, contact, due, "hung_up", "")

    async def end(self, call: str, outcome: End, recordings: Sequence[str]) -> None:
        """It is over; asked twice, the first counts."""
        over = await self._records.end(call, outcome, recordings, self._clock.now())
        if over is not None:
            state = (await self.standing(over.conversation)).state
            self._publish(Event("state", over.conversation, state=state, matter=over.matter))

    async def alive(self, calls: Sequence[str]) -> None:
        """These go on."""
        if calls:
            await self._records.alive(calls, self._clock.now())

    async def clear(self) -> int:
        """End those whose process has died; how many."""
        lost = await self._records.silent(self._clock.now() - SILENT)
        for one in lost:
            await self.end(one.id, "lost", one.recordings)
        return len(lost)

    async def listed(self, since: datetime, until: datetime) -> list[Kept]:
        """Those that began in the stretch, in order."""
        return await self._records.listed(since, until)

    async def of(self, conversation: str, seat: Seat) -> Kept:
        """The call of a conversation. Raises Refused where it is none, or not the seat's to see."""
        found = await self._records.of(conversation, seat, self._clock.now())
        if found is None:
            raise Refused("unknown_call", "没有这个电话，或者它没有转到人工。")
        return found

    async def noted(self, call: Kept, seat: Seat, action: str, **detail: Any) -> None:
        """What a seat did with its recordings, on the audit trail."""
        await self._records.noted(call.conversation, seat, action, detail, self._clock.now())

    async def _owe(self, conversation: str, contact: str, due: datetime, reason: str, message: str) -> None:
        await self._records.call_back(conversation, contact, due, reason, message, self._clock.now())
        self._publish(Event("desk", conversation, data={"what": "callback"}))

    def _tell(self, message: Message | None) -> None:
        if message is not None:
            self._publish(Event("message", message.conversation, message=message))
