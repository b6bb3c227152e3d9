"""Who must not be heard calling, who is afraid, and who breaks off because somebody comes."""

from __future__ import annotations

import pytest

from bot.rasa.silent import breaks_off, fears_blows, fears_police, fears_talk, is_near, keeps_traces, must_be_silent
from bot.rasa.situation import Situation
from bot.understanding.danger import danger_of

BEATEN = Situation(story="他把门反锁了不让我出去，还打我")
ALARMED = Situation(stage="interview", topic="divorce", last=({"text": danger_of("violence").say, "choices": []},))
WAGES = Situation(stage="interview", topic="unpaid_wages")
ASSAULTED = Situation(stage="interview", topic="sexual_harassment")


@pytest.mark.parametrize("text", ["不能打电话会吵醒他", "我不敢出声", "我老公把我手机收走了，门锁着", "我躲在柜子里"])
def test_who_hides_or_has_no_telephone_must_be_silent(text: str) -> None:
    assert must_be_silent(text)


@pytest.mark.parametrize("text", ["他拿刀追我", "他正在打我", "电话打不通，老板跑了"])
def test_who_only_is_beaten_may_call(text: str) -> None:
    assert not must_be_silent(text)


@pytest.mark.parametrize("text", ["他来了", "他醒了", "他就在旁边", "不能说话", "听见脚步声了"])
def test_the_other_is_near_only_after_violence_was_told(text: str) -> None:
    assert is_near(text, BEATEN)
    assert is_near(text, ALARMED)
    assert not is_near(text, WAGES)


def test_who_does_not_dare_to_call_the_police_is_answered() -> None:
    assert fears_police("我不敢报警", ALARMED)
    assert not fears_police("我不敢报警", WAGES)
    assert not fears_police("我报警了没人管", ALARMED)


@pytest.mark.parametrize(("text", "fears"), [("我怕他打我", True), ("怕他报复", True), ("我怕他打官司", False)])
def test_fear_of_blows(text: str, fears: bool) -> None:
    assert fears_blows(text) == fears


@pytest.mark.parametrize(
    ("text", "off"),
    [("我先不说了他回来了", True), ("不说了，老公回来了", True), ("不说了", False), ("他来了三次", False)],
)
def test_who_breaks_off_because_another_comes(text: str, off: bool) -> None:
    assert breaks_off(text) == off


def test_who_was_assaulted_is_answered_about_clothes_and_talk() -> None:
    assert keeps_traces("衣服还在 没洗", ASSAULTED)
    assert keeps_traces("我洗过澡了", ASSAULTED)
    assert fears_talk("我要是报警 大家都知道了怎么办", ASSAULTED)
    assert not keeps_traces("衣服没洗干净", WAGES)
    assert not fears_talk("怕同事知道", WAGES)
