"""A line of help before a reply that knows no matter: nobody who bleeds is only asked what they want."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.step import Step
from bot.rasa.intents import DANGER
from bot.understanding.danger import is_told_of
from bot.understanding.danger_told import perhaps_in_danger

_NUMBERS = ("110", "120", "119", "12356")
_LIKELY = 0.3
_QUIET = frozenset({"english", "foreign"})


class Careful:
    """Mixed into an action whose reply may leave somebody alone who is in danger."""

    def before(self, step: Step) -> str:
        """The line of help."""
        return caution(step)


def _looks_like(step: Step) -> str:
    """The kind of danger that the words as a whole are taken for, though not surely; "" for none."""
    if step.likely < _LIKELY or not step.looks_like.startswith(DANGER):
        return ""
    kind = step.looks_like.removeprefix(DANGER)
    return kind if kind in wording.CAUTION else "violence"


def caution(step: Step) -> str:
    """What to say first to somebody who may be in danger; "" where a matter is open, or help was named already."""
    if step.now.stage or step.in_loop or step.situation.stage or step.heard.kind in _QUIET or not step.said:
        return ""
    if is_told_of(step.text):
        return ""
    kind = perhaps_in_danger(step.text) or _looks_like(step)
    if not kind or any(number in text for text in step.said for number in _NUMBERS):
        return ""
    return "" if perhaps_in_danger(step.situation.story) == kind else wording.CAUTION[kind]
