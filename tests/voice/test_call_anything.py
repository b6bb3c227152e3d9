"""Whatever happens whenever in a call: one matter, nothing left open, a person or a message always in reach."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from voice.call.talk import Talk
from voice.call_actions import (
    Action,
    Ask,
    CallBack,
    CloseMatter,
    GoToChat,
    HangUp,
    JoinQueue,
    KeepMessage,
    LeaveQueue,
    OpenMatter,
    Record,
    ReleaseSeat,
    Say,
    StartMessage,
    Transfer,
)
from voice.call_events import (
    Answered,
    Briefed,
    Due,
    EngineLost,
    Event,
    HungUp,
    InChat,
    NoChat,
    NoSeat,
    Position,
    Pressed,
    RecognizerLost,
    Replied,
    SeatTook,
    SpeechStarted,
    Spoken,
    Transferred,
    Words,
)
from voice.sentences import Sentences

SENTENCES = Sentences()
SAID = (
    "老板欠我三个月工资",
    "一共欠了五千块钱",
    "对",
    "不对",
    "人工",
    "再说一遍",
    "说慢一点",
    "不要录音",
    "谢谢",
    "留言",
    "我在鑫达建筑有限公司上班",
    "",
)
WITH_PEOPLE = ("waiting", "briefing", "ringing", "moving", "moved")


class AnyCall(RuleBasedStateMachine):
    """The world around a call, doing whatever it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.done: list[Action] = []
        self.asked = self.said = 0

    def give(self, event: Event) -> tuple[Action, ...]:
        was_over = self.talk.state == "over"
        foreseen = self.talk.twin().handle(event, self.now)
        actions = self.talk.handle(event, self.now)
        assert foreseen == actions, "a twin does the same, and leaves its like alone"
        assert not (was_over and actions)
        self.done += actions
        for action in actions:
            if isinstance(action, Ask):
                self.asked = action.number
            elif isinstance(action, Say):
                assert action.text
                self.said = action.number
        return actions

    @initialize(caller=st.sampled_from(["", "13800138000"]), chat=st.booleans())
    def answer(self, caller: str, chat: bool) -> None:
        self.chat = chat
        self.talk = Talk(SENTENCES, caller=caller, chat=chat)
        self.give(Answered())

    @rule(seconds=st.sampled_from([0.02, 1.0, 4.0, 9.0, 70.0]))
    def time(self, seconds: float) -> None:
        self.now += seconds
        if self.talk.due is not None and self.now >= self.talk.due:
            self.give(Due())

    @rule(text=st.sampled_from(SAID), emergency=st.sampled_from([None, None, None, "police", "mind"]))
    def words(self, text: str, emergency: str | None) -> None:
        self.give(SpeechStarted())
        self.give(Words(text, emergency))  # type: ignore[arg-type]
        if emergency and self.talk.state != "over":
            assert self.talk.state in WITH_PEOPLE

    @rule()
    def speech(self) -> None:
        self.give(SpeechStarted())

    @rule(key=st.sampled_from("0123456789*#A"))
    def key(self, key: str) -> None:
        self.give(Pressed(key))

    @rule()
    def spoken(self) -> None:
        self.give(Spoken(self.said))

    @rule(late=st.booleans(), person=st.booleans(), over=st.booleans())
    def reply(self, late: bool, person: bool, over: bool) -> None:
        self.give(Replied(self.asked - late, "您可以申请劳动仲裁。", person, over))

    @rule(
        event=st.sampled_from(
            [
                Position(3),
                Position(0),
                SeatTook("s1", "8001"),
                NoSeat("明天上午"),
                Briefed("s1"),
                RecognizerLost(True),
                RecognizerLost(False),
                EngineLost(),
                InChat(True),
                InChat(False),
                NoChat(),
            ]
        )
    )
    def world(self, event: Event) -> None:
        if isinstance(event, InChat | NoChat) and not any(isinstance(action, GoToChat) for action in self.done):
            return
        self.give(event)

    @rule(taken=st.booleans())
    def rung(self, taken: bool) -> None:
        if any(isinstance(action, Transfer) for action in self.done):
            self.give(Transferred(taken))

    @rule(times=st.integers(1, 6))
    def nobody_does_anything(self, times: int) -> None:
        for _ in range(times):
            if self.talk.due is not None:
                self.give(Spoken(self.said))
                self.now = max(self.now, self.talk.due or 0)
                self.give(Due())

    @rule()
    def wants_a_person(self) -> None:
        """`0` reaches the queue from everywhere; inside a number it is a digit, so the number is ended first."""
        if self.talk.state == "over":
            return
        self.give(Pressed("*"))
        self.give(Pressed("0"))
        if self.talk.state == "number":
            self.give(Pressed("#"))
        assert self.talk.state in WITH_PEOPLE

    @rule(chance=st.integers(0, 7))
    def hangs_up(self, chance: int) -> None:
        if chance == 0:
            self.give(HungUp())
            assert self.talk.state == "over"

    @invariant()
    def one_matter_and_nothing_open(self) -> None:
        counts = Counter(type(action) for action in self.done)
        by_telephone = counts[JoinQueue] + counts[StartMessage]
        assert not (self.chat and by_telephone), "who calls from a page is given the chat"
        assert self.chat or not counts[GoToChat]
        over = self.talk.state == "over"
        assert counts[OpenMatter] == 1
        assert counts[CloseMatter] == int(over)
        assert counts[HangUp] <= 1
        assert 0 <= counts[StartMessage] - counts[KeepMessage] <= int(not over)
        recording = False
        for action in self.done:
            if isinstance(action, Record):
                recording = action.on
        assert not (over and recording)
        if over:
            assert self.talk.due is None
            if self.chat:
                return
            queued = [a for a in self.done if isinstance(a, JoinQueue | LeaveQueue)]
            closed = next(a for a in self.done if isinstance(a, CloseMatter))
            if queued and closed.outcome != "transferred":
                assert isinstance(queued[-1], LeaveQueue)
            if closed.outcome == "call_back":
                assert counts[CallBack]
            rung = [a for a in self.done if isinstance(a, Transfer | ReleaseSeat)]
            if rung and closed.outcome != "transferred":
                assert isinstance(rung[-1], ReleaseSeat)
        else:
            assert self.talk.due is not None, "a call that waits for nothing is lost"

    def teardown(self) -> None:
        """Left alone by everybody, it comes to an end by itself."""
        if not hasattr(self, "talk"):
            return
        for _ in range(200):
            if self.talk.due is None:
                break
            self.now = max(self.now, self.talk.due)
            self.give(Due())
        assert self.talk.state == "over"
        self.one_matter_and_nothing_open()


AnyCall.TestCase.settings = settings(
    max_examples=300, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyCall = AnyCall.TestCase
