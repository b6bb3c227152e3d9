"""What the call does, event by event."""

from __future__ import annotations

import pytest

from voice.call.talk import Talk
from voice.call_actions import (
    Action,
    Ask,
    CallBack,
    JoinQueue,
    KeepMessage,
    LeaveQueue,
    Pace,
    Pause,
    Record,
    ReleaseSeat,
    Resume,
    Say,
    Stop,
)
from voice.call_events import (
    Answered,
    Event,
    NoSeat,
    Pressed,
    RecognizerLost,
    Replied,
    SeatTook,
    SpeechStarted,
    Spoken,
    Words,
)
from voice.sentences import Sentences


class Told:
    """A call and what came of it so far."""

    def __init__(self, caller: str = "13800138000") -> None:
        self.talk, self.now, self.number = Talk(Sentences(), caller=caller), 0.0, 0
        self.give(Answered())

    def give(self, *events: Event) -> tuple[Action, ...]:
        """What the last of them led to."""
        actions: tuple[Action, ...] = ()
        for event in events:
            self.now += 1
            actions = self.talk.handle(event, self.now)
            self.number = max([self.number, *(action.number for action in actions if isinstance(action, Say))])
        return actions

    def spoken(self) -> tuple[Action, ...]:
        """The sentence is over."""
        return self.give(Spoken(self.number))

    def says(self, text: str) -> tuple[Action, ...]:
        """The caller does."""
        return self.give(SpeechStarted(), Words(text))


def said(actions: tuple[Action, ...]) -> str:
    return "".join(action.text for action in actions if isinstance(action, Say))


def asked(actions: tuple[Action, ...]) -> list[tuple[str, bool]]:
    return [(action.text, action.confirmed) for action in actions if isinstance(action, Ask)]


@pytest.fixture
def told() -> Told:
    made = Told()
    made.spoken()
    return made


def test_recording_begins_when_the_notice_was_heard() -> None:
    told = Told()
    assert told.spoken() == (Record(on=True),)


def test_a_notice_broken_off_is_given_again_before_anything_is_recorded() -> None:
    told = Told()
    told.says("老板欠薪")
    reply = told.give(Replied(1, "欠了多久？"))
    assert said(reply) == "跟您说一声，我们的通话会录音。欠了多久？"
    assert Record(on=True) in told.spoken()


def test_a_correction_is_said_back_and_counts(told: Told) -> None:
    assert "五千块" in said(told.says("欠了五千块"))
    assert "八千块" in said(told.says("不对，是八千块"))
    assert asked(told.says("对")) == [("不对，是八千块", True)]


def test_what_is_misheard_three_times_goes_on_marked(told: Told) -> None:
    told.says("欠了五千块")
    told.says("不对")
    assert "键盘" in said(told.says("不对"))
    assert asked(told.says("不对")) == [("欠了五千块", False)]


def test_going_on_instead_of_confirming_loses_nothing(told: Told) -> None:
    told.says("欠了五千块")
    assert asked(told.says("他还打电话骂人")) == [("欠了五千块。他还打电话骂人", False)]


def test_a_key_breaks_off_the_sentence() -> None:
    told = Told()
    assert told.give(Pressed("5"))[0] == Stop()


def test_zero_inside_a_number_is_a_digit(told: Told) -> None:
    told.give(Pressed("1"), Pressed("0"))
    assert asked(told.give(Pressed("#"))) == [("10", True)]


def test_zero_during_the_goodbye_is_still_a_person(told: Told) -> None:
    told.says("没有了，谢谢")
    told.give(Pressed("1"))
    assert told.talk.state == "leaving"
    assert JoinQueue(urgent=False) in told.give(Pressed("0"))


def test_not_wanting_a_person_is_no_wish_for_one(told: Told) -> None:
    told.says("先不要转人工")
    assert told.talk.state == "thinking"


