"""What waits: a second problem noted for later, and an interview that was left and can be taken up again."""

from __future__ import annotations

import re
from typing import Any

from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa import wording
from bot.rasa.actions.begin import keep_safe, open_topic
from bot.rasa.actions.clarify import ActionClarify
from bot.rasa.actions.law import ActionSearchLaw, found_articles, say_articles
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.cues import SHORT, is_question
from bot.rasa.leaving import stops
from bot.rasa.offers import takes_up
from bot.rasa.premises import contradicts
from bot.rasa.situation import MOST_PENDING, SAID_CHARACTERS
from bot.rasa.story import longer
from bot.rasa.wishes import gives_up, puts_off

FORM = "interview_form"
_OWN = re.compile(r"[我俺咱]")
"""What is told of oneself is a matter, and no question about the law."""


_OF_MATTER = re.compile(r"(?:的|[那这]个)(?:事情?|问题)(?:呢|怎么办|咋办|怎么说|吧)?[?？。]*$")
"""「房租的事呢」 asks for no article."""


class ActionSecondTopic(StepAction):
    """Note a second problem raised in the middle of the interview; one tap takes it up before this one."""

    id = "action_second_topic"

    async def act(self, step: Step) -> None:
        """The current interview goes on."""
        pending = list(step.situation.pending)
        asks_law = len(step.text) <= SHORT and not _OWN.search(step.text) and not _OF_MATTER.search(step.text)
        if asks_law and await self._answered(step):
            return
        for topic_id in step.candidates[:1]:
            topic = step.topics[topic_id]
            if all(entry["topic"] != topic_id for entry in pending):
                if len(pending) >= MOST_PENDING:
                    step.say(wording.SECOND_FULL)
                    return
                pending.append({"topic": topic_id, "said": step.own[:SAID_CHARACTERS]})
            step.put(pending=pending, misses=0, offer={"kind": "change", "topic": topic_id})
            step.say(wording.SECOND_NOTED.format(topic=topic.name, current=step.topic.name if step.topic else ""))
            keep_safe(step, topic)

    @staticmethod
    async def _answered(step: Step) -> bool:
        """What is only asked of another matter is answered by its article; it waits for nothing."""
        hits = await found_articles(step, step.text) if is_question(step.text) else []
        if not hits or step.topic is None:
            return False
        topic = step.topics[step.candidates[0]]
        say_articles(step, hits[:1], wording.AHEAD_OTHER.format(topic=topic.name, current=step.topic.name))
        step.put(misses=0, offer={"kind": "change", "topic": topic.id})
        return True


class ActionChangeTopic(StepAction):
    """Leave the interview for another topic, because the citizen says so or has told nothing of this one."""

    id = "action_change_topic"

    async def act(self, step: Step) -> None:
        """What was told is kept, and the interview offered again after the other."""
        left, other = step.topic, step.topics[step.candidates[0]]
        wished = step.heard.kind in ("turns", "may_turn")
        tapped = takes_up(step.text, step.situation, other)
        mistaken = left is not None and contradicts(left.id, step.text)
        if mistaken:
            step.say(wording.MISTAKEN.format(topic=other.name))
            left = None
        else:
            shelve(step)
        if left is not None and (wished or tapped):
            step.say(wording.CHANGED.format(topic=left.name))
        elif left is not None:
            step.say(wording.CHANGED_AT_ONCE.format(topic=other.name, current=left.name))
        # Opened by mistake: what was told first is told of the other; a service is wished for, and nothing told of it.
        again = mistaken or not (wished or tapped or other.kind == "service")
        said = longer(step.situation.story, step.own) if again else step.own
        open_topic(step, other, "" if tapped else said)
        if left is not None and not (wished or tapped):
            step.put(offer={"kind": "change", "topic": left.id})
        keep_safe(step, other)


