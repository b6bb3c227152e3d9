"""What is said to a bare word after the opinion: 「没有」, 「好的」, 「知道了」 end nothing and ask for nothing."""

from __future__ import annotations

from bot.rasa import wording
from bot.rasa.actions.step import Step


def close(step: Step) -> None:
    """Say once what can still be done; whoever says another such word hears only that the bot is there."""
    # What was put off may still be taken up by its name; a person is not called by the next 「好」.
    person = (step.situation.offer or {}).get("kind") == "person"
    step.put(misses=0, offer=None if person else step.now.offer)
    if any(str(part.get("text", "")).startswith(wording.CLOSED) for part in step.situation.last):
        step.say(wording.CLOSED + wording.STILL_HERE)
    else:
        step.say(wording.CLOSED + wording.CAN_STILL, wording.AFTER_OPINION)