def test_again_and_slower(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多久？"))
    assert said(told.says("再说一遍")) == "欠了多久？"
    slower = told.says("慢一点说")
    assert Pace(0.8) in slower
    assert said(slower) == "好的，我说慢一点。欠了多久？"
    slower = told.says("再慢一点")
    assert Pace(0.64) in slower
    assert said(slower) == "好的，我说慢一点。欠了多久？"
    assert Pace(0.8) in told.says("说快一点")


def test_what_is_asked_for_twice_is_said_slower(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多久？"))
    assert not any(isinstance(one, Pace) for one in told.says("没听清"))
    again = told.says("啊？你说什么")
    assert Pace(0.8) in again
    assert said(again) == "欠了多久？"


@pytest.mark.parametrize("story", ["工资发得慢一点", "他车开得太快了", "我没听清他说"])
def test_a_story_with_such_a_word_is_a_story(told: Told, story: str) -> None:
    assert asked(told.says(story)) == [(story, True)]


def test_who_waits_and_says_faster_means_the_person(told: Told) -> None:
    told.give(Pressed("0"))
    told.spoken()
    assert not any(isinstance(one, Pace) for one in told.says("快一点"))


def test_an_answer_to_an_old_question_is_not_said(told: Told) -> None:
    told.says("老板欠薪")
    told.says("还打了人")
    assert not told.give(Replied(1, "欠了多久？"))
    assert said(told.give(Replied(2, "您受伤了吗？"))).endswith("您受伤了吗？")


def test_a_seat_that_comes_too_late_is_free_again(told: Told) -> None:
    told.give(Pressed("0"))
    told.spoken()
    assert LeaveQueue() in told.give(Pressed("1"))
    assert told.give(SeatTook("s1", "8001")) == (ReleaseSeat("s1"),)


def test_without_a_number_it_is_asked_for_by_keys() -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"))
    told.spoken()
    assert KeepMessage() in told.give(Pressed("#"))
    told.spoken()
    told.give(*(Pressed(key) for key in "057112345678"))
    assert CallBack("057112345678", "明天上午") in told.give(Pressed("#"))


def test_a_zero_alone_where_a_number_may_begin_with_it_is_a_person() -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"), Pressed("#"), Pressed("#"), Pressed("0"))
    assert JoinQueue(urgent=False) in told.give(Pressed("#"))


def test_danger_makes_a_waiting_call_urgent(told: Told) -> None:
    told.give(Pressed("0"))
    actions = told.give(Words("他在打我", "police"))
    assert JoinQueue(urgent=True) in actions
    assert "110" in said(actions)


def test_without_hearing_a_person_is_got_and_keys_still_work(told: Told) -> None:
    assert JoinQueue(urgent=False) in told.give(RecognizerLost(replaced=False))


def test_who_is_not_content_is_called_back(told: Told) -> None:
    told.says("没有了")
    assert any(isinstance(action, CallBack) for action in told.give(Pressed("3")))


def test_after_a_noise_we_go_on_but_not_for_ever(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多久？"))
    assert told.give(SpeechStarted()) == (Pause(),)
    assert told.give(Words("")) == (Resume(),)
    assert told.says("") == (Resume(),)
    assert "您可以留言" in said(told.says(""))


@pytest.mark.parametrize("nod", ["嗯", "嗯嗯。", "对", "对对对", "好的", "哦，是的"])
def test_who_nods_hears_the_rest(told: Told, nod: str) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "您可以申请劳动仲裁，不收费。"))
    assert told.says(nod) == (Resume(),)


def test_who_agrees_before_the_question_is_over_has_answered_it(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "您跟公司签了劳动合同吗？"))
    assert asked(told.says("对")) == [("对", True)]


def test_who_interrupts_is_listened_to(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "您可以申请劳动仲裁，不收费。"))
    told.give(SpeechStarted())
    actions = told.give(Words("对方是个人，不是公司"))
    assert actions[0] == Stop()
    assert asked(actions)
