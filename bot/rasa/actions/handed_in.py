"""What was handed in already and has changed since: the desk is told, and nothing is handed in twice."""

from __future__ import annotations

from bot.interviews.topic import Topic
from bot.rasa import wording
from bot.rasa.actions.step import Step

_CHANGED = "来访人改了情况，以现在的为准"


def amend(step: Step, topic: Topic) -> None:
    """Send the facts as they are now to whoever has the application of `topic`, which must have one."""
    if topic.apply is None:
        return
    amended = {"kind": topic.apply.kind, "title": topic.name, "due": None, "act": "amend", "note": _CHANGED}
    step.put(application=amended, offer={"kind": "apply", "past": "handed_in"})
    step.say(wording.APPLY_AMENDED)
