"""What one either/or question could not place: a person is told what it was between, and comes."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.step import Step
from bot.rasa.cues import LAW_REFERENCE
from bot.understanding.follow_ups import goes_back


def is_unplaced(step: Step) -> bool:
    """Whether this message, which fits no topic, answers an either/or question.

    Who names an article or asks further (「那如果……呢」) has left it.
    """
    asked = (step.situation.offer or {}).get("kind") == "clarify"
    return asked and not LAW_REFERENCE.search(step.text) and not goes_back(step.text)


def hand_over_unplaced(step: Step) -> None:
    """Ask for a person, and say why."""
    names = "、".join(f"「{name}」" for name in (step.situation.offer or {})["names"])
    step.hand_over(f"机器人拿不准来访人问的是哪类问题（问过是不是{names}）", "normal", "unclear")
    step.say(wording.HAND_OVER_UNPLACED)
