"""What is said after an alarm: taken back, listened to once, or the matter itself."""

from __future__ import annotations

import pytest

from bot.rasa.intents import Meaning
from bot.rasa.situation import Situation
from bot.rasa.still_in_danger import gives_up_talking, stays_with_danger, takes_back, told_danger
from bot.rasa.wording import RELIEVED, STILL_IN_DANGER
from bot.understanding.danger import danger_of

ALARMED = Situation(story="我不想活了", last=({"text": danger_of("self_harm").say, "choices": []},))
LISTENED = Situation(story="我不想活了", last=({"text": STILL_IN_DANGER["self_harm"], "choices": []},))


@pytest.mark.parametrize("text", ["不想死,就是气话", "气话", "不会做傻事的", "我没那么想不开", "说说而已,别担心"])
def test_it_is_taken_back(text: str) -> None:
    assert takes_back(text, Situation(stage="interview", topic="divorce"))


@pytest.mark.parametrize("text", ["不会的", "没事", "我不会的"])
def test_a_bare_denial_takes_back_only_right_after_the_alarm(text: str) -> None:
    assert takes_back(text, ALARMED)
    assert not takes_back(text, Situation(stage="interview", topic="divorce"))
    assert not takes_back(text, Situation(last=({"text": RELIEVED, "choices": []},)))


@pytest.mark.parametrize("text", ["不想活", "我不想死,他拿刀砍我", "死了算了", "不想死也没办法,活不下去", "他是气话吗"])
def test_what_is_no_denial(text: str) -> None:
    assert not takes_back(text, Situation())


def test_it_is_listened_to_once_and_then_the_matter_goes_on() -> None:
    unclear = Meaning("nlu_fallback", 0.3)
    assert stays_with_danger("没人管我", unclear, ALARMED)
    assert not stays_with_danger("要回老宅", unclear, LISTENED)


IN_INTERVIEW = Situation(stage="interview", topic="unpaid_wages", last=ALARMED.last)


@pytest.mark.parametrize("text", ["没有 我就是说说 不会的", "没有 就是感慨一下", "我就随口说说"])
def test_it_is_taken_back_in_an_interview_right_after_the_alarm(text: str) -> None:
    assert takes_back(text, IN_INTERVIEW)
    assert not takes_back(text, Situation(stage="interview", topic="unpaid_wages"))


@pytest.mark.parametrize("text", ["没有 他就是不给", "就是说说好了不算数"])
def test_what_goes_on_about_the_matter_takes_nothing_back(text: str) -> None:
    assert not takes_back(text, IN_INTERVIEW)


@pytest.mark.parametrize(("story", "kind"), [("妈妈 妈妈晕倒了", "medical"), ("我妈走丢了，老年痴呆", "missing")])
def test_other_dangers_are_listened_to_as_well(story: str, kind: str) -> None:
    assert told_danger(Situation(story=story)) == kind


def test_who_is_lured_abroad_is_told_again_not_to_go() -> None:
    lured = Situation(story="网恋对象让我去缅北上班 工资三万 机票都买好了")
    assert told_danger(lured) == "lured"
    assert stays_with_danger("明天走", Meaning("out_of_scope", 0.9), lured)


@pytest.mark.parametrize("text", ["六岁", "就我跟妈妈在家", "我不知道"])
def test_a_child_alone_is_never_asked_what_it_wants(text: str) -> None:
    assert stays_with_danger(text, Meaning("nlu_fallback", 0.3), Situation(story="妈妈 妈妈晕倒了"))


def test_who_asks_after_an_alarm_is_answered() -> None:
    ill = Situation(story="我妈喝农药了")
    assert stays_with_danger("在医院了 洗胃呢", Meaning("ask_law", 0.5), ill)
    assert not stays_with_danger("那我爸要坐牢吗", Meaning("ask_law", 0.5), ill)


@pytest.mark.parametrize(("text", "off"), [("算了不说了", True), ("没用的", True), ("算了十万块", False)])
def test_who_breaks_off_in_despair_is_not_let_go(text: str, off: bool) -> None:
    assert gives_up_talking(text, Situation(story="我不想活了")) == off
    assert not gives_up_talking(text, Situation(story="老板欠我工资"))
