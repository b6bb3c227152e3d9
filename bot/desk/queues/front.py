"""The front of the desk: gives each conversation that comes its queue, and speaks to those who wait."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot import greeting, texting
from bot.clock import Clock
from bot.desk.queues import words
from bot.desk.queues.contact import masked, read_number, read_time, wants_call
from bot.desk.queues.duty import NextDuty
from bot.desk.queues.estimate import MEASURED, wait_minutes
from bot.desk.queues.judgement import judge
from bot.desk.queues.need import Need, read_need
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import GENERAL, Queue
from bot.desk.queues.records import CallBack, Waiting, WaitingRecords
from bot.desk.queues.routing import route
from bot.desk.queues.stakes import HIGH_STAKES
from bot.desk.queues.withdrawal import read_withdrawal
from bot.dialogue.engine import Handoff, Part, Reply
from bot.events import Event, Publish
from bot.in_danger import in_danger
from bot.message import Message
from bot.reception import Judged, Placed, Withdrawn
from bot.understanding.danger_said import CHILD_WRITES, NO_CALL
from bot.understanding.feelings import read_feeling

CALL_WITHIN = timedelta(hours=1)
"""After somebody is on duty again, a call without a chosen time is due."""


_NO_OFFER = frozenset({NO_CALL, CHILD_WRITES})


class FrontDesk:
    """Implements `bot.reception.Reception`."""

    def __init__(
        self,
        records: WaitingRecords,
        clock: Clock,
        publish: Publish,
        duty: NextDuty,
        *,
        high_stakes: int = HIGH_STAKES,
    ) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish
        self._duty = duty
        self._high_stakes = high_stakes

    async def judge(self, conversation: str, text: str, reply: Reply) -> Judged | None:
        """As the protocol says; the store is asked only where it can make a difference."""
        concluded = any(part.kind == "opinion" for part in reply.parts)
        before: tuple[str, ...] = ()
        if concluded or read_feeling(text) == "angry":
            before = (await self._records.told(conversation)).said[:-1]
        return judge(text, before, reply, self._high_stakes)

    async def receive(
        self, conversation: str, handoff: Handoff, reply: Reply | None
    ) -> tuple[Placed, tuple[Part, ...]]:
        """As the protocol says. The place told may be one off when two come at the same moment."""
        now = self._clock.now()
        # At once, because a citizen in need waits for the sum of these.
        told, queues, desks = await asyncio.gather(
            self._records.told(conversation), self._records.queues(), self._records.desks()
        )
        if reply is not None:
            told = told.with_reply(reply.topic, reply.area, reply.summary)
        need = read_need(handoff, told, now.date(), self._high_stakes)
        queue = choose(need, queues, desks)
        here = serving(queue, queues, desks, need.region, now)
        if not here:
            promised = await self._promised(queue.key, now)
            offer = placed(need, queue.key, promised=promised, offered=True)
            if set(handoff.reasons) & _NO_OFFER:
                return offer, ()  # the reply has said all; a telephone that rings would betray them
            return offer, words.nobody(promised, need.language, _nobody(handoff, reply))
        ahead, took = await asyncio.gather(
            self._records.ahead(queue.key, need.priority, need.help), self._records.took(queue.key, MEASURED)
        )
        minutes = wait_minutes(ahead, here, took, now)
        return placed(need, queue.key, ahead=ahead), (words.place(ahead, minutes),)

    async def attended(self, conversation: str) -> bool:
        """As the protocol says; who waits no more is attended to."""
        waiting, queues, desks = await asyncio.gather(
            self._records.one(conversation), self._records.queues(), self._records.desks()
        )
        if waiting is None:
            return True
        queue = next((one for one in queues if one.key == waiting.queue), None) or Queue(GENERAL, "", "consultation")
        return bool(serving(queue, queues, desks, waiting.region, self._clock.now()))

    async def noted(self, conversation: str) -> tuple[Part, ...]:
        """As the protocol says; nothing for one who waits no more."""
        line, queues, desks = await asyncio.gather(
            self._records.waiting(), self._records.queues(), self._records.desks()
        )
        mine = next((one for one in line if one.conversation == conversation), None)
        if mine is None:
            return ()
        ahead = [one.conversation for one in line if one.queue == mine.queue].index(conversation)
        queue = next((one for one in queues if one.key == mine.queue), None) or Queue(GENERAL, "", "consultation")
        now = self._clock.now()
        here = serving(queue, queues, desks, mine.region, now)
        minutes = wait_minutes(ahead, here, await self._records.took(mine.queue, MEASURED), now)
        return (words.noted(ahead, minutes, mine.language),)

    async def withdrawn(self, message: Message) -> Withdrawn | None:
        """As the protocol says; a call that was asked for is made all the same."""
        rest = None if in_danger(message.text) else read_withdrawal(message.text)
        if rest is None:
            return None
        if read_withdrawal(message.text, alone=False) is None and not await self.attended(message.conversation):
            return None  # nobody is there, and the bot goes on: 「算了」 answers what it has put
        call = await self._records.call_back(message.conversation)
        put = await self._records.withdraw(message.conversation, self._clock.now())
        if put is None:
            return None
        said = words.withdrawn(called=call is not None, english=message.text.isascii())
        return Withdrawn(said, rest, put or (greeting.NOTHING_PENDING,))

    async def heard(self, message: Message) -> bool:
        """As the protocol says."""
        waiting = await self._records.one(message.conversation)
        if waiting is None or not waiting.asked:
            return False
        now = self._clock.now()
        text = message.text.strip()
        if text in (words.LEAVE_NUMBER, words.BOOK):
            asked = "number" if text == words.LEAVE_NUMBER else "time"
            await self.say(
                waiting, (Part("text", words.ASK_NUMBER if asked == "number" else words.ASK_TIME),), asked, message
            )
            return True
        number = read_number(text, asked=waiting.asked != "offered")
        wanted = read_time(text, now) if number or waiting.asked == "time" or wants_call(text) else None
        if not number and wanted is None:
            return False
        await self._book(waiting, number, wanted, now, message)
        return True

    async def _book(
        self, waiting: Waiting, number: str, wanted: datetime | None, now: datetime, message: Message
    ) -> None:
        """Keep a number, a time or both; what is still missing is asked for."""
        earlier = await self._records.call_back(waiting.conversation)
        contact = number or (earlier.contact if earlier is not None else "")
        said = ""
        if wanted is None and earlier is not None and earlier.booked:
            wanted = earlier.due
        elif wanted is not None:
            then = await self._duty.next_duty(waiting.queue, wanted)
            if then is not None and then != wanted:
                wanted, said = then, words.NOT_THEN.format(when=words.moment(then))
        promised = None if wanted is not None else await self._promised(waiting.queue, now)
        due = wanted or (promised or now) + CALL_WITHIN
        ask = await self._records.ask_call(waiting, CallBack(contact, due, wanted is not None), now)
        if not contact and wanted is not None:
            text = said or words.STILL_NUMBER.format(when=words.moment(wanted))
            await self.say(waiting, (Part("text", text if not said else text + words.ASK_NUMBER),), "number", message)
            return
        when = said or (
            words.CALL_AT.format(when=words.moment(wanted))
            if wanted is not None
            else words.CALL_SOON
            if promised is None
            else words.CALL_FROM.format(when=words.moment(promised))
        )
        taken = words.TAKEN.format(number=masked(contact), when=when)
        await self.say(waiting, (Part("text", taken), *((texting.ASK,) if ask else ())), "number", message)

    async def say(self, waiting: Waiting, parts: tuple[Part, ...], asked: str, to: Message) -> None:
        """Tell one who waits, once in answer to `to`, and remember what was asked."""
        key = f"heard/{to.seq}"
        told = await self._records.tell(waiting, parts, self._clock.now(), ahead=waiting.ahead, asked=asked, key=key)
        if told is not None:
            self._publish(Event("message", told.conversation, message=told))

    async def _promised(self, queue: str, now: datetime) -> datetime | None:
        """The next time on duty; within working hours nobody can say when the empty chair is filled."""
        then = await self._duty.next_duty(queue, now)
        return None if then is None or then <= now else then


def _nobody(handoff: Handoff, reply: Reply | None) -> tuple[Part, ...]:
    """What is told of the empty desk: nobody in danger waits for us, and an engine that fails answers nothing."""
    if handoff.kind == "danger":
        return greeting.NOBODY_IN_DANGER
    return greeting.NOBODY_AT_ALL if reply is None else greeting.NOBODY_ON_DUTY


def choose(need: Need, queues: list[Queue], desks: list[AtDesk]) -> Queue:
    """The queue that fits, of those that are open and that some account serves; else the one for everybody."""
    served = [queue for queue in queues if any(queue.served_by(one.seat) for one in desks)]
    general = next((queue for queue in queues if queue.key == GENERAL), None)
    return route(need, served) or general or Queue(GENERAL, "综合咨询", "consultation")


def serving(queue: Queue, queues: list[Queue], desks: list[AtDesk], region: str, now: datetime) -> list[AtDesk]:
    """Who is here for a queue, or else for the one that helps it out."""
    for one in (queue, next((other for other in queues if other.key == queue.overflow), None)):
        if one is not None:
            here = [at for at in desks if at.here(now) and one.served_by(at.seat) and at.seat.covers(region)]
            if here:
                return here
    return []


def placed(
    need: Need, queue: str, *, ahead: int | None = None, promised: datetime | None = None, offered: bool = False
) -> Placed:
    """A need as it is kept in its queue."""
    return Placed(
        queue=queue,
        help=need.help,
        priority=need.priority,
        reasons=need.reasons,
        tier=need.tier,
        region=need.region,
        language=need.language,
        mood=need.mood,
        ahead=ahead,
        promised=promised,
        offered=offered,
    )
