"""Services: hand an application in, and come back with a matter's number."""

from __future__ import annotations

import re
from typing import Any

from bot.interviews.conclude import conclude
from bot.interviews.facts import Facts, FactValue, to_json
from bot.interviews.term import after
from bot.interviews.topic import Topic
from bot.interviews.wording import day_text, fill
from bot.rasa import wording
from bot.rasa.actions.later import FORM, resume, take_up_next
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.booking import time_fact, time_of

NUMBER = re.compile(r"(?<!\d)(\d{8})\s*[-—–－]?\s*(\d{4})(?!\d)")
_EARLIER = re.compile(r"查(?!询码)|办到|办得|进度|进展|结果|消息|批下来")
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")


class ActionApply(StepAction):
    """Hand in what the service applies for."""

    id = "action_apply"

    async def act(self, step: Step) -> None:
        """What was offered is handed in once; who changed the facts meanwhile is told when it no longer fits."""
        standing = step.situation.applying
        if (step.situation.offer or {}).get("kind") == "withdraw" and (mine := handed_in(step)) is not None:
            withdraw(step, mine)
            return
        if standing == "handed_in" and step.topic is not None:
            if when := time_of(step.topic, step.text, step.today):
                _change_time(step, step.topic, when)
            else:
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
        if (wanted := _wanted_time(step.topic, facts)) is not None:
            told.append(wording.TIME_NOTED.format(time=wanted) if wanted else wording.TIME_WHEN)
        step.say("".join(told))
        take_up_next(step)


def handed_in(step: Step) -> Topic | None:
    """The service whose application is spoken of: the one named, asked about before, or at hand."""
    named = step.candidates[0] if step.candidates else str((step.situation.offer or {}).get("topic") or "")
    if named in step.topics and step.topics[named].apply is not None:
        return step.topics[named]
    return step.topic if step.situation.applying == "handed_in" else None


def ask_withdrawal(step: Step, topic: Topic) -> None:
    """It is taken back only once that was said twice."""
    step.say(wording.WITHDRAW_ASK.format(topic=topic.name), (wording.WITHDRAW, wording.WITHDRAW_NOT))
    step.put(offer={"kind": "withdraw", "topic": topic.id}, misses=0)


def withdraw(step: Step, topic: Topic) -> None:
    """Take back what was handed in; the conversation tells what has become of it."""
    if topic.apply is not None:
        step.put(application={"kind": topic.apply.kind, "title": topic.name, "due": None, "act": "withdraw"})
    step.say(wording.WITHDRAWN)
    mine = step.topic is not None and step.topic.id == topic.id and step.situation.stage == "told"
    step.put(offer={"kind": "apply", "past": "declined"} if mine else None, misses=0)


def _change_time(step: Step, topic: Topic, when: str) -> None:
    """Another time than before goes to the desk with what was handed in."""
    fact = time_fact(topic)
    if fact is None or topic.apply is None:
        return
    facts = {**step.situation.known(), fact.id: FactValue(when, False, step.own)}
    note = f"{fact.label}：{when}"
    amended = {"kind": topic.apply.kind, "title": topic.name, "due": None, "act": "amend", "note": note}
    step.put(facts=to_json(facts), application=amended, misses=0)
    step.say(wording.TIME_CHANGED.format(time=when))


def _wanted_time(topic: Topic, facts: Facts) -> str | None:
    """The time that was told, "" for none yet; None where the service makes no appointments."""
    fact = time_fact(topic)
    if fact is None:
        return None
    told = facts.get(fact.id)
    return str(told.value) if told is not None and told.value else ""


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
        handed = step.topic if step.situation.applying == "handed_in" else None
        if handed is not None and (when := _wanted_time(handed, step.situation.known())):
            step.say(wording.TIME_IS.format(time=when))

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
