"""Who waits for a person, and who is in danger meanwhile."""

from __future__ import annotations

from tests.voice.calling import Told, asked, said
from voice.call_actions import (
    JoinQueue,
    LeaveQueue,
    Pace,
    ReleaseSeat,
)
from voice.call_events import (
    Due,
    NoSeat,
    Position,
    Pressed,
    Replied,
    SeatTook,
    SpeechStarted,
    Words,
)


def test_who_waits_and_says_faster_means_the_person(told: Told) -> None:
    told.give(Pressed("0"))
    told.spoken()
    assert not any(isinstance(one, Pace) for one in told.says("快一点"))


def test_a_seat_that_comes_too_late_is_free_again(told: Told) -> None:
    told.give(Pressed("0"))
    told.spoken()
    assert LeaveQueue() in told.give(Pressed("1"))
    assert told.give(SeatTook("s1", "8001")) == (ReleaseSeat("s1"),)


def test_danger_makes_a_waiting_call_urgent(told: Told) -> None:
    told.give(Pressed("0"))
    actions = told.give(Words("他在打我", "police"))
    assert JoinQueue(urgent=True) in actions
    assert "110" in said(actions)


def test_who_is_in_danger_is_answered_where_nobody_can_come(told: Told) -> None:
    told.give(SpeechStarted(), Words("我不想活了", "mind"))
    told.spoken()
    assert asked(told.says("我在桥上")) == []
    told.spoken()
    actions = told.give(NoSeat("今天上午10点10分前"))
    assert asked(actions) == [("我不想活了。我在桥上", True)]
    answer = said(told.give(Replied(1, "请马上打12356，您旁边有人吗？", person=True)))
    assert answer.startswith("对不起，现在没有工作人员能马上接")
    assert answer.endswith("您旁边有人吗？")
    assert told.talk.state == "talking"
    goodbye = said(told.says("谢谢，再见"))
    assert "12356" in goodbye
    assert "满意" not in goodbye


def test_who_is_in_danger_is_not_told_to_speak_after_a_beep_the_second_time_either(told: Told) -> None:
    told.give(SpeechStarted(), Words("我不想活了", "mind"), NoSeat("今天"))
    told.spoken()
    told.give(Replied(1, "", person=True))
    told.spoken()
    assert "您接着说" in said(told.give(NoSeat("今天")))
    assert told.talk.state == "talking"


def test_who_falls_silent_in_danger_is_told_the_numbers_and_called(told: Told) -> None:
    told.give(SpeechStarted(), Words("他在砸门", "police"), NoSeat("今天"))
    told.spoken()
    told.give(Replied(1, "请打110。您现在安全吗？", person=True))
    words = ""
    for _ in range(3):
        told.spoken()
        told.now += 30
        words = said(told.give(Due()))
    assert "110" in words
    assert "留言" not in words
    assert told.talk.state == "leaving"


def test_who_finds_nobody_there_may_go_on_with_us(told: Told) -> None:
    told.give(Pressed("0"), NoSeat("明天上午"))
    assert "想接着问我，就按1" in said(told.spoken())
    assert "您接着说" in said(told.give(Pressed("1")))
    assert asked(told.says("孩子判给谁")) == [("孩子判给谁", True)]


def test_who_speaks_while_waiting_is_answered(told: Told) -> None:
    told.give(Pressed("0"))
    told.spoken()
    assert "记下了" in said(told.says("我那个案子明天就开庭"))
    told.spoken()
    assert "正在给您接" in said(told.says("还要等多久"))


def test_the_place_is_told_as_soon_as_it_is_known(told: Told) -> None:
    told.give(Pressed("0"), Position(2))
    assert "您前面还有2位" in said(told.spoken())
    told.spoken()
    told.now += 20
    assert "您前面还有2位" in said(told.give(Due()))
    told.spoken()
    told.give(Position(0))
    told.now += 20
    assert "下一位就到您了" in said(told.give(Due()))


def test_who_waits_in_danger_is_not_told_to_stay_on_the_line(told: Told) -> None:
    told.give(SpeechStarted(), Words("他在砸门", "police"))
    told.spoken()
    told.now += 20
    told.give(Position(0))
    told.spoken()
    told.now += 20
    waits = said(told.give(Due()))
    assert "110" in waits
    assert "别挂断" not in waits


def test_who_is_silent_in_danger_is_not_told_to_take_their_time(told: Told) -> None:
    told.give(SpeechStarted(), Words("他在砸门", "police"), NoSeat("今天"))
    told.spoken()
    told.give(Replied(1, "请打110。您现在安全吗？", person=True))
    told.spoken()
    told.now += 10
    prompt = said(told.give(Due()))
    assert "110" in prompt
    assert "不着急" not in prompt
