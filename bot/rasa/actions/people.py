"""When a person is needed: asked for, in danger, or after the bot failed to understand."""

from __future__ import annotations

from datetime import date

from bot.interviews.conclude import conclude
from bot.interviews.facts import Facts, FactValue, to_json
from bot.interviews.interview import Interview
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa import wording, wording_english
from bot.rasa.abroad import held_abroad
from bot.rasa.actions.begin import keep_second, open_topic
from bot.rasa.actions.beside import tell_beside
from bot.rasa.actions.clarify import ActionClarify
from bot.rasa.actions.closing import close
from bot.rasa.actions.later import FORM, drop_kept, take_up_next
from bot.rasa.actions.lesson import LEARNING
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.assent import names_application, read_assent
from bot.rasa.intents import HURT
from bot.rasa.situation import SAID_CHARACTERS
from bot.rasa.still_in_danger import KINDS, told_danger
from bot.rasa.story import longer
from bot.rasa.wishes import gives_up
from bot.understanding.danger import Danger, danger_of, find_danger
from bot.understanding.english import read_english
from bot.understanding.script import script_of

_ALSO_ABROAD = ("self_harm", "medical", "fire")
"""What other numbers help with in a foreign country too."""
_PASSING = {"kind": "summoned", "status": "questioned", "safe_now": "unsafe", "danger": True}
"""Just taken away, just beaten: something else may hold by the time it matters."""
DETENTION, FRAUD, ASSAULT = "detention", "network_fraud", "sexual_harassment"
"""Topics of who is held, who is being cheated at this moment, and who was sexually assaulted."""
REASONS = {
    "violence": "人身安全危险：暴力",
    "self_harm": "人身安全危险：自伤",
    "child": "未成年人可能受到侵害",
    "detention": "被拘留、关押或限制自由",
    "medical": "需要紧急救治",
    "fire": "火灾或类似险情",
    "harm": "扬言伤人或纵火",
    "missing": "家人走失",
    "trapped": "有人被困",
    "fraud": "正在被骗，要马上止付",
    "assault": "可能遭受性侵害",
}


class ActionDanger(StepAction):
    """Danger: the number that fits, and a person at once."""

    id = "action_danger"

    async def act(self, step: Step) -> None:
        """What the seat is told names the kind of danger, never the words. Who writes no Chinese is asked no more.

        In the middle of a service it is an answer too: 「儿子被抓了」 is what a lawyer is wanted for.
        """
        if step.in_loop and step.topic is not None and step.topic.kind == "service":
            known = step.now.known()
            answered = read_answers(step.topic, known, step.situation.asked or None, step.own, step.today)
            step.put(facts=to_json(answered.merged(known)))
        english = step.heard.kind == "english"
        kind = read_english(step.text).danger if english else None
        danger = find_danger(step.text) if kind is None else danger_of(kind)
        if (abroad := held_abroad(step.text)) is not None:
            step.hand_over(abroad.reason, "urgent", "danger")
            # Who is dying or hurt there needs those numbers too; the ones of home are among these.
            more = danger.say if danger is not None and danger.kind in _ALSO_ABROAD else ""
            person = wording_english.DANGER_PERSON if english else _person(step)
            step.say(f"{abroad.say} {person}" if english else f"{abroad.say}{more}{person}")
            self._note(step)
            if not (step.in_loop or english):
                told = {fact: FactValue(value, said=step.own[:SAID_CHARACTERS]) for fact, value in abroad.facts.items()}
                self._begin(step, abroad.topic, told)
            return
        if danger is None and (before := told_danger(step.situation)):
            # A person has been called, and the numbers were said: who writes on is asked whether they are safe.
            if before == "violence" and step.candidates:
                self._begin(step, step.candidates[0], {})
                return
            step.say(wording.STILL_IN_DANGER[before], wording.WHO_IT_IS if before == "violence" else ())
            step.put(story=longer(step.situation.story, step.own))
            return
        if danger is None:
            step.hand_over("来访人可能处于危险之中", "urgent", "danger")
            step.say(wording.DANGER)
            self._note(step)
            if not step.in_loop and step.candidates:
                self._begin(step, step.candidates[0], {})
            return
        step.hand_over(REASONS.get(danger.kind, "来访人可能处于危险之中"), "urgent", "danger")
        if english:
            step.say(f"{wording_english.DANGER[danger.kind]} {wording_english.DANGER_PERSON}")
        step.say(f"{danger.say}{_person(step)}")
        self._note(step)
        if step.in_loop or english:
            return
        if len(step.candidates) == 2 and danger.kind == "self_harm" and not (step.parts or step.staffed):
            called = step.slots["handoff"]
            step.say(wording.ALSO_HEARD)
            await ActionClarify().act(step)
            step.put(handoff=called)
        elif about := _about(step, danger):
            self._begin(step, about, {}, desperate=danger.kind == "self_harm")
        elif danger.kind in KINDS:
            step.put(story=longer(step.situation.story, step.own))

    @staticmethod
    def _begin(step: Step, about: str, told: Facts, desperate: bool = False) -> None:
        """Who is held has days that run: with nobody to come, what can be said is said at once and the rest asked.

        Who is beaten hears where help is, and is asked whether they are safe, no more. Who is `desperate` is asked
        about what drives them to it: that somebody takes it up helps more than the number said again. Where somebody
        comes nothing is asked meanwhile; what was told is read all the same, for the seat to see and so that it is not
        asked again once the conversation is handed back.
        """
        topic = step.topics.get(about)
        if topic is None:
            return
        called, quiet = step.slots["handoff"], step.staffed or about in HURT
        if desperate and not step.staffed:
            step.say(wording.ALSO_HEARD)
        open_topic(step, topic, longer(step.situation.story, step.own), quiet=quiet)
        step.put(handoff=called)
        facts = {**step.now.known(), **told}
        if quiet:
            facts = {one: value for one, value in facts.items() if value.value != _PASSING.get(one)}
        step.put(facts=to_json(facts))
        if step.staffed and Interview(topic, facts, step.today).next_question() is None:
            step.put(stage="told")  # what there is to say is left to the person who comes
            return
        if not (quiet or desperate) and (terms := _terms(topic, step.now.known(), step.today)):
            step.say("\n".join((wording.MEANWHILE, *terms)))
        step.then(FORM)

    @staticmethod
    def _note(step: Step) -> None:
        """Problems told beside the danger wait; the number that helps is said before them."""
        if step.parts:
            keep_second(step, step.own)


