"""Of every turn that was answered it is told where the time went, and of no other."""

from __future__ import annotations

import logging

import pytest

from tests.fakes.clock import VirtualClock
from voice.media import Call
from voice.turn_times import TurnTimer, TurnTimes, logged

CALL = Call("a1", "sip", reference="7@exchange")


class Told:
    """What was measured."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.times: list[TurnTimes] = []
        self.timer = TurnTimer(CALL, self.clock, lambda _, times: self.times.append(times))


def test_each_stage_begins_when_the_one_before_ends() -> None:
    told = Told()
    told.timer.over(0.36)
    told.clock.advance(0.1)
    told.timer.understood()
    told.clock.advance(0.03)
    told.timer.answered()
    told.clock.advance(0.2)
    told.timer.sounded()
    told.timer.sounded()
    assert told.times == [
        TurnTimes(0.36, pytest.approx(0.1), pytest.approx(0.03), pytest.approx(0.2))  # type: ignore[arg-type]
    ]


def test_where_nobody_was_asked_there_is_no_dialogue() -> None:
    told = Told()
    told.timer.over(0.2)
    told.timer.understood()
    told.clock.advance(0.2)
    told.timer.sounded()
    assert [one.dialogue for one in told.times] == [0.0]
    assert [one.synthesis for one in told.times] == [pytest.approx(0.2)]


def test_what_is_said_without_being_asked_is_no_answer() -> None:
    told = Told()
    told.timer.sounded()
    told.timer.over(0.5)
    told.timer.sounded()
    told.timer.understood()
    told.timer.forget()
    told.timer.sounded()
    assert told.times == []


def test_the_log_has_the_reference_and_nothing_that_was_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logged(CALL, TurnTimes(0.36, 0.05, 0.03, 0.1234))
    assert caplog.messages == [
        "call a1 (7@exchange) answered: silence 0.360 s, recognition 0.050 s, dialogue 0.030 s, synthesis 0.123 s"
    ]
