"""What is said to an answer that tells something else than was asked, or nothing."""

from __future__ import annotations

import re

from bot.interviews.facts import Facts, FactValue, to_json
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.rasa import wording
from bot.rasa.actions.later import keep_for_pending
from bot.rasa.actions.step import MISSES_TO_HAND_OVER, PASSED_TO_PUT_ASIDE, PIECES_TO_HAND_OVER, Step
from bot.rasa.cues import HAN, gives_phone, is_piece, is_question
from bot.rasa.safety import SafetyQuestion, safety_questions
from bot.rasa.wishes import read_service_wish
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import is_bare, scolds

_TELLS = 4
"""Chinese characters of what tells something, though not what was asked."""
_PARTICLES = re.compile(r"[啊呀吧呢嘛吗哈嘿哦噢嗯呃额哎唉的了]")
_SEVERAL = re.compile(r"(?:(?:两|几|这)[个样种]?)?(?:我|他|她)?都(?:有|是|占|沾)[的了一点些啊吧]*")
"""「都有」 to a question that takes one answer."""


def safety_unanswered(step: Step, topic: Topic, facts: Facts) -> SafetyQuestion | None:
    """The question whether somebody is in danger, where it stands without an answer."""
    one = safety_questions().get(topic.id)
    stands = one is not None and one.fact == step.situation.asked
    return one if one is not None and stands and not (one.fact in facts and facts[one.fact].answered) else None


def is_passed(step: Step, facts: Facts) -> bool:
    """Whether something else was told before in answer to the question that stands."""
    return step.situation.asked in facts


def unanswered(step: Step, topic: Topic, facts: Facts) -> Facts:
    """Who tells something else is asked again, and then no more: they may not know, or not want to say.

    Whether they are safe is asked once more only. It is unknown then and no "safe": what helps is said once more, and a
    person offered.
    """
    danger = safety_unanswered(step, topic, facts)
    if danger is None:
        return _passed_over(step, facts)
    again = is_passed(step, facts)
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


def missed(step: Step, topic: Topic, facts: Facts, reading: Reading) -> Facts:
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