def _person(step: Step) -> str:
    """Who is told that somebody comes at once waits for them, instead of calling for help."""
    return wording.DANGER_PERSON if step.staffed else wording.DANGER_TOLD_ON


def _about(step: Step, danger: Danger) -> str:
    """The topic the danger belongs to, empty where it belongs to none."""
    named = step.candidates[0] if step.candidates and not step.parts else ""
    if danger.kind == "detention":
        return named or DETENTION
    if danger.kind == "fraud":
        return FRAUD
    if danger.kind == "assault":
        return named if named in HURT else ASSAULT
    if step.parts:  # of two problems the one in which somebody is hurt
        return next((one for one in step.candidates if one in HURT), "")
    return named if named in HURT or danger.kind == "self_harm" else ""


def _terms(topic: Topic, known: Facts, today: date) -> list[str]:
    """What holds whatever the answers still to come may be."""
    open_facts = {fact.id: FactValue(None, unknown=True) for fact in topic.facts if fact.id not in known}
    return [f"· {text}" for text in conclude(topic, {**known, **open_facts}, today).open]


class ActionHandoff(StepAction):
    """The citizen wants a person."""

    id = "action_handoff"

    async def act(self, step: Step) -> None:
        """Always granted, in every state; the interview stands where it is."""
        await tell_beside(step)
        about = f"（{step.topic.name}）" if step.topic is not None else ""
        offered = (step.situation.offer or {}).get("reason")
        if offered:
            step.hand_over(offered, "high", "deadline")
        else:
            step.hand_over(f"来访人要求人工服务{about or spoken_about(step)}", "normal", "asked")
        if speaks_english(step):
            step.say(wording_english.HANDED_OVER)
        step.say(wording.HAND_OVER)


def speaks_english(step: Step) -> bool:
    """Whether the message, or the one that a person was offered for, is in English."""
    return step.heard.kind == "english" or script_of(_offered_for(step)) == "latin"


def spoken_about(step: Step) -> str:
    """For the seat: that English is spoken, and about what."""
    if not speaks_english(step):
        return ""
    situation = read_english(f"{_offered_for(step)}. {step.text}").situation
    return f"（说英语；{situation.zh}）" if situation is not None else "（说英语）"


def _offered_for(step: Step) -> str:
    return str((step.situation.offer or {}).get("said") or "")


class ActionDecline(StepAction):
    """The citizen does not want what was offered."""

    id = "action_decline"

    async def act(self, step: Step) -> None:
        """Go on where the conversation was."""
        kind, standing = str((step.situation.offer or {}).get("kind")), step.situation.applying
        if standing == "handed_in" and kind != "resume" and gives_up(step.text):
            step.say(wording.APPLY_WITHDRAW, (wording.PERSON,))
            step.put(offer={"kind": "person"}, misses=0)
            return
        if standing == "beside" and (names_application(step.text) or gives_up(step.text)):
            kind = "apply"
        # Who changes their mind about an application may still say so by its name.
        step.put(offer={"kind": kind, "past": "declined"} if kind == "apply" else None, misses=0)
        if kind == "resume":
            drop_kept(step)
        if kind == "apply":
            step.say(wording.APPLY_PUT_OFF if read_assent(step.text, kind) == "later" else wording.APPLY_REFUSED)
        elif kind in LEARNING:
            step.say(wording.LEARN_ENOUGH)
        elif step.situation.stage == "told" and kind != "resume":
            close(step)
        else:
            step.say(wording.DECLINED_IN_INTERVIEW if step.in_loop else wording.DECLINED)
        if not step.in_loop:
            take_up_next(step)
