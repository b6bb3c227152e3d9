"""Random lives of matters: no transition outside the table, none without an owner or a queue, no timer told twice."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from bot.desk.desk import Refused
from bot.desk.matters.applications import DECISIONS, Given
from bot.desk.matters.orders import Order
from bot.desk.matters.states import MOVES
from bot.store.conversations import ConversationStore
from bot.store.desk_schema import matter_steps, notices, timers
from bot.store.schema import applications, conversations, matters
from tests.bot.desk.matters.conftest import ApplyingEngine
from tests.fakes.service import Service, inbound, running

_TABLE = {(move.action, before): move.after or before for move in MOVES for before in move.before}
_STAFF_ACTIONS = sorted({move.action for move in MOVES if move.who is not None})
_DECISIONS = sorted({one.action for one in DECISIONS})
_GROUND = {"grant": "checked", "advance": "near", "terminate": "means"}


class Lives(RuleBasedStateMachine):
    """Two citizens, the bot, two lawyers, an officer and a supervisor, in any order, for weeks."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.service: Service = self.do(
            self.stack.enter_async_context(running(Path(self.folder.name), ApplyingEngine()))
        )
        self.talks = [self.do(self.service.opened()) for _ in range(2)]
        self.seats = [
            self.do(self.service.seat(name, role))
            for name, role in (("甲律师", "lawyer"), ("李援助", "legal_aid"), ("郑主管", "supervisor"))
        ]
        self.count = 0

    def do(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.do(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    def try_it(self, work: Any) -> None:
        """Do it; refusals are fine, anything else is not."""
        try:
            self.do(work)
        except Refused:
            return

    def read(self, statement: Any) -> list[Any]:
        return list(self.do(self.service.database.read(lambda connection: connection.execute(statement).all())))

    def numbers(self) -> list[str]:
        return [row.number for row in self.read(select(matters.c.number).order_by(matters.c.number))]

    @rule(talk=st.integers(0, 1), text=st.sampled_from(["你好", "转人工", "危险", "申请legal_aid", "申请permit"]))
    def citizen_says(self, talk: int, text: str) -> None:
        state = self.do(self.service.desk._records.state(self.talks[talk], self.seats[0]))
        if state[0] == "closed":
            self.talks[talk] = self.do(self.service.opened())
        self.count += 1
        self.do(self.service.conversations.handle(inbound(self.talks[talk], f"m{self.count}", text)))

    @rule(talk=st.integers(0, 1), back=st.integers(0, 9))
    def citizen_comes_back(self, talk: int, back: int) -> None:
        rows = self.read(select(matters.c.number, matters.c.code).order_by(matters.c.number))
        state = self.do(self.service.desk._records.state(self.talks[talk], self.seats[0]))
        if rows and state[0] == "bot":
            row = rows[back % len(rows)]
            self.citizen_says(talk, "你好")
            store = ConversationStore(self.service.database)
            self.do(store.recall(self.talks[talk], row.number, row.code, self.service.clock.now()))

    @rule(
        talk=st.integers(0, 1),
        seat=st.integers(0, 2),
        doing=st.sampled_from(["claim", "reply", "back", "close", "end"]),
    )
    def seat_talks(self, talk: int, seat: int, doing: str) -> None:
        self.count += 1
        which, who, desk = self.talks[talk], self.seats[seat], self.service.desk
        match doing:
            case "claim":
                self.try_it(desk.claim(which, who))
            case "reply":
                self.try_it(desk.reply(which, who, f"s{self.count}", "答复"))
            case "back":
                self.try_it(desk.hand_back(which, who))
            case "close":
                self.try_it(desk.close(which, who))
            case _:
                self.try_it(desk.close(which, who, "answered", "解答了"))

    @rule(
        which=st.integers(0, 9),
        other=st.integers(0, 9),
        seat=st.integers(0, 2),
        action=st.sampled_from([*_STAFF_ACTIONS, "hand_off", "absorbed"]),
        words=st.booleans(),
    )
    def seat_acts(self, which: int, other: int, seat: int, action: str, words: bool) -> None:
        numbers = self.numbers()
        if not numbers:
            return
        number, target = numbers[which % len(numbers)], numbers[other % len(numbers)]
        version = self.read(select(matters.c.version).where(matters.c.number == number))[0].version
        said = "有理由" if words else ""
        order = Order(action, self.seats[other % 3].id, "general", said, "answered", said, said, "notary", target)
        self.try_it(self.service.matters.act(number, order, version, self.seats[seat]))

    @rule(which=st.integers(0, 9), action=st.sampled_from(_DECISIONS), seat=st.integers(1, 2))
    def officer_decides(self, which: int, action: str, seat: int) -> None:
        rows = self.read(select(applications.c.id, applications.c.version).order_by(applications.c.id))
        if rows:
            row = rows[which % len(rows)]
            today = self.service.clock.now().date()
            given = Given(
                "有理由", "身份证", today.replace(year=today.year + 1), _GROUND.get(action, ""), self.seats[0].id
            )
            self.try_it(self.service.matters.decide(row.id, action, given, row.version, self.seats[seat]))

    @rule(which=st.integers(0, 9), state=st.sampled_from(["accepted", "declined", "done"]))
    def receiver_answers(self, which: int, state: str) -> None:
        self.try_it(self.service.matters.answer_referral(which + 1, state, "答复", self.seats[2]))

    @rule(seconds=st.sampled_from([30, 200, 4000, 86400, 10 * 86400, 31 * 86400]), looks=st.integers(0, 3))
    def time_passes(self, seconds: int, looks: int) -> None:
        self.service.clock.advance(seconds)

        async def look() -> None:
            await asyncio.gather(*(self.service.timekeeper.look() for _ in range(looks)))

        self.do(look())

    @invariant()
    def every_matter_has_an_owner_or_a_queue(self) -> None:
        for row in self.read(select(matters)):
            assert (row.owner_id is None) != (row.queue == ""), (row.number, row.status, row.owner_id, row.queue)
            if row.status in ("working", "citizen", "outside"):
                assert row.owner_id is not None
            if row.status == "closed":
                assert row.result
                assert row.closing
                assert row.closed_at is not None
            assert (row.status == "merged") == (row.merged_into is not None)

    @invariant()
    def every_step_is_in_the_table(self) -> None:
        last: dict[str, tuple[str, int]] = {}
        for step in self.read(select(matter_steps).order_by(matter_steps.c.id)):
            before, version = last.get(step.matter, ("new", 0))
            assert step.before == before, "no change of status without a step"
            assert step.version == version + 1
            if (step.action, step.before) in _TABLE:
                assert step.after == _TABLE[step.action, step.before]
            else:
                assert step.after == step.before
            last[step.matter] = (step.after, step.version)
        for row in self.read(select(matters)):
            assert (row.status, row.version) == last.get(row.number, ("new", 0))

    @invariant()
    def every_conversation_is_of_one_living_matter(self) -> None:
        for row in self.read(
            select(conversations.c.id, matters.c.status).outerjoin(matters, matters.c.number == conversations.c.matter)
        ):
            assert row.status != "merged"

    @invariant()
    def timers_and_cards_agree(self) -> None:
        live = self.read(select(timers).where(timers.c.ended_at.is_(None)))
        pairs = [(row.kind, row.conversation_id, row.application_id, row.matter) for row in live]
        assert len(pairs) == len(set(pairs)), "no two timers for the same thing"
        worst = {row.number: row.card for row in self.read(select(matters))}
        for row in self.read(select(matters)):
            stages = {one.stage for one in live if one.matter == row.number}
            assert worst[row.number] == ("red" if "red" in stages else "yellow" if "yellow" in stages else "")
            if row.status in ("closed", "merged"):
                assert not [one for one in live if one.matter == row.number and one.kind == "resolution"]

    @invariant()
    def nobody_is_told_twice_of_one_stage(self) -> None:
        # One seat, one timer, one stage: the words name the timer, its matter and the moment it is due.
        rows = self.read(select(notices).where(notices.c.kind.like("timer%")))
        found = [(row.staff_id, row.kind, row.text, row.at) for row in rows]
        assert len(found) == len(set(found))


Lives.TestCase.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLives = Lives.TestCase
