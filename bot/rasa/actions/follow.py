"""Follow-ups: the opinion under a supposition, a question about somebody else, the problem put off for later."""

from __future__ import annotations

from collections.abc import Iterator

from bot.interviews.conclude import conclude
from bot.interviews.interview import Interview
from bot.interviews.opinion import Opinion, OpinionFinding, finding_lines, write_opinion
from bot.interviews.topic import Topic
from bot.interviews.wording import fact_text
from bot.rasa import wording
from bot.rasa.actions.later import take_up_next
from bot.rasa.actions.law import ActionSearchLaw
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.follow_up import supposed
from bot.understanding.follow_ups import asks_about, supposition, which_next

MOST_SUPPOSED = 2
"""Findings told of a matter that is only supposed."""


class ActionSuppose(StepAction):
    """「那如果没签合同呢」: what would be different; the facts stay as they are."""

    id = "action_suppose"

    async def act(self, step: Step) -> None:
        """Both opinions are computed with verified citations, and only the difference is told."""
        topic = step.topic
        if topic is None or step.searcher is None:
            step.say(wording.SEARCH_DOWN, (wording.PERSON,))
            return
        if step.candidates and step.candidates[0] != topic.id:
            await self._of_another_matter(step, step.topics[step.candidates[0]])
            return
        facts = step.situation.known()
        changed = supposed(topic, facts, supposition(step.text), step.today)
        imagined = {**facts, **changed}
        now, then = [
            await write_opinion(topic, one, conclude(topic, one, step.today), step.searcher, step.today, step.matter)
            for one in (facts, imagined)
        ]
        told = "，".join(f"{topic.fact(one).label}是“{fact_text(topic.fact(one), changed[one])}”" for one in changed)
        lines = list(_difference(now, then)) or [wording.SUPPOSE_SAME]
        if (question := Interview(topic, imagined, step.today).next_question()) is not None:
            lines.append(wording.SUPPOSE_OPEN.format(label=topic.fact(question.fact).label))
        step.put(misses=0)
        step.say("\n".join([wording.SUPPOSE.format(told=told), *lines, wording.SUPPOSE_END]), wording.AFTER_OPINION)

    @staticmethod
    async def _of_another_matter(step: Step, other: Topic) -> None:
        """What would hold in a matter that nobody has: the likeliest findings of its topic, and nothing is opened."""
        told = supposed(other, {}, supposition(step.text), step.today)
        found: list[OpinionFinding] = []
        if step.searcher is not None:
            drawn = conclude(other, told, step.today)
            opinion = await write_opinion(other, told, drawn, step.searcher, step.today, step.matter)
            found = list(opinion.findings)[:MOST_SUPPOSED]
        if not found:
            await ActionSearchLaw().act(step)
            return
        named = "，".join(f"{other.fact(one).label}是“{fact_text(other.fact(one), told[one])}”" for one in told)
        lines = [line for one in found for line in _listed("· ", one)]
        step.put(misses=0)
        end = wording.SUPPOSE_OTHER_END.format(topic=other.name)
        step.say("\n".join([wording.SUPPOSE.format(told=named), *lines, end]), wording.AFTER_OPINION)


def _difference(now: Opinion, then: Opinion) -> Iterator[str]:
    before = {one.title: one for one in now.findings}
    after = {one.title: one for one in then.findings}
    for title, one in after.items():
        if title not in before:
            yield from _listed(wording.SUPPOSE_MORE, one)
        elif (one.text, one.calculation) != (before[title].text, before[title].calculation):
            yield from _listed(wording.SUPPOSE_CHANGED, one)
    yield from (wording.SUPPOSE_LESS.format(title=title) for title in before if title not in after)
    days = {one.text for one in now.deadlines}
    yield from (wording.SUPPOSE_BY.format(text=one.text) for one in then.deadlines if one.text not in days)


def _listed(opening: str, one: OpinionFinding) -> Iterator[str]:
    first, *rest = finding_lines(one)
    yield f"{opening}{first}"
    yield from rest


class ActionAskWhom(StepAction):
    """「那我老婆呢」: asked back in one sentence what about them."""

    id = "action_ask_whom"

    async def act(self, step: Step) -> None:
        """Neither the opinion nor the search says what is wanted to know of this person."""
        step.say(wording.ASK_WHOM.format(who=asks_about(step.text)))
        step.put(misses=0)


class ActionNextTopic(StepAction):
    """「第二个问题」: the problem that waits, or the question which one is meant."""

    id = "action_next_topic"

    async def act(self, step: Step) -> None:
        """In the middle of an interview the question is finished first, so that nothing told is lost; said again, or
        with one tap, it is taken up at once.
        """
        step.put(misses=0)
        waiting = [step.topics[one["topic"]] for one in step.situation.pending if one["topic"] in step.topics]
        if step.in_loop:
            current = step.topic.name if step.topic is not None else ""
            number = which_next(step.text)
            left = step.now.kept
            if number == 1 and left is None:
                step.say(wording.NOW_ON.format(current=current))
            elif waiting:
                before = step.topics.get(str((left or {}).get("topic"))) if number == 1 else None
                wanted = before or waiting[min(number - 2, len(waiting) - 1)]
                step.put(offer={"kind": "change", "topic": wanted.id, "number": number})
                step.say(wording.NEXT_SOON.format(topic=wanted.name, current=current))
            else:
                step.say(wording.NEXT_LATER.format(current=current))
            return
        step.put(offer=None)
        if len(waiting) > 1 and (later := max(0, min(which_next(step.text) - 2, len(waiting) - 1))):
            pending = [one for one in step.now.pending if one["topic"] in step.topics]
            step.put(pending=[pending[later], *pending[:later], *pending[later + 1 :]])
        if waiting:
            take_up_next(step, wanted=True)
        else:
            step.say(wording.NEXT_WHICH)
