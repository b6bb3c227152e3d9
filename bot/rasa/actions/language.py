"""What is said to people who write no Chinese, or Chinese in Latin letters."""

from __future__ import annotations

from bot.interviews.cited_law import CitedLaw
from bot.rasa import wording, wording_english
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.situation import SAID_CHARACTERS
from bot.services.asked_of_country import AskedOfCountry, CountryQuestion, read_asked
from bot.understanding.english import EnglishSituation, read_english
from bot.understanding.script import script_of

CONSULAR = "使领馆"
"""Label of the question how to reach a consulate."""


class ActionGuess(StepAction):
    """Ask whether pinyin was read rightly."""

    id = "action_guess"

    async def act(self, step: Step) -> None:
        """Yes and no are quick replies; what was understood is kept for the yes."""
        if step.intent == "guess_refused":
            step.put(offer=None)
            step.say(wording.GUESS_WRONG)
            return
        step.say(wording.GUESS.format(said=step.text), (wording.GUESS_YES, wording.GUESS_NO, wording.PERSON))
        step.put(offer={"kind": "guess", "said": step.text[:SAID_CHARACTERS]})


class ActionLanguage(StepAction):
    """Tell in English what this service is and which numbers help, and offer a person."""

    id = "action_language"

    async def act(self, step: Step) -> None:
        """Never advice: in a language the bot reads only by key words it would be guessing. What is held of a country
        is no advice.
        """
        step.put(misses=0)
        if script_of(step.text) == "other":
            step.say(wording_english.OTHER_SCRIPT)
        reading = read_english(step.text)
        if reading.wish == "thanks":
            step.say(wording_english.THANKS)
            return
        offer = step.situation.offer or {}
        if (asked := read_asked(step.text, str(offer.get("country") or ""), offer.get("question"))) is not None:
            await _tell_country(step, asked)
            return
        if reading.situation is None and any(_said_who(part["text"]) for part in step.situation.words):
            step.say(wording_english.STILL, (wording_english.PERSON, wording_english.LAWYER))
            step.put(offer={**offer, "kind": "person", "said": offer.get("said") or step.own[:SAID_CHARACTERS]})
            return
        lines = [wording_english.ABOUT]
        if reading.situation is not None:
            told = reading.situation.tell or wording_english.SOUNDS_LIKE.format(name=reading.situation.name)
            lines.append(told)
        lines.append(wording_english.NUMBERS)
        if reading.situation is not None and (numbers := _numbers(reading.situation)):
            lines.append(wording_english.ALSO_CALL.format(numbers=numbers))
        step.say("\n".join(lines))
        if step.in_loop:
            return  # the question of the interview stands
        step.say(wording_english.OFFER, (wording_english.PERSON, wording_english.LAWYER))
        step.put(offer={"kind": "person", "said": step.own[:SAID_CHARACTERS]})


async def _tell_country(step: Step, asked: AskedOfCountry) -> None:
    """What Chinese law says of the question where its articles bind today, and what is held of the country."""
    question, lines = asked.question, list[str]()
    if question is not None and question.say and await _binds(step, question):
        lines.append(wording_english.CHINESE_LAW.format(say=question.say, basis=question.basis))
    if question is not None and CONSULAR in question.labels:
        lines.append(wording_english.CONSULATE)
    if asked.country is not None:
        lines.append(asked.country.text_en(question.labels if question is not None else ()))
    elif asked.name:
        lines.append(wording_english.NOT_HELD.format(name=asked.name))
    elif question is None or CONSULAR not in question.labels:
        lines.append(wording_english.WHICH_COUNTRY)
    step.say("\n".join(lines))
    if step.in_loop:
        return
    step.say(wording_english.ASK_ON, (wording_english.PERSON, wording_english.LAWYER))
    offer = {"kind": "person", "said": step.own[:SAID_CHARACTERS]}
    country = asked.country.code if asked.country is not None else ""
    step.put(offer={**offer, "country": country, "question": None if question is None else question.id})


async def _binds(step: Step, question: CountryQuestion) -> bool:
    return step.searcher is not None and (await CitedLaw.of(question.cite, step.searcher, step.today)).holds


def _said_who(told: str) -> bool:
    return wording_english.ABOUT in told or told in (wording_english.STILL, wording_english.ASK_ON)


def _numbers(situation: EnglishSituation) -> str:
    named = [wording_english.NAMES[number] for number in situation.call if number in wording_english.NAMES]
    return " and ".join(named)
