"""Reads what is said while the interview asks, before every question."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.interviews.facts import Facts, FactValue, to_json
from bot.interviews.interview import Interview
from bot.interviews.late import reply_back
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.wording import told_text
from bot.rasa import wording
from bot.rasa.actions.ahead import keep_ahead, tell_ahead
from bot.rasa.actions.begin import keep_safe, newly_urgent
from bot.rasa.actions.beside import warn_beside
from bot.rasa.actions.later import FORM
from bot.rasa.actions.missed import is_passed, missed, safety_unanswered, unanswered
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.asking import asked_ahead
from bot.rasa.assent import read_assent
from bot.rasa.cues import is_piece
from bot.rasa.wishes import known_of
from bot.understanding.feelings import read_feeling
from bot.understanding.papers import wanted_papers
from bot.understanding.substance import scolds

_HANDS_IN = re.compile(r"[帮替给]我|交")


class ValidateInterviewForm(StepAction):
    """Read the answer; runs inside Rasa's form before every question."""

    id = f"validate_{FORM}"

    async def act(self, step: Step) -> None:
        """Any message that is no answer leaves the facts alone, and the form steps back for the rules."""
        if step.topic is None:
            step.put(requested_slot=None)
            return
        facts = step.situation.known()
        # A topic just taken up after an opinion has asked nothing yet: the message answered the one before.
        if step.in_loop and step.intent == "answer" and step.situation.asked:
            facts = await self._read(step, step.topic, facts)
        question = Interview(step.topic, facts, step.today).next_question()
        step.put(requested_slot=None if question is None else "facts")

    async def _read(self, step: Step, topic: Topic, facts: Facts) -> Facts:
        before = facts
        reading = _with_kind(step, topic, _reading(step, topic, facts))
        if _applies(step, topic, reading):
            step.put(misses=0)
            step.say(wording.APPLY_SOON)
            return facts
        if reading.ask_back is not None:
            back = reading.ask_back
            step.say(back.text, back.choices)
            step.put(misses=0, offer={"kind": "earlier", "facts": list(back.facts), "said": back.said})
            return facts
        facts = reading.merged(facts)
        step.put(facts=to_json(facts))
        if (rule := newly_urgent(step, topic, before, facts)) is not None:
            step.hand_over(rule.reason, "urgent", "rule")
            step.say(rule.say)
            return facts
        keep_safe(step, topic)
        weary = read_feeling(step.own) == "weary"
        if reading.understood or any(told.answered for told in reading.facts.values()) or reading.echo:
            for said in (wording.CARE["weary"] if weary else "", reading.rejected, reading.echo):
                if said:
                    step.say(said)
            step.put(misses=0, offer=None)
            await warn_beside(step)
            await _tell_beside(step)
            return facts if reading.understood else unanswered(step, topic, facts)
        if await warn_beside(step):
            step.put(misses=0)
        elif (feeling := read_feeling(step.own)) is not None:
            again = any(str(part["text"]).startswith(wording.CARE[feeling]) for part in step.situation.words)
            step.say(wording.CARE[feeling] + (wording.OR_PERSON if again else ""))
            step.put(offer={"kind": "person"} if again else step.situation.offer)
        elif scolds(step.own):
            step.say(wording.COMPLAINT)
            step.put(offer={"kind": "person"})
        elif safety_unanswered(step, topic, facts) is None:
            return missed(step, topic, facts, reading)
        elif not is_passed(step, facts):
            helping = "" if is_piece(step.text) else topic.fact(step.situation.asked).help
            step.say(reading.rejected or helping or wording.NOTED)
        return unanswered(step, topic, facts)


def _with_kind(step: Step, topic: Topic, reading: Reading) -> Reading:
    """The reading with the kind of matter that the words tell of, where the service asks for it."""
    asked = step.situation.asked
    if reading.understood or not step.candidates or step.candidates[0] not in step.topics:
        return reading
    value = known_of(topic, step.topics[step.candidates[0]]).get(asked)
    if value is None or asked in reading.facts:
        return reading
    return replace(reading, facts={**reading.facts, asked: FactValue(value, False, step.own)}, understood=True)


def _applies(step: Step, topic: Topic, reading: Reading) -> bool:
    """Whether somebody would hand in before the last question is answered: 「好，帮我交了吧」 affirms nothing else.

    Where a place is asked for, any words could be one.
    """
    if topic.apply is None or read_assent(step.text, "apply") != "do":
        return False
    plainly = bool(_HANDS_IN.search(step.text)) or topic.fact(step.situation.asked).type == "place"
    return plainly or not reading.facts


async def _tell_beside(step: Step) -> None:
    """What was asked in the same breath as an answer was given."""
    wanted = wanted_papers(step.own, named=True)
    for question in [*asked_ahead(step.own)[:1], *([wanted.said] if wanted is not None else [])]:
        if not await tell_ahead(step, question):
            keep_ahead(step, [question])


def asked_back(step: Step) -> bool:
    """Whether the message before was asked back about."""
    return (step.now.offer or {}).get("kind") == "earlier"


def _reading(step: Step, topic: Topic, facts: Facts) -> Reading:
    """What the message tells: the reply to a question about an earlier answer, or the answer to the one that stands."""
    if asked_back(step):
        offer = dict(step.now.offer or {})
        step.put(offer=None)
        named = reply_back(topic, offer["facts"], step.text)
        if named:
            before = {one: told for one, told in facts.items() if one != named}
            reading = read_answers(topic, before, named, offer["said"], step.today)
            fact = topic.fact(named)
            told = f"好的，我记下了，{told_text(fact, reading.facts[named])}。" if named in reading.facts else ""
            return replace(reading, corrected=(named,), echo=told)
        if named == "":
            return Reading(understood=True)
    return read_answers(topic, facts, step.situation.asked or None, step.own, step.today)
