"""Matters at the desk: what a seat may look at and do, told to others after it was committed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock
from bot.desk.matters.applications import Given
from bot.desk.matters.conflicts import SIDES
from bot.desk.matters.orders import Order
from bot.desk.matters.records import LINKS, Done, Lines, MatterFile, MatterRecords, Wanted
from bot.desk.matters.refused import MatterRefused
from bot.desk.matters.states import KINDS
from bot.desk.seat import Seat
from bot.events import Event, Publish

PAGE = 50
LONGEST = {"title": 120, "area": 32, "region": 6, "kind": 16}
"""Characters of what may be edited."""


class Matters:
    """The desk's matters. Everything raises MatterRefused with words for the seat."""

    def __init__(self, records: MatterRecords, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish

    async def lines(self, wanted: Wanted, seat: Seat, after: str = "") -> Lines:
        """A page of the list."""
        try:
            return await self._records.lines(wanted, seat, after, PAGE)
        except ValueError:
            raise MatterRefused("bad_parameter", "列表的位置不对，请重新打开列表。") from None

    async def sees(self, number: str, seat: Seat) -> bool:
        """Whether there is such a matter for this seat."""
        return await self._records.sees(number, seat)

    async def file(self, number: str, seat: Seat) -> MatterFile:
        """Everything about one matter; the viewing is noted."""
        return await self._records.file(number, seat, self._clock.now())

    async def act(self, number: str, order: Order, version: int, seat: Seat) -> Done:
        """Do what the state machine allows."""
        return self._done(await self._records.act(number, order, version, seat, self._clock.now()))

    async def edit(self, number: str, values: Mapping[str, str], version: int, seat: Seat) -> Done:
        """Change title, kind, area or region."""
        clean = {name: value.strip() for name, value in values.items() if name in LONGEST}
        region = clean.get("region", "")
        if (
            not clean
            or any(len(value) > LONGEST[name] for name, value in clean.items())
            or clean.get("kind", "consultation") not in KINDS
            or (region and not (region.isascii() and region.isdigit() and len(region) in (2, 4, 6)))
        ):
            raise MatterRefused("demand", "请检查名称、种类、领域和地区代码（2、4 或 6 位数字）。")
        if not seat.covers(region):
            raise MatterRefused("demand", "不能把事项改到您看不到的地区。")
        return self._done(await self._records.edit(number, clean, version, seat, self._clock.now()))

    async def link(self, number: str, other: str, kind: str, seat: Seat) -> Done:
        """Link two matters."""
        for known in LINKS:
            if kind == known:
                return self._done(await self._records.link(number, other, known, seat, self._clock.now()))
        raise MatterRefused("demand", "请选择关联的种类。")

    async def add_party(self, number: str, side: str, name: str, identifier: str, seat: Seat) -> Done:
        """Somebody is concerned by the matter."""
        name = name.strip()
        if not 0 < len(name) <= 120:
            raise MatterRefused("demand", "请填写姓名或名称（不超过 120 字）。")
        for known in SIDES:
            if side == known:
                now = self._clock.now()
                return self._done(await self._records.add_party(number, known, name, identifier.strip(), seat, now))
        raise MatterRefused("demand", "请选择是哪一方。")

    async def override(self, number: str, staff: int, reason: str, seat: Seat) -> Done:
        """A supervisor lets somebody act in spite of a conflict of interest."""
        return self._done(await self._records.override(number, staff, reason, seat, self._clock.now()))

    async def answer_referral(self, referral: int, state: str, answer: str, seat: Seat) -> Done:
        """What the receiver of a referral made of it."""
        now = self._clock.now()
        return self._done(await self._records.answer_referral(referral, state, answer, seat, now))

    async def decide(self, application: int, action: str, given: Given, version: int, seat: Seat) -> Done:
        """One step of an application; its citizen is told."""
        now = self._clock.now()
        return self._done(await self._records.decide(application, action, given, version, seat, now))

    def _done(self, done: Done) -> Done:
        for message in done.messages:
            self._publish(Event("message", message.conversation, message=message))
        for one in done.told:
            data = {"kind": one.kind, "text": one.text, "link": one.link}
            self._publish(Event("notice", one.conversation, staff=one.staff, data=data))
        self._publish(Event("desk", "", data={"what": "matter", "matter": done.number}))
        return done
