"""What is said aside of any matter and has an answer of its own: who sees this, what it costs, what nobody may do."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.beside import line_of, said_of_it
from bot.rasa.actions.clarify import ask_again
from bot.rasa.actions.later import take_up_next
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.asides import find_aside
from bot.rasa.situation import SAID_CHARACTERS
from bot.rasa.still_in_danger import takes_back
from bot.rasa.story import longer


class ActionAside(StepAction):
    """The answer that is held for it."""

    id = "action_aside"

    async def act(self, step: Step) -> None:
        """The conversation stays where it is: the question that stands is put again."""
        if takes_back(step.text, step.situation):
            step.put(misses=0, story=longer(step.situation.story, step.own))
            waits = bool(step.situation.stage or step.situation.pending)
            step.say(wording.RELIEVED if waits else wording.RELIEVED + wording.RELIEVED_ASK)
            if not step.situation.stage:
                take_up_next(step)
            return
        told = step.situation.stage == "told"
        found = find_aside(step.text, told=told) or find_aside(step.text, later=True, told=told)
        step.put(misses=0)
        if found is None:
            step.say(wording.STILL_HERE)
            return
        if found.told and step.topic is not None:
            said = f"{said_of_it(step, found)}{await line_of(step, found)}"
            step.say(said.format(topic=step.topic.name), wording.AFTER_OPINION)
            return
        said = f"{said_of_it(step, found)}{await line_of(step, found)}"
        if found.person:
            step.say(said, (wording.PERSON,))
            step.put(offer={"kind": "person", "said": step.own[:SAID_CHARACTERS]})
        else:
            step.say(said)
            ask_again(step)