class ActionLeaveTopic(StepAction):
    """Leave the interview without another topic: what else was said is searched or asked about."""

    id = "action_leave_topic"

    async def act(self, step: Step) -> None:
        """Outside an interview there is nothing to keep, and the other question is asked for."""
        left = step.topic if step.in_loop else None
        given_up = left is not None and left.kind == "service" and (gives_up(step.text) or puts_off(step.text))
        stopped = stops(step.text)
        if left is not None:
            shelve(step)
        step.put(topic=None, facts=None, asked=None, stage=None, offer=None, misses=0, requested_slot=None, ahead=None)
        step.put(story=None)
        step.topic = None
        step.end_loop()
        if left is not None:
            said = wording.STOPPED if stopped and not given_up else wording.GIVEN_UP if given_up else wording.LEFT
            step.say(said.format(topic=left.name))
        if len(step.candidates) > 1:
            await ActionClarify().act(step)
        elif step.parts:
            await ActionSearchLaw().act(step)
        elif left is None:
            step.say(wording.CLOSED + wording.STILL_HERE if gives_up(step.text) or stopped else wording.NEXT_WHICH)
        elif not (given_up or stopped):
            step.say(wording.LEFT_WHAT)


class ActionResume(StepAction):
    """Go on with the interview that was left."""

    id = "action_resume"

    async def act(self, step: Step) -> None:
        """It stands where it was left; the form puts its question again."""
        resume(step)


def keep_for_pending(step: Step) -> Topic | None:
    """Keep what answers nothing here with the one problem noted for later that it tells of; or None."""
    fits: list[int] = []
    for at, entry in enumerate(step.now.pending):
        topic = step.topics.get(entry["topic"])
        if topic is None or "facts" in entry or topic.kind == "service":
            continue
        told = read_answers(topic, {}, None, step.own, step.today).facts
        before = read_answers(topic, {}, None, str(entry["said"]), step.today).facts
        if any(value.answered and one not in before for one, value in told.items()):
            fits.append(at)
    if len(fits) != 1:
        return None
    pending = [dict(one) for one in step.now.pending]
    pending[fits[0]]["said"] = f"{pending[fits[0]]['said']}。{step.own}"[:SAID_CHARACTERS]
    step.put(pending=pending)
    return step.topics[pending[fits[0]]["topic"]]


def shelve(step: Step) -> None:
    """Keep the interview under way, with all that was told, as the first of what waits."""
    if step.topic is None:
        return
    now = step.now
    entry: dict[str, Any] = {"topic": step.topic.id, "said": "", "facts": dict(now.facts or {}), "asked": now.asked}
    entry["handed"] = list(now.handed)
    others = [one for one in now.pending if one["topic"] != step.topic.id]
    step.put(pending=[entry, *others][:MOST_PENDING])


def resume(step: Step) -> None:
    """Put the conversation on the interview that was left. There must be one."""
    entry = step.now.kept
    topic = step.topics.get(str((entry or {}).get("topic")))
    if entry is None or topic is None:
        step.say(wording.NEXT_WHICH)
        return
    step.topic = topic
    step.put(
        pending=[one for one in step.now.pending if one is not entry],
        topic=topic.id,
        facts=dict(entry["facts"]),
        asked=entry["asked"] or None,
        stage="interview",
        handed=entry.get("handed"),
        offer=None,
        misses=0,
    )
    step.say(wording.RESUMED.format(topic=topic.name))


def offer_kept(step: Step) -> bool:
    """Ask whether to go on with the interview that was left; False where none was."""
    entry = step.now.kept
    topic = step.topics.get(str((entry or {}).get("topic")))
    if topic is None:
        return False
    step.say(wording.KEPT_ASK.format(topic=topic.name), (wording.GO_ON, wording.KEPT_NOT))
    step.put(offer={"kind": "resume"})
    return True


def drop_kept(step: Step) -> None:
    """Let go of the interview that was left: it is not wanted any more."""
    entry = step.now.kept
    step.put(pending=[one for one in step.now.pending if one is not entry])


def take_up_next(step: Step, wanted: bool = False) -> None:
    """Begin with what was noted for later, and ask about what was left, if anything was; `wanted`: go on at once."""
    pending = list(step.now.pending)
    while pending:
        entry = pending.pop(0)
        following = step.topics.get(entry["topic"])
        if following is None or (step.topic is not None and following.id == step.topic.id):
            continue
        if "facts" in entry:
            step.put(pending=[entry, *pending])
            if wanted:
                resume(step)
                step.then(FORM)
            else:
                offer_kept(step)
            return
        step.put(pending=pending)
        step.say(wording.NEXT_TOPIC.format(topic=following.name))
        open_topic(step, following, entry["said"])
        step.then(FORM)
        return
    step.put(pending=pending)
