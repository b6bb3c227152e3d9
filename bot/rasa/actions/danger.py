"""Danger: what helps first, a person at once, and what is said to whoever writes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.interviews.conclude import conclude
from bot.interviews.facts import Facts, FactValue, to_json
from bot.interviews.interview import Interview
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa import wording, wording_english
from bot.rasa.abroad import held_abroad
from bot.rasa.actions.begin import keep_second, open_topic
from bot.rasa.actions.clarify import ActionClarify
from bot.rasa.actions.later import FORM
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.at_home import HOME
from bot.rasa.danger_heard import ALARMED, hear_danger
from bot.rasa.intents import DANGER, HURT
from bot.rasa.silent import (
    breaks_off,
    fears_blows,
    fears_police,
    fears_talk,
    is_afraid,
    is_near,
    keeps_traces,
    must_be_silent,
    was_silent,
)
from bot.rasa.situation import SAID_CHARACTERS
from bot.rasa.still_in_danger import FOUND_AGAIN, IN_HOSPITAL, KINDS, child_writes, told_danger
from bot.rasa.story import longer
from bot.understanding.danger import Danger, danger_of
from bot.understanding.danger_said import CHILD_WRITES, NO_CALL, DangerKind
from bot.understanding.english import read_english

_ALSO_ABROAD = ("self_harm", "medical", "fire")
"""What other numbers help with in a foreign country too."""
_PASSING = {"kind": "summoned", "status": "questioned", "safe_now": "unsafe", "danger": True}
"""Just taken away, just beaten: something else may hold by the time it matters."""
_KINDS: Mapping[str, DangerKind] = {
    "violence": "violence",
    "self_harm": "self_harm",
    "child": "child",
    "medical": "medical",
}
"""What the words alone are taken for, where none of them names the danger."""
_FROM_SOMEBODY = ("violence", "child", "assault")
_DRIVEN = ("self_harm", "harm")
"""What somebody is driven to by a matter, which is taken up."""
_AT_WORK = re.compile(r"(?:老板|厂|工地|砖窑|砖厂|工头|包工头|干活|打工).{0,24}(?:关|锁|扣|不让|看着)")
_FOR_THEM = re.compile(r"坐牢|抓走|抓(?:他|她|我爸|爸爸)|怪我|生气|告状|不想让")
DETENTION, FRAUD, ASSAULT = "detention", "network_fraud", "sexual_harassment"
"""Topics of who is held, who is being cheated at this moment, and who was sexually assaulted."""
REASONS = {
    "violence": "人身安全危险：暴力",
    "self_harm": "人身安全危险：自伤",
    "child": "未成年人可能受到侵害",
    "detention": "被拘留、关押或限制自由",
    "medical": "需要紧急救治",
    "fire": "火灾或类似险情",
    "trapped": "被困，需要救援",
    "done": "称刚伤了人，要救人、投案",
    "harm": "扬言伤人或纵火",
    "missing": "家人走失",
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
        danger = hear_danger(step.text, least=ALARMED) if kind is None else danger_of(kind)
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
        if self._quietly(step, danger):
            return
        before = told_danger(step.situation) if danger is None else ""
        if before and child_writes(step.situation.story):
            step.say(wording.TO_CHILD_AFRAID if _FOR_THEM.search(step.text) else wording.TO_CHILD_AGAIN)
            step.put(story=longer(step.situation.story, step.own))
            return
        if before:
            # A person has been called, and the numbers were said: who writes on is asked whether they are safe.
            if before == "violence" and step.candidates:
                self._begin(step, step.candidates[0], {})
                return
            self._listen(step, before)
            step.put(story=longer(step.situation.story, step.own))
            return
        if danger is None and step.looks_like.startswith(DANGER):
            danger = danger_of(_KINDS[step.looks_like.removeprefix(DANGER)])
        if danger is None:
            step.hand_over("来访人可能处于危险之中", "urgent", "danger")
            step.say(wording.DANGER)
            self._note(step)
            if not step.in_loop and step.candidates:
                self._begin(step, step.candidates[0], {})
            return
        if danger.kind == "medical" and IN_HOSPITAL.search(step.text) and not (english or step.in_loop):
            step.say(wording.AT_HOSPITAL)
            step.put(story=longer(step.situation.story, step.own))
            return
        child = child_writes(step.text)
        also = (CHILD_WRITES,) if child else ()
        step.hand_over(REASONS.get(danger.kind, "来访人可能处于危险之中"), "urgent", "danger", also)
        if english:
            step.say(f"{wording_english.DANGER[danger.kind]} {wording_english.DANGER_PERSON}")
        step.say(f"{danger.say}{wording.TOLD_CHILD if child else _person(step)}")
        self._note(step)
        if step.in_loop or english:
            return
        if child and danger.kind in KINDS:
            step.put(story=longer(step.situation.story, step.own))
            return
        if len(step.candidates) == 2 and danger.kind in _DRIVEN and not (step.parts or step.staffed):
            called = step.slots["handoff"]
            step.say(wording.ALSO_HEARD)
            await ActionClarify().act(step)
            step.put(handoff=called)
        elif about := _about(step, danger):
            self._begin(step, about, {}, desperate=danger.kind in _DRIVEN)
        else:
            step.put(story=longer(step.situation.story, step.own))

    def _quietly(self, step: Step, danger: Danger | None) -> bool:
        """Whether somebody must not be heard, or does not dare to call; what is said then names no call."""
        near = is_near(step.text, step.situation)
        hidden = danger is not None and danger.kind in _FROM_SOMEBODY and must_be_silent(step.text)
        if step.heard.kind != "english" and (near or hidden):
            child = child_writes(f"{step.situation.story}。{step.text}")
            kind = danger.kind if danger is not None else "violence"
            step.hand_over(REASONS[kind], "urgent", "danger", (NO_CALL, *((CHILD_WRITES,) if child else ())))
            again = wording.SILENT_AGAIN if was_silent(step.situation) else wording.SILENT
            step.say(wording.SILENT_CHILD if child else again)
            self._note(step)
            if not step.situation.stage:
                step.put(story=longer(step.situation.story, step.own))
            return True
        said = (
            (fears_police(step.text, step.situation), wording.AFRAID),
            (fears_blows(step.text), wording.FEARS_BLOWS),
            (breaks_off(step.text), wording.BROKEN_OFF),
            (is_afraid(step.text, step.situation), wording.IS_AFRAID),
            (keeps_traces(step.text, step.situation), wording.TRACES),
            (fears_talk(step.text, step.situation), wording.PRIVACY),
        )
        reply = next((words for fits, words in said if fits), "")
        if reply:
            step.say(reply)
        return bool(reply)

    @staticmethod
    def _listen(step: Step, kind: str) -> None:
        """To who writes on after the alarm: nobody who hides is asked anything."""
        still = (wording.STILL_IN_DANGER[kind], wording.FOR_THE_POLICE)
        if kind == "medical" and IN_HOSPITAL.search(step.text):
            step.say(wording.AT_HOSPITAL)
        elif kind == "missing" and FOUND_AGAIN.search(step.text):
            step.say(wording.FOUND_AGAIN)
        elif kind == "violence" and was_silent(step.situation):
            step.say(wording.SILENT_AGAIN)
        elif kind == "missing" and any(str(one.get("text")).startswith(still) for one in step.situation.last):
            step.say(wording.FOR_THE_POLICE)
        elif kind == "violence" and _AT_WORK.search(step.situation.story):
            step.say(wording.HELD_AT_WORK)
        else:
            step.say(wording.STILL_IN_DANGER[kind], wording.WHO_IT_IS if kind == "violence" else ())

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
        return named if named == HOME else ASSAULT
    if step.parts:  # of two problems the one in which somebody is hurt
        return next((one for one in step.candidates if one in HURT), "")
    return named if named in HURT or danger.kind in _DRIVEN else ""


def _terms(topic: Topic, known: Facts, today: date) -> list[str]:
    """What holds whatever the answers still to come may be."""
    open_facts = {fact.id: FactValue(None, unknown=True) for fact in topic.facts if fact.id not in known}
    return [f"· {text}" for text in conclude(topic, {**known, **open_facts}, today).open]
