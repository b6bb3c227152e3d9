"""A line of help before a reply that knows no matter: nobody who bleeds is only asked what they want."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.step import Step, StepAction
from bot.understanding.danger_told import perhaps_in_danger

_NUMBERS = ("110", "120", "119", "12356")
_QUIET = frozenset({"english", "foreign"})


class CarefulAction(StepAction):
    """An action whose reply may leave somebody alone who is in danger."""

    def before(self, step: Step) -> str:
        """The line of help."""
        return caution(step)


def caution(step: Step) -> str:
    """What to say first to somebody who may be in danger; "" where a matter is open, or help was named already."""
    if step.now.stage or step.in_loop or step.situation.stage or step.heard.kind in _QUIET or not step.said:
        return ""
    kind = perhaps_in_danger(step.text)
    if not kind or any(number in text for text in step.said for number in _NUMBERS):
        return ""
    return "" if perhaps_in_danger(step.situation.story) == kind else wording.CAUTION[kind]
