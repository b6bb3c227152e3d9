"""Random lives of two conversations: nothing lost or doubled, the bot silent beside a person, nobody forgotten."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from bot.desk.refused import Refused
from bot.message import BadMessage, Message
from bot.store.schema import claims, conversations, matters
from tests.fakes.service import Service, inbound, running

SEATS, PEOPLE = st.integers(0, 2), st.integers(0, 1)
"""Seat 2 is a supervisor, who sees to whatever nobody serves."""
GONE = 90


@dataclass
class Talk:
    """What must be true of one conversation."""

    id: str
    state: str = "bot"
    holder: int | None = None
    queue: str = ""
    said: list[str] = field(default_factory=list)
    """Texts of citizen and staff in order."""


class Life(RuleBasedStateMachine):
    """Two citizens, the bot, two seats with room for one conversation each, and a supervisor."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.service: Service = self.do(self.stack.enter_async_context(running(Path(self.folder.name))))
        self.talks = [Talk(self.do(self.service.opened())) for _ in range(2)]
        self.seats = [self.do(self.service.seat(name, capacity=1)) for name in ("甲律师", "乙律师")]
        self.seats.append(self.do(self.service.seat("主管", "supervisor")))
        self.seen: list[int | None] = [None] * 3
        """Seconds since each seat was heard of; None: it is not at the desk."""
        self.count = 0

    def do(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.do(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    def held(self, seat: int) -> int:
        return sum(talk.holder == seat for talk in self.talks)

    def room(self, seat: int) -> bool:
        return self.held(seat) < self.seats[seat].capacity

    def here(self, seat: int) -> bool:
        seen = self.seen[seat]
        return seen is not None and seen < GONE

    def lost(self, seat: int) -> None:
        self.seen[seat] = None
        for talk in self.talks:
            if talk.holder == seat:
                talk.state, talk.holder = "waiting", None

    @rule(who=PEOPLE)
    def asks_for_a_person(self, who: int) -> None:
        """A rule of its own, because everything at the desk begins with it."""
        self.citizen_says(who, "转人工", 1)

    @rule(seat=SEATS)
    def takes_all_it_can(self, seat: int) -> None:
        for who in range(2):
            self.claims_one(who, seat)

    @rule(
        who=PEOPLE,
        text=st.sampled_from(["你好", "拖欠工资", "转人工", "有危险", "崩溃", "意见", "13812345678", "约个时间"]),
        times=st.integers(1, 3),
    )
    def citizen_says(self, who: int, text: str, times: int) -> None:
        talk = self.talks[who]
        self.count += 1
        # What is read for a call stays as it is; the others differ, so that the transcript tells them apart.
        words = text if text in ("13812345678", "约个时间") else f"{text}{self.count}"
        message = inbound(talk.id, f"c{self.count}", words)
        turns = len(self.service.engine.turns)
        alone = not self.do(self.service.reception.attended(talk.id))

        async def send() -> list[Any]:
            same = [self.service.conversations.handle(message) for _ in range(times)]
            return await asyncio.gather(*same, return_exceptions=True)

        outcomes = self.do(send())
        if talk.state == "closed":
            assert all(isinstance(outcome, BadMessage) for outcome in outcomes)
            return
        talk.said.append(message.text)
        asked = len(self.service.engine.turns) - turns
        if talk.state == "bot":
            assert 1 <= asked <= 2  # where nobody is there to hand over to, the engine is asked again, knowing that
            assert all(outcome.replies for outcome in outcomes)
            if text in ("转人工", "有危险", "崩溃"):
                talk.state = "waiting"
        elif talk.state == "waiting" and alone:
            assert asked == 1 or (asked == 0 and text in ("13812345678", "约个时间"))
            assert all(bool(outcome.replies) is (asked == 1 and text != "崩溃") for outcome in outcomes)
        elif talk.state == "waiting":
            assert asked == 0
            assert all("不用重发" in reply.text for outcome in outcomes for reply in outcome.replies)
        else:
            assert asked == 0
            assert not any(outcome.replies for outcome in outcomes)

    @rule(who=PEOPLE, seat=SEATS)
    def claims_one(self, who: int, seat: int) -> None:
        talk = self.talks[who]
        allowed = talk.state == "waiting" and self.room(seat) and self.serves(seat, talk)
        if self.attempt(self.service.desk.claim(talk.id, self.seats[seat]), allowed):
            self.taken(talk, seat)

    def serves(self, seat: int, talk: Talk) -> bool:
        """Lawyers serve all queues that the moves below use but mediation."""
        return seat == 2 or self.queue_of(talk) != "mediation"

    def queue_of(self, talk: Talk) -> str:
        statement = select(conversations.c.queue).where(conversations.c.id == talk.id)
        return str(self.do(self.service.database.read(lambda connection: connection.execute(statement).scalar_one())))

    def taken(self, talk: Talk, seat: int) -> None:
        talk.state, talk.holder = "human", seat
        self.seen[seat] = 0

    @rule(seat=SEATS)
    def takes_the_next(self, seat: int) -> None:
        fitting = [talk for talk in self.talks if talk.state == "waiting" and self.serves(seat, talk)]
        cases = self.do(self.service.desk.cases("waiting", self.seats[seat]))
        order = [case.conversation for case in cases if case.takes]
        assert sorted(order) == sorted(talk.id for talk in fitting)
        if not fitting or not self.room(seat):
            code = "nobody_waits" if self.room(seat) else "full"
            with pytest.raises(Refused, match=code):
                self.do(self.service.desk.next(self.seats[seat]))
            return
        message = self.do(self.service.desk.next(self.seats[seat]))
        assert message.conversation == order[0]
        self.taken(next(talk for talk in self.talks if talk.id == order[0]), seat)

    @rule(who=PEOPLE, seat=SEATS, times=st.integers(1, 2))
    def replies(self, who: int, seat: int, times: int) -> None:
        talk = self.talks[who]
        self.count += 1
        text = f"答{self.count}"
        allowed = talk.state == "human" and talk.holder == seat
        for _ in range(times):
            self.attempt(self.service.desk.reply(talk.id, self.seats[seat], f"s{self.count}", text), allowed)
        if allowed:
            talk.said.append(text)

    @rule(who=PEOPLE, seat=SEATS, to=SEATS)
    def passes_to_a_colleague(self, who: int, seat: int, to: int) -> None:
        talk = self.talks[who]
        holds = talk.state == "human" and talk.holder == seat
        allowed = holds and to != seat and self.here(to) and self.room(to)
        if self.attempt(self.service.passing.pass_to(talk.id, self.seats[seat], self.seats[to].id, "请接着"), allowed):
            talk.holder = to

    @rule(who=PEOPLE, seat=SEATS, queue=st.sampled_from(["general", "legal_aid", "mediation", "nowhere"]))
    def passes_to_a_queue(self, who: int, seat: int, queue: str) -> None:
        talk = self.talks[who]
        holds = talk.state == "human" and talk.holder == seat
        allowed = queue != "nowhere" and (holds or (seat == 2 and talk.state == "waiting"))
        if self.attempt(self.service.passing.pass_on(talk.id, self.seats[seat], queue, ""), allowed):
            talk.state, talk.holder = "waiting", None
            assert self.queue_of(talk) == queue

    @rule(who=PEOPLE, seat=SEATS)
    def hands_back(self, who: int, seat: int) -> None:
        talk = self.talks[who]
        allowed = talk.state == "human" and talk.holder == seat
        if self.attempt(self.service.desk.hand_back(talk.id, self.seats[seat]), allowed):
            talk.state, talk.holder = "bot", None

    @rule(who=PEOPLE, seat=SEATS, really=st.integers(0, 6))
    def closes(self, who: int, seat: int, really: int) -> None:
        if really:  # rarely, or every life would end at once
            return
        talk = self.talks[who]
        allowed = talk.state == "human" and talk.holder == seat
        if self.attempt(self.service.desk.close(talk.id, self.seats[seat]), allowed):
            talk.state, talk.holder = "closed", None

    @rule(seat=SEATS, status=st.sampled_from([None, "online", "busy"]))
    def is_heard_of(self, seat: int, status: Any) -> None:
        _, held = self.do(self.service.presence.beat(self.seats[seat], status))
        assert held == self.held(seat)
        self.seen[seat] = 0

    @rule(seat=SEATS)
    def signs_out(self, seat: int) -> None:
        assert self.do(self.service.presence.leave(self.seats[seat])) == self.held(seat)
        self.lost(seat)

    @rule(seconds=st.sampled_from([5, 40, 100, 200]))
    def time_passes(self, seconds: int) -> None:
        self.service.clock.advance(seconds)
        self.seen = [None if seen is None else seen + seconds for seen in self.seen]

    @rule()
    def the_desk_does_its_rounds(self) -> None:
        async def several() -> None:
            await asyncio.gather(*(self.service.rounds.round() for _ in range(2)))

        self.do(several())
        for seat, seen in enumerate(self.seen):
            if seen is not None and seen >= GONE:
                self.lost(seat)

    def attempt(self, action: Any, allowed: bool) -> bool:
        """Do it; it must be refused exactly when the model says so."""
        try:
            self.do(action)
        except Refused:
            assert not allowed
            return False
        assert allowed
        return True

    @invariant()
    def the_transcripts_are_whole(self) -> None:
        for talk in self.talks:
            found: list[Message] = self.do(self.service.conversations.after(talk.id, 0))
            assert [message.seq for message in found] == list(range(1, len(found) + 1))
            assert [m.text for m in found if m.sender in ("citizen", "staff")] == talk.said
            assert len({message.message_id for message in found}) == len(found)
            held = False
            for message in found:
                if message.sender == "system":
                    held = held or "接入" in message.text
                    held = held and not any(words in message.text for words in ("有事离开", "更合适的同事"))
                elif message.sender == "bot" and "交还" in message.text:
                    held = False
                assert not (held and message.sender == "bot"), "the bot spoke while a person had the conversation"

    @invariant()
    def the_lists_agree(self) -> None:
        for state in ("waiting", "human"):
            cases = self.do(self.service.desk.cases(state, self.seats[2]))
            assert {case.conversation for case in cases} == {talk.id for talk in self.talks if talk.state == state}
            for case in cases:
                holder = next(talk.holder for talk in self.talks if talk.id == case.conversation)
                assert case.seat == (None if holder is None else self.seats[holder].id)

    @invariant()
    def nobody_is_forgotten(self) -> None:
        rows = select(
            conversations.c.state, conversations.c.queue, conversations.c.claimed_by, matters.c.state.label("matter"),
            matters.c.queue.label("line"), matters.c.owner_id,
        ).join(matters, matters.c.number == conversations.c.matter)  # fmt: skip
        open_claims = select(claims.c.conversation_id).where(claims.c.ended_at.is_(None))

        def look(connection: Any) -> tuple[list[Any], list[str]]:
            return connection.execute(rows).all(), list(connection.execute(open_claims).scalars())

        found, going_on = self.do(self.service.database.read(look))
        keys = {queue.key for queue in self.do(self.service.queues.queues())}
        for row in found:
            assert row.matter == row.state
            if row.state == "waiting":
                assert row.queue in keys
                assert row.line == row.queue
                assert row.claimed_by is None
            if row.state == "human":
                assert row.claimed_by is not None
                assert row.owner_id == row.claimed_by
        assert sorted(going_on) == sorted(talk.id for talk in self.talks if talk.state in ("waiting", "human"))
        for seat in range(3):
            assert self.held(seat) <= self.seats[seat].capacity


Life.TestCase.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLife = Life.TestCase
