"""The opinion, and the opinion given anew after a correction."""

from __future__ import annotations

from bot.dialogue.engine import Priority
from bot.interviews.afterwards import read_afterwards
from bot.interviews.conclude import conclude
from bot.interviews.facts import to_json
from bot.interviews.interview import Interview
from bot.interviews.opinion import write_opinion
from bot.interviews.wording import fill, told_text
from bot.rasa import wording
from bot.rasa.actions.ahead import give_wanted, tell_first
from bot.rasa.actions.handed_in import amend
from bot.rasa.actions.later import FORM, take_up_next
from bot.rasa.actions.step import Step, StepAction
from bot.services.look_up import look_up

OPINION_SAID = [{"opinion": True}]
PRIORITIES: tuple[Priority, ...] = ("urgent", "high", "normal")


class ActionOpinion(StepAction):
    """Give the opinion, then take up what was left for later."""

    id = "action_opinion"

    async def act(self, step: Step) -> None:
        """A rule of the topic or a deadline that is very near hands over to a person; one that is near offers one."""
        if step.topic is None or step.searcher is None:
            step.hand_over("意见书未能生成：法律条文库打不开", "high", "failure")
            step.say(wording.SEARCH_DOWN, (wording.PERSON,))
            return
        topic, facts = step.topic, step.situation.known()
        conclusions = conclude(topic, facts, step.today)
        handed_in = step.situation.applying == "handed_in"
        laws, cases, templates = step.searcher, step.cases, step.templates
        opinion = await write_opinion(topic, facts, conclusions, laws, step.today, step.matter, cases, templates)
        await tell_first(step, conclusions)
        step.say(opinion.plain_text(), wording.AFTER_OPINION, "opinion", opinion.to_dict())
        await give_wanted(step)
        for search in conclusions.look_ups:
            step.say(await look_up(topic, search, facts, cases))
        step.put(tell_matter=True)
        step.put(stage="told", asked=None, misses=0, offer=None, last=OPINION_SAID)
        called = sorted(
            (one for one in conclusions.takeovers if not one.offered and one.reason not in step.now.handed),
            key=lambda one: PRIORITIES.index(one.priority),
        )
        if called:
            first, *others = called
            priority = PRIORITIES[PRIORITIES.index(first.priority)]
            step.hand_over(first.reason, priority, first.kind, [one.reason for one in others])
            step.say(first.say)
            step.put(last=OPINION_SAID)
        if handed_in and topic.apply is not None:
            amend(step, topic)
            return
        ready = {"apply": "beside"} if conclusions.application is not None else {}
        if step.slots.get("handoff"):
            if ready:
                step.say(wording.APPLY_BESIDE, (wording.APPLY,))
                step.put(offer={"kind": "apply", "past": "beside"}, last=OPINION_SAID)
            return
        near = next((one for one in conclusions.takeovers if one.offered), None)
        if near is not None:
            step.say(near.say, (wording.PERSON,))
            if ready:
                step.say(wording.APPLY_BESIDE, (wording.APPLY,))
            step.put(offer={"kind": "person", "reason": near.reason, **ready}, last=OPINION_SAID)
            if ready:
                return
        elif conclusions.application is not None:
            step.say(
                fill(conclusions.application.ask, topic, facts), (wording.APPLY, wording.APPLY_LATER, wording.PERSON)
            )
            step.put(offer={"kind": "apply"}, last=OPINION_SAID)
            return  # what waits is taken up after the answer
        take_up_next(step)


class ActionCorrect(StepAction):
    """Change what was said before and give the opinion anew."""

    id = "action_correct"

    async def act(self, step: Step) -> None:
        """New facts can open new questions; the form asks them before the opinion."""
        if step.topic is None:
            step.say(wording.NOT_UNDERSTOOD)
            return
        facts = step.situation.known()
        reading = read_afterwards(step.topic, facts, step.own, step.today)
        changed = {fact_id: told for fact_id, told in reading.facts.items() if told.answered}
        if not changed:
            step.say(reading.rejected or wording.CORRECT_WHICH)
            return
        facts = reading.merged(facts)
        step.put(facts=to_json(facts), misses=0, offer=None)
        listed = "；".join(told_text(step.topic.fact(one), changed[one]) for one in changed)
        step.say(wording.CORRECTED.format(echo=listed))
        if Interview(step.topic, facts, step.today).next_question() is None:
            step.then(ActionOpinion.id)
        else:
            step.put(stage="interview")
            step.then(FORM)
