"""Conversations passed on: to a colleague who is here, or to a queue."""

from __future__ import annotations

from bot.clock import Clock
from bot.desk.queues.presence import AtDesk
from bot.desk.records import DeskRecords
from bot.desk.refused import Refused, why
from bot.desk.rights import may
from bot.desk.seat import Seat
from bot.events import Event, Publish
from bot.message import Message, State


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
        if await self._records.sees(conversation, seat) and not await self._records.sees(conversation, other.seat):
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
        if queue not in {one.key for one in await self._records.queues() if not one.closed}:
            raise Refused("unknown_queue", "没有这个队列，或者它已经关闭。")
        moves = may(seat, "supervise") and await self._records.sees(conversation, seat)
        if moves and await self._records.requeue(conversation, seat, queue, text, now):
            self._publish(Event("state", conversation, state="waiting"))
            return None
        message = await self._records.to_queue(conversation, seat, queue, text, now)
        return await self._done(conversation, seat, message, "waiting")

    async def colleagues(self, seat: Seat) -> list[AtDesk]:
        """Who is here that a conversation can be given to, those with most room first."""
        now = self._clock.now()
        here = [one for one in await self._records.desks() if one.here(now) and may(one.seat, "converse")]
        return sorted((one for one in here if one.seat.id != seat.id), key=lambda one: (-one.free(now), one.seat.id))

    async def _done(self, conversation: str, seat: Seat, message: Message | None, state: State) -> Message:
        if message is None:
            raise why(await self._records.state(conversation, seat), seat)
        self._publish(Event("message", conversation, message=message))
        self._publish(Event("state", conversation, state=state))
        return message
