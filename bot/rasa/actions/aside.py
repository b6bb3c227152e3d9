"""What is said aside of any matter and has an answer of its own: who sees this, what it costs, what nobody may do."""

from __future__ import annotations

from bot.interviews.general_answers import in_force
from bot.rasa import wording
from bot.rasa.actions.clarify import ask_again
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.asides import Aside, find_aside, find_beside
from bot.rasa.situation import SAID_CHARACTERS


class ActionAside(StepAction):
    """The answer that is held for it."""

    id = "action_aside"

    async def act(self, step: Step) -> None:
        """The conversation stays where it is: the question that stands is put again."""
        found = find_aside(step.text) or find_aside(step.text, later=True)
        step.put(misses=0)
        if found is None:
            step.say(wording.STILL_HERE)
            return
        said = await _line(step, found)
        if found.person:
            step.say(said, (wording.PERSON,))
            step.put(offer={"kind": "person", "said": step.own[:SAID_CHARACTERS]})
        else:
            step.say(said)
            ask_again(step)


async def tell_beside(step: Step) -> None:
    """What was asked aside in the message that opened a matter."""
    if (found := find_beside(step.text)) is not None:
        step.say(await _line(step, found))


async def _line(step: Step, found: Aside) -> str:
    """With the articles where they bind; without them it is still what has to be said."""
    return next(iter(await in_force([found.answer], step.searcher, step.today)), found.answer.say)
