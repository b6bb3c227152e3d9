"""What is said after an alarm: taken back, listened to once, or the matter itself."""

from __future__ import annotations

import pytest

from bot.rasa.intents import Meaning
from bot.rasa.situation import Situation
from bot.rasa.still_in_danger import stays_with_danger, takes_back
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
