"""The interview: puts the next question, and says why it is asked."""

from __future__ import annotations

from bot.interviews.cited import marked
from bot.interviews.interview import Interview
from bot.rasa import wording
from bot.rasa.actions.answer import asked_back
from bot.rasa.actions.step import Step, StepAction


class ActionAskFacts(StepAction):
    """Put the next question."""

    id = "action_ask_facts"

    async def act(self, step: Step) -> None:
        """One question per turn, with its quick replies; where a person was offered 转人工 is among them.

        While a person is called it is noted and not put: the conversation repeats it when the person hands back. Where
        nobody is there to come, the interview goes on meanwhile.
        """
        if step.topic is None:
            return
        if asked_back(step):
            if step.intent == "answer":
                return  # it was asked back a moment ago
            step.put(offer=None)
        interview = Interview(step.topic, step.situation.known(), step.today)
        question = interview.next_question()
        if question is None:
            return
        if question.fact != step.situation.asked:
            step.put(passed=0)
        step.put(asked=question.fact)
        if step.slots.get("handoff") and step.staffed:
            return
        answered, remaining = interview.progress()
        choices = list(question.choices)
        offer = step.now.offer or {}
        if offer.get("kind") == "person":
            choices.append(wording.PERSON)
        elif offer.get("kind") == "change" and not offer.get("quiet"):
            choices.append(wording.CHANGE_TO.format(topic=step.topics[offer["topic"]].name))
        step.say(question.text, choices, data={"answered": answered, "remaining": remaining})


class ActionExplain(StepAction):
    """Say why the question is asked and which article makes it matter."""

    id = "action_explain"

    async def act(self, step: Step) -> None:
        """The form puts the question again afterwards."""
        asked = step.situation.asked
        if step.topic is None or not asked:
            step.say(wording.WHY_NONE)
            return
        fact = step.topic.fact(asked)
        cited = "、".join(marked(text) for text in fact.why_cite)
        basis = f"（依据：{cited}）" if cited else ""
        step.say(f"{fact.why}{basis}")
