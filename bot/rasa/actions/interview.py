"""The interview: read an answer, ask the next question, explain, correct, and give the opinion."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.dialogue.engine import Priority
from bot.interviews.afterwards import read_afterwards
from bot.interviews.cited import marked
from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.facts import Facts, FactValue, to_json
from bot.interviews.interview import Interview
from bot.interviews.late import reply_back
from bot.interviews.opinion import write_opinion
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.wording import fact_text, fill, told_text
from bot.rasa import wording
from bot.rasa.actions.ahead import give_wanted, keep_ahead, tell_ahead, tell_first
from bot.rasa.actions.begin import keep_safe, newly_urgent
from bot.rasa.actions.beside import warn_beside
from bot.rasa.actions.handed_in import amend
from bot.rasa.actions.later import FORM, keep_for_pending, take_up_next
from bot.rasa.actions.step import MISSES_TO_HAND_OVER, PASSED_TO_PUT_ASIDE, PIECES_TO_HAND_OVER, Step, StepAction
from bot.rasa.asking import asked_ahead
from bot.rasa.assent import read_assent
from bot.rasa.cues import HAN, gives_phone, is_piece, is_question
from bot.rasa.safety import SafetyQuestion, safety_questions
from bot.rasa.wishes import known_of, read_service_wish
from bot.services.look_up import look_up
from bot.understanding.feelings import read_feeling
from bot.understanding.papers import wanted_papers
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import is_bare, scolds

_HANDS_IN = re.compile(r"[帮替给]我|交")
_TELLS = 4
"""Chinese characters of what tells something, though not what was asked."""
_PARTICLES = re.compile(r"[啊呀吧呢嘛吗哈嘿哦噢嗯呃额哎唉的了]")
_SEVERAL = re.compile(r"(?:(?:两|几|这)[个样种]?)?(?:我|他|她)?都(?:有|是|占|沾)[的了一点些啊吧]*")
"""「都有」 to a question that takes one answer."""
OPINION_SAID = [{"opinion": True}]
PRIORITIES: tuple[Priority, ...] = ("urgent", "high", "normal")


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
            return facts if reading.understood else _unanswered(step, topic, facts)
        if await warn_beside(step):
            step.put(misses=0)
        elif (feeling := read_feeling(step.own)) is not None:
            again = any(str(part["text"]).startswith(wording.CARE[feeling]) for part in step.situation.words)
            step.say(wording.CARE[feeling] + (wording.OR_PERSON if again else ""))
            step.put(offer={"kind": "person"} if again else step.situation.offer)
        elif scolds(step.own):
            step.say(wording.COMPLAINT)
            step.put(offer={"kind": "person"})
        elif _safety(step, topic, facts) is None:
            return _missed(step, topic, facts, reading)
        elif not _is_passed(step, facts):
            helping = "" if is_piece(step.text) else topic.fact(step.situation.asked).help
            step.say(reading.rejected or helping or wording.NOTED)
        return _unanswered(step, topic, facts)


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


def _safety(step: Step, topic: Topic, facts: Facts) -> SafetyQuestion | None:
    """The question whether somebody is in danger, where it stands without an answer."""
    one = safety_questions().get(topic.id)
    stands = one is not None and one.fact == step.situation.asked
    return one if one is not None and stands and not (one.fact in facts and facts[one.fact].answered) else None


def _is_passed(step: Step, facts: Facts) -> bool:
    """Whether something else was told before in answer to the question that stands."""
    return step.situation.asked in facts


def _unanswered(step: Step, topic: Topic, facts: Facts) -> Facts:
    """Who tells something else is asked again, and then no more: they may not know, or not want to say.

    Whether they are safe is asked once more only. It is unknown then and no "safe": what helps is said once more, and a
    person offered.
    """
    danger = _safety(step, topic, facts)
    if danger is None:
        return _passed_over(step, facts)
    again = _is_passed(step, facts)
    # Without a value and not unknown it is asked still: the mark that it was passed over once.
    facts = {**facts, danger.fact: FactValue(None, unknown=again)}
    step.put(facts=to_json(facts), misses=0, offer={"kind": "person"} if again else step.now.offer)
    if again:
        step.say(f"{danger.say}{wording.OR_PERSON}{wording.WE_ASK_ON}")
    return facts


def _passed_over(step: Step, facts: Facts) -> Facts:
    asked, passed = step.situation.asked, step.situation.passed + 1
    step.put(passed=passed)
    if passed < PASSED_TO_PUT_ASIDE or not asked or (asked in facts and facts[asked].answered):
        return facts
    return _put_aside(step, facts)


def _put_aside(step: Step, facts: Facts) -> Facts:
    facts = {**facts, step.situation.asked: FactValue(None, unknown=True)}
    step.put(facts=to_json(facts))
    step.say(wording.PUT_ASIDE)
    return facts


def _missed(step: Step, topic: Topic, facts: Facts, reading: Reading) -> Facts:
    """The question was not answered.

    What belongs to the story but not to this question is no misunderstanding: the first piece is noted, the second
    gets the help, and with the third the question is put aside, as the citizen may not be able to answer it. What
    says nothing that could be a piece calls a person once help was given in vain.
    """
    asked, misses, passed = step.situation.asked, step.situation.misses + 1, step.situation.passed + 1
    step.put(passed=passed)
    if (wish := read_service_wish(step.text)) is not None and wish.service == topic.id:
        step.say(wording.ON_IT)
        return facts
    if gives_phone(step.text):
        step.say(wording.PHONE_SEEN)
        return facts
    if (waits := keep_for_pending(step)) is not None:
        step.put(misses=0)
        step.say(wording.NOTED_FOR.format(topic=waits.name))
        return facts
    if misses > 1 and not reading.rejected and _tells_again(step, topic, facts):
        step.put(misses=1)
        step.say(wording.NOTED)
        return facts
    piece = is_piece(step.text)
    tells = len(HAN.findall(_PARTICLES.sub("", step.text))) >= _TELLS and not (
        is_question(step.text) or scolds(step.text)
    )
    patient = piece or tells or (is_bare(step.text) and read_polarity(step.text) is not None)
    helped = (step.situation.offer or {}).get("kind") == "person" and misses >= MISSES_TO_HAND_OVER
    if misses >= PIECES_TO_HAND_OVER or (helped and not patient):
        step.hand_over(f"问询「{topic.name}」时连续几次没有听懂来访人的回答", "normal", "unclear")
        step.say(wording.HAND_OVER_UNCLEAR)
        return facts
    if patient and asked and passed >= PASSED_TO_PUT_ASIDE:
        step.put(misses=0, offer={"kind": "person"})
        return _put_aside(step, facts)
    if asked and topic.fact(asked).type == "choice" and _SEVERAL.fullmatch(step.text):
        step.put(misses=misses, offer={"kind": "person"})
        step.say(wording.SEVERAL + wording.OR_PERSON)
        return facts
    if piece and misses == 1 and not reading.rejected:
        step.put(misses=misses)
        step.say(wording.NOTED)
        return facts
    if tells and misses == 1 and not reading.rejected:
        step.put(misses=misses, offer={"kind": "person"})
        step.say(wording.NOTED_LONGER)
        return facts
    step.put(misses=misses, offer={"kind": "person"})
    step.say((reading.rejected or (asked and topic.fact(asked).help) or wording.HELP_FALLBACK) + wording.OR_PERSON)
    return facts


def _tells_again(step: Step, topic: Topic, facts: Facts) -> bool:
    """Whether the message tells what is known already: no answer, and no misunderstanding."""
    told = read_answers(topic, {}, None, step.own, step.today).facts
    return bool(told) and all(one in facts and facts[one].value == fact.value for one, fact in told.items())


def _asked_back(step: Step) -> bool:
    """Whether the message before was asked back about."""
    return (step.now.offer or {}).get("kind") == "earlier"


def _reading(step: Step, topic: Topic, facts: Facts) -> Reading:
    """What the message tells: the reply to a question about an earlier answer, or the answer to the one that stands."""
    if _asked_back(step):
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
        if _asked_back(step):
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


def summary(topic: Topic, facts: Facts, conclusions: Conclusions | None) -> dict[str, Any]:
    """What the seat sees first: topic and facts and, where they were drawn, the findings and deadlines of so far."""
    return {
        "topic": topic.name,
        "facts": [
            {"label": topic.fact(fact_id).label, "value": fact_text(topic.fact(fact_id), told), "said": told.said}
            for fact_id, told in facts.items()
            if told.answered
        ],
        "findings": [] if conclusions is None else [one.finding.title for one in conclusions.findings],
        "deadlines": [] if conclusions is None else [one.text for one in conclusions.deadlines],
    }
