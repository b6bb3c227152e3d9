"""Conversations passed on: to a colleague who is here, or to a queue."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import Queue
from bot.desk.records import DeskRecords
from bot.desk.refused import Refused, why
from bot.desk.rights import may
from bot.desk.seat import Seat
from bot.events import Event, Publish
from bot.message import Message, State


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who a conversation can be passed to."""

    colleagues: tuple[AtDesk, ...]
    queues: tuple[Queue, ...]


class Passing:
    """What a seat does with a conversation that another should have."""

    def __init__(self, records: DeskRecords, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish

    async def pass_to(self, conversation: str, seat: Seat, colleague: int, text: str) -> Message:
        """Give it to a colleague who is here, with a note. Raises Refused."""
        now = self._clock.now()
        other = next((one for one in await self._records.desks() if one.seat.id == colleague), None)
        if other is None or colleague == seat.id or not may(other.seat, "converse"):
            raise Refused("unknown_colleague", "没有这位同事，或者不能转给这位同事。")
        if not other.here(now):
            raise Refused("colleague_gone", "这位同事现在不在线，请换一位，或者转到队列。")
        if not other.seat.covers(await self._records.region(conversation, seat) or ""):
            raise Refused("colleague_elsewhere", "这个会话所在的地区不归这位同事，请换一位，或者转到队列。")
        message = await self._records.to_colleague(conversation, seat, other.seat, text, now)
        if message is None and await self._records.state(conversation, seat) == ("human", seat.id):
            raise Refused("colleague_full", "这位同事手上的会话已经满了，请换一位，或者转到队列。")
        message = await self._done(conversation, seat, message, "human")
        self._publish(Event("notice", conversation, staff=colleague, data={"kind": "transfer", "from": seat.called}))
        return message

    async def pass_on(self, conversation: str, seat: Seat, queue: str, text: str) -> Message | None:
        """Give it back to those who wait in a queue, with a note; a supervisor may move one that waits. Raises Refused.

        None for one that waited: its citizen need not hear of it.
        """
        now = self._clock.now()
        wanted = next((one for one in await self._records.queues() if one.key == queue and not one.closed), None)
        if wanted is None:
            raise Refused("unknown_queue", "没有这个队列，或者它已经关闭。")
        if not wanted.covers(await self._records.region(conversation, seat) or ""):
            raise Refused("queue_elsewhere", "这个会话所在的地区不归这个队列，请换一个队列。")
        moves = may(seat, "supervise") and await self._records.sees(conversation, seat)
        if moves and await self._records.requeue(conversation, seat, queue, text, now):
            self._publish(Event("state", conversation, state="waiting"))
            return None
        message = await self._records.to_queue(conversation, seat, queue, text, now)
        return await self._done(conversation, seat, message, "waiting")

    async def receivers(self, conversation: str, seat: Seat) -> Receivers:
        """Who and what it can be passed to, of those that cover its region. Raises Refused where it is not to be seen.

        Colleagues are those who are here, with most room first.
        """
        region, now = await self._records.region(conversation, seat), self._clock.now()
        if region is None:
            raise Refused("unknown_conversation", "没有这个会话，或者它没有转到人工。")
        here = [one for one in await self._records.desks() if one.here(now) and may(one.seat, "converse")]
        theirs = [one for one in here if one.seat.id != seat.id and one.seat.covers(region)]
        queues = [one for one in await self._records.queues() if not one.closed and one.covers(region)]
        return Receivers(
            tuple(sorted(theirs, key=lambda one: (-one.free(now), one.seat.id))),
            tuple(sorted(queues, key=lambda one: one.name)),
        )

    async def _done(self, conversation: str, seat: Seat, message: Message | None, state: State) -> Message:
        if message is None:
            raise why(await self._records.state(conversation, seat), seat)
        self._publish(Event("message", conversation, message=message))
        self._publish(Event("state", conversation, state=state))
        return message
