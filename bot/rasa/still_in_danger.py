"""A few words more of somebody who has just told of danger: they are about that danger, and open no other matter."""

from __future__ import annotations

import re

from bot.rasa.abroad import held_abroad
from bot.rasa.at_home import HOME, is_at_home
from bot.rasa.cues import HAN, SHORT
from bot.rasa.danger_heard import hear_danger
from bot.rasa.intents import HURT, OUTSIDE, TOPIC, Meaning
from bot.rasa.opening import BARE
from bot.rasa.ranking import SURE
from bot.rasa.situation import Situation
from bot.rasa.wording import AT_HOSPITAL, RELIEVED, STILL_IN_DANGER
from bot.understanding.danger_sideways import SPEAKS_AS_CHILD
from bot.understanding.normalise import fold

KINDS = ("violence", "self_harm", "child", "medical", "fire", "trapped", "missing", "done", "lured")
"""Kinds of danger that go on while somebody writes."""
_AGAIN = ("violence", "child", "missing", "lured")
"""Kinds that are spoken of for as long as nothing else is told; of the others people are listened to once."""
_STRANGER = re.compile(r"外面的?人|外人|不认识|陌生|邻居|同事|同学|债主|要债|路上|街上|工地|村里的?|一伙|一群")
_TAKEN_BACK = re.compile(
    r"(?:我|俺)?(?:现在|其实|真的?|也|都|还|当然|绝对|肯定)*(?:不想|不会|不去|没想|没有想|不是(?:真的?)?(?:想|要)?|没(?:有)?(?:真的?)?要)(?:真的?)?(?:去)?"
    r"(?:死|自杀|寻死|轻生|寻短见|做傻事|想不开|走那一步|活)?(?:了|的|啊|呀)?|"
    r"(?:我|俺|刚才|那|也|就|只|都)*(?:是)?(?:说的)?(?:一时|几句)?(?:气话|随口(?:一说|说的?|说说)|说说而已|说着玩|开玩笑|瞎说)(?:的|啦|了|呢|啊)?|"
    r"没(?:有)?(?:的|啦|呢)?|(?:我|也)*(?:就是|只是|不过|就|只)?(?:是)?(?:随便|随口)?(?:说说|感慨(?:一下)?|抱怨(?:一下|几句)?|发(?:发|泄)(?:牢骚|一下)?)(?:而已|的|罢了)?|"
    r"(?:我)?没(?:那么)?想不开|(?:我)?没事(?:的|了|儿)?|(?:你|您)?别担心|(?:你|您)?放心(?:吧)?|(?:我)?好(?:多|点)了"
)
_OF_DEATH = re.compile(r"死|自杀|轻生|短见|傻事|想不开|气话|说说而已|说着玩|开玩笑")
_MARKS = re.compile(r"[\s,，。.;；!！~～…]+")
_GIVES_UP = re.compile(
    r"(?:那|唉|哎)*[,，\s]*(?:算了|不说了|不聊了|没用的?|说了也没用|就这样吧|不问了|不用了|没意思|随便吧)(?:[,，\s]*(?:吧|了|算了|不说了|不聊了|谢谢(?:你|您)?|就这样吧|没意思))*"
)
_HELP_LINE = "12356"
FOUND_AGAIN = re.compile(r"(?<!没)(?<!没有)(?:找到|找着|回来|回家|接到)(?:他|她|人|孩子)?了")
IN_HOSPITAL = re.compile(r"医院|ICU|抢救|洗胃|手术|救护车来|送(?:去|到|来)了|醒了|医生", re.IGNORECASE)
_ASKS = re.compile(r"吗|怎么|能不能|要不要|会不会|谁|多少|哪|什么|[?？]")
_ASKED_FOR = frozenset({"ask_person", "danger", "start_over", "aside"})
_OPEN = frozenset({"unclear", "ask_law", "nlu_fallback", "follow_up", "bot_challenge", OUTSIDE})


def told_danger(situation: Situation) -> str:
    """The kind of danger that was told before any topic is open; empty for none."""
    if situation.stage or not situation.story:
        return ""
    abroad = held_abroad(situation.story)
    if abroad is not None and not abroad.topic:
        return "lured"
    danger = hear_danger(situation.story)
    return danger.kind if danger is not None and danger.kind in KINDS else ""


def child_writes(words: str) -> bool:
    """Whether a child tells it by itself."""
    return bool(SPEAKS_AS_CHILD.search(fold(words)))


def takes_back(words: str, situation: Situation) -> bool:
    """Whether somebody says that they do not want to die: 「不想死，就是气话」; 「不会的」 right after the alarm."""
    clauses = [one for one in _MARKS.split(words) if one]
    if not clauses or not all(map(_TAKEN_BACK.fullmatch, clauses)):
        return False
    return bool(_OF_DEATH.search(words)) or (_alarmed(situation) and (not situation.stage or len(situation.last) == 1))


def _listened(kind: str, situation: Situation) -> bool:
    return any(str(part.get("text")).startswith((STILL_IN_DANGER[kind], AT_HOSPITAL)) for part in situation.last)


def gives_up_talking(words: str, situation: Situation) -> bool:
    """Whether somebody who spoke of dying breaks off: 「算了不说了」."""
    danger = hear_danger(situation.story) if _GIVES_UP.fullmatch(words) else None
    return danger is not None and danger.kind == "self_harm"


def _alarmed(situation: Situation) -> bool:
    said = [str(part.get("text")) for part in situation.last]
    return any(_HELP_LINE in one and not one.startswith(RELIEVED) for one in said)


def who_it_is(words: str) -> str:
    """The topic of who is hurt by the person named, as we have asked; empty where nobody is named."""
    if is_at_home(words) or "家里人" in words:
        return HOME
    return "crime_victim" if _STRANGER.search(words) else ""


def stays_with_danger(words: str, meaning: Meaning, situation: Situation) -> bool:
    """Whether 「他走了」 is said of who has just hit somebody, and not of the dead."""
    kind = told_danger(situation)
    if kind and child_writes(situation.story) and len(HAN.findall(words)) <= SHORT:
        return meaning.intent not in _ASKED_FOR
    if not kind or len(HAN.findall(words)) > SHORT:
        return False
    if kind == "self_harm" and not _alarmed(situation):
        return False
    if kind == "medical" and IN_HOSPITAL.search(words) and not _ASKS.search(words):
        return True
    if kind not in _AGAIN and (_listened(kind, situation) or _ASKS.search(words)):
        return False  # listened to once, they tell of their matter, which goes on
    if not meaning.intent.startswith(TOPIC):
        return meaning.intent in _OPEN
    plain = meaning.confidence >= SURE and len(HAN.findall(words)) > BARE
    return meaning.intent.removeprefix(TOPIC) not in HURT and not plain
