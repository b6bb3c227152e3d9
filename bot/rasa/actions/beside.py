"""Answers what is asked aside in the message that opens a matter."""

from __future__ import annotations

from bot.interviews.general_answers import in_force
from bot.rasa.actions.step import Step
from bot.rasa.asides import Aside, find_beside


async def tell_beside(step: Step) -> None:
    """What was asked aside in the message that opened a matter."""
    if (found := find_beside(step.text)) is not None:
        step.say(await line_of(step, found))


async def line_of(step: Step, found: Aside) -> str:
    """The answer with its articles where they bind; without them it is still what has to be said."""
    return next(iter(await in_force([found.answer], step.searcher, step.today)), found.answer.say)
