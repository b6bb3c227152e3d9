"""Services: hand an application in, and come back with a matter's number."""

from __future__ import annotations

import re
from typing import Any

from bot.interviews.conclude import conclude
from bot.interviews.term import after
from bot.interviews.wording import day_text, fill
from bot.rasa import wording
from bot.rasa.actions.later import FORM, resume, take_up_next
from bot.rasa.actions.step import Step, StepAction

NUMBER = re.compile(r"(?<!\d)(\d{8})\s*[-—–－]?\s*(\d{4})(?!\d)")
_EARLIER = re.compile(r"查(?!询码)|办到|办得|进度|进展|结果|消息|批下来")
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")


class ActionApply(StepAction):
    """Hand in what the service applies for."""

    id = "action_apply"

    async def act(self, step: Step) -> None:
        """What was offered is handed in once; who changed the facts meanwhile is told when it no longer fits."""
        standing = step.situation.applying
        if standing == "handed_in":
            step.say(wording.APPLY_DONE)
            return
        conclusions = None if step.topic is None else conclude(step.topic, step.situation.known(), step.today)
        applied = None if conclusions is None else conclusions.application
        if step.topic is None or applied is None or not standing:
            step.say(wording.APPLY_NOT, (wording.PERSON,))
            step.put(offer={"kind": "person"})
            return
        due = None if applied.clock is None else after(applied.clock.plus, step.today)
        step.put(
            application={
                "kind": applied.kind,
                "title": step.topic.name,
                "due": None if due is None else due.isoformat(),
            },
            tell_matter=True,
            offer={"kind": "apply", "past": "handed_in"},
            misses=0,
        )
        facts = step.situation.known()
        told = [fill(applied.done, step.topic, facts)]
        if applied.clock is not None and due is not None:
            told.append(fill(applied.clock.say, step.topic, facts, {"last_day": day_text(due)}))
        step.say("".join(told))
        take_up_next(step)


class ActionMatter(StepAction):
    """Tell the matter number, or take up an earlier matter again."""

    id = "action_matter"

    async def act(self, step: Step) -> None:
        """A number alone opens nothing: whoever comes back needs the code that was given with it."""
        if step.recalled is not None:
            self._told(step, step.recalled)
            return
        offer = step.situation.offer or {}
        named = NUMBER.search(step.text)
        number = f"{named[1]}-{named[2]}" if named else str(offer.get("number") or "")
        rest = NUMBER.sub(" ", step.text)
        code = CODE.search(rest)
        if number and number != step.matter:
            if code is None:
                step.say(wording.RECALL_CODE.format(matter=number))
                step.put(offer={"kind": "recall", "number": number})
            else:
                step.put(recall={"number": number, "code": code[1]}, offer=None)
            return
        if not step.matter:
            step.say(wording.MATTER_NONE)
            return
        if not step.situation.stage and step.now.kept is None and _EARLIER.search(step.text):
            step.say(wording.MATTER_EARLIER)  # of a matter that has only just begun there is nothing to look up
            return
        if step.situation.applying and step.situation.applying != "handed_in":
            step.say(wording.NOT_HANDED_IN)
        step.say(wording.MATTER)
        step.put(tell_matter=True)

    def _told(self, step: Step, recalled: dict[str, Any]) -> None:
        step.put(misses=0)
        if not recalled["found"]:
            step.say(wording.RECALL_WRONG, (wording.PERSON,))
            step.put(offer={"kind": "person"})
            return
        kept = step.topics.get(str((step.now.kept or {}).get("topic"))) if step.topic is None else None
        open_topic = step.topic or kept
        about = open_topic.name if open_topic is not None else wording.RECALL_NOTHING
        step.say(wording.RECALLED.format(matter=recalled["number"], topic=about))
        if kept is not None:  # who said good-bye in the middle comes back to it
            resume(step)
            step.then(FORM)
        for line in recalled["progress"]:
            step.say(line)
        if step.situation.stage == "told":
            step.say(wording.RECALL_TOLD, (*wording.AFTER_OPINION,))
