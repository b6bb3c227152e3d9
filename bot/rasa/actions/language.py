"""What is said to people who write no Chinese, or Chinese in Latin letters."""

from __future__ import annotations

from bot.rasa import wording, wording_english
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.situation import SAID_CHARACTERS
from bot.understanding.english import EnglishSituation, read_english
from bot.understanding.script import script_of


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
        """Never advice: in a language the bot reads only by key words it would be guessing."""
        step.put(misses=0)
        if script_of(step.text) == "other":
            step.say(wording_english.OTHER_SCRIPT)
        reading = read_english(step.text)
        if reading.wish == "thanks":
            step.say(wording_english.THANKS)
            return
        lines = [wording_english.ABOUT]
        if reading.situation is not None:
            lines.append(wording_english.SOUNDS_LIKE.format(name=reading.situation.name))
        lines.append(wording_english.NUMBERS)
        if reading.situation is not None and (numbers := _numbers(reading.situation)):
            lines.append(wording_english.ALSO_CALL.format(numbers=numbers))
        step.say("\n".join(lines))
        if step.in_loop:
            return  # the question of the interview stands
        step.say(wording_english.OFFER, (wording_english.PERSON, wording_english.LAWYER))
        step.put(offer={"kind": "person", "said": step.own[:SAID_CHARACTERS]})


def _numbers(situation: EnglishSituation) -> str:
    named = [wording_english.NAMES[number] for number in situation.call if number in wording_english.NAMES]
    return " and ".join(named)
