"""One either/or question between two close topics."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.caution import Careful
from bot.rasa.actions.listening import listen
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.actions.unplaced import hand_over_unplaced, is_unplaced
from bot.rasa.situation import SAID_CHARACTERS


class ActionClarify(Careful, StepAction):
    """One either/or question between two close topics."""

    id = "action_clarify"

    async def act(self, step: Step) -> None:
        """What was said is kept, so that nobody has to say it twice; a second question would be guessing."""
        if is_unplaced(step):
            if not listen(step):
                hand_over_unplaced(step)
            return
        first, second = (step.topics[topic_id] for topic_id in step.candidates)
        step.say(
            wording.CLARIFY.format(first=first.ask_as, second=second.ask_as),
            (first.name, second.name, wording.NEITHER),
        )
        step.put(
            offer={
                "kind": "clarify",
                "topics": [first.id, second.id],
                "names": [first.name, second.name],
                "said": step.own[:SAID_CHARACTERS],
            }
        )


def ask_again(step: Step) -> None:
    """Put the either/or question that stands once more, after what was said aside."""
    offer = step.now.offer or {}
    if offer.get("kind") != "clarify" or step.in_loop:
        return
    first, second = (step.topics[one] for one in offer["topics"])
    step.say(wording.CLARIFY.format(first=first.ask_as, second=second.ask_as), (*offer["names"], wording.NEITHER))
