"""A line of help before the first reply: nobody who bleeds is only asked what they want."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.step import Step
from bot.rasa.danger_heard import perhaps_danger
from bot.rasa.intents import HURT

_NUMBERS = ("110", "120", "119", "12356")
_QUIET = frozenset({"english", "foreign"})


class Careful:
    """Mixed into an action whose reply may leave somebody alone who is in danger."""

    def before(self, step: Step) -> str:
        """The line of help."""
        return caution(step)


def caution(step: Step) -> str:
    """What to say first to somebody who may be in danger; "" where a matter was open, or help was named already."""
    if step.in_loop or step.situation.stage or step.heard.kind in _QUIET or not step.said:
        return ""
    if step.now.topic in HURT or step.slots.get("handoff"):
        return ""  # whoever may be hurt is asked whether they are safe, and a person knows more than a line
    kind = perhaps_danger(step.text, [(step.looks_like, step.likely)])
    if kind is None or any(number in text for text in step.said for number in _NUMBERS):
        return ""
    return "" if perhaps_danger(step.situation.story) == kind else wording.CAUTION.get(kind, "")
