"""Answers what is asked aside in the message that opens a matter."""

from __future__ import annotations

from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.general_answers import in_force
from bot.rasa.actions.step import Step
from bot.rasa.asides import Aside, find_beside
from bot.rasa.nearest import nearest


async def tell_beside(step: Step) -> None:
    """What was asked aside in the message that opened a matter."""
    for found in find_beside(step.text):
        step.say(await line_of(step, found))


async def warn_beside(step: Step) -> bool:
    """What cannot wait and was told in an interview, 「他让我签谅解书」; whether anything was said.

    Not twice in a row, as what was said stands above.
    """
    lines = [await line_of(step, found) for found in find_beside(step.text) if not found.alone]
    new = [line for line in lines if all(line not in str(part["text"]) for part in step.situation.words)]
    for line in new:
        step.say(line)
    return bool(new)


def said_of_it(step: Step, found: Aside) -> str:
    """What the opinion on the matter at hand says of it, as far as is known; empty for nothing."""
    if step.topic is None or not found.near:
        return ""
    unknown = {fact.id: FactValue(None, unknown=True) for fact in step.topic.facts}
    return nearest(found.near, conclude(step.topic, {**unknown, **step.now.known()}, step.today))


async def line_of(step: Step, found: Aside) -> str:
    """The answer with its articles where they bind; without them it is still what has to be said."""
    return next(iter(await in_force([found.answer], step.searcher, step.today)), found.answer.say)
