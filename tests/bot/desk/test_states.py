"""Random lives of a conversation: nothing lost, nothing doubled, and the bot never speaks while a person has it."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.desk.refused import Refused
from bot.message import BadMessage, Message
from tests.fakes.service import Service, inbound, running


class Life(RuleBasedStateMachine):
    """One citizen, the bot and two seats; the model is a list of what must be in the transcript."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.service: Service = self.do(self.stack.enter_async_context(running(Path(self.folder.name))))
        self.conversation: str = self.do(self.service.opened())
        self.seats = [self.do(self.service.seat(name)) for name in ("甲律师", "乙律师")]
        self.state = "bot"
        self.holder: int | None = None
        self.said: list[str] = []
        """Texts of citizen and staff in order."""
        self.count = 0

    def do(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.do(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    @rule(text=st.sampled_from(["你好", "拖欠工资", "转人工", "崩溃", "意见"]), times=st.integers(1, 3))
    def citizen_says(self, text: str, times: int) -> None:
        self.count += 1
        message = inbound(self.conversation, f"c{self.count}", f"{text}{self.count}")
        turns = len(self.service.engine.turns)

        async def send() -> list[Any]:
            same = [self.service.conversations.handle(message) for _ in range(times)]
            return await asyncio.gather(*same, return_exceptions=True)

        outcomes = self.do(send())
        if self.state == "closed":
            assert all(isinstance(outcome, BadMessage) for outcome in outcomes)
            return
        self.said.append(message.text)
        asked = len(self.service.engine.turns) - turns
        if self.state == "bot":
            assert asked == 1
            assert all(outcome.replies for outcome in outcomes)
            if text in ("转人工", "崩溃"):
                self.state = "waiting"
        else:
            assert asked == 0
            assert not any(outcome.replies for outcome in outcomes)

    @rule(seat=st.integers(0, 1))
    def claims(self, seat: int) -> None:
        if self.attempt(self.service.desk.claim(self.conversation, self.seats[seat]), self.state == "waiting"):
            self.state, self.holder = "human", seat

    @rule(seat=st.integers(0, 1), times=st.integers(1, 2))
    def replies(self, seat: int, times: int) -> None:
        self.count += 1
        text = f"答{self.count}"
        allowed = self.state == "human" and self.holder == seat
        for _ in range(times):
            self.attempt(self.service.desk.reply(self.conversation, self.seats[seat], f"s{self.count}", text), allowed)
        if allowed:
            self.said.append(text)

    @rule(seat=st.integers(0, 1))
    def hands_back(self, seat: int) -> None:
        allowed = self.state == "human" and self.holder == seat
        if self.attempt(self.service.desk.hand_back(self.conversation, self.seats[seat]), allowed):
            self.state, self.holder = "bot", None

    @rule(seat=st.integers(0, 1), really=st.integers(0, 4))
    def closes(self, seat: int, really: int) -> None:
        if really:  # rarely, or every life would end at once
            return
        allowed = self.state == "human" and self.holder == seat
        if self.attempt(self.service.desk.close(self.conversation, self.seats[seat]), allowed):
            self.state, self.holder = "closed", None

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
    def the_transcript_is_whole(self) -> None:
        found: list[Message] = self.do(self.service.conversations.after(self.conversation, 0))
        assert [message.seq for message in found] == list(range(1, len(found) + 1))
        assert [m.text for m in found if m.sender in ("citizen", "staff")] == self.said
        assert len({message.message_id for message in found}) == len(found)
        held = False
        for message in found:
            if message.sender == "system" and "接入" in message.text:
                held = True
            elif message.sender == "bot" and "交还" in message.text:
                held = False
            assert not (held and message.sender == "bot"), "the bot spoke while a person had the conversation"

    @invariant()
    def the_queue_agrees(self) -> None:
        for state in ("waiting", "human"):
            cases = self.do(self.service.desk.cases(state, self.seats[0]))
            assert len(cases) == (1 if self.state == state else 0)


Life.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLife = Life.TestCase
