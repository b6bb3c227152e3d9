"""A few words more of somebody who has just told of danger: they are about that danger, and open no other matter."""

from __future__ import annotations

import re

from bot.rasa.at_home import HOME, is_at_home
from bot.rasa.cues import HAN, SHORT
from bot.rasa.intents import HURT, OUTSIDE, TOPIC, Meaning
from bot.rasa.opening import BARE
from bot.rasa.ranking import SURE
from bot.rasa.situation import Situation
from bot.rasa.wording import RELIEVED, STILL_IN_DANGER
from bot.understanding.danger import find_danger

KINDS = ("violence", "self_harm")
"""Kinds of danger that go on while somebody writes."""
_STRANGER = re.compile(r"外面的?人|外人|不认识|陌生|邻居|同事|同学|债主|要债|路上|街上|工地|村里的?|一伙|一群")
_TAKEN_BACK = re.compile(
    r"(?:我|俺)?(?:现在|其实|真的?|也|都|还|当然|绝对|肯定)*(?:不想|不会|不去|没想|没有想|不是(?:真的?)?(?:想|要)?|没(?:有)?(?:真的?)?要)(?:真的?)?(?:去)?"
    r"(?:死|自杀|寻死|轻生|寻短见|做傻事|想不开|走那一步|活)?(?:了|的|啊|呀)?|"
    r"(?:我|俺|刚才|那|也|就|只|都)*(?:是)?(?:说的)?(?:一时|几句)?(?:气话|随口(?:一说|说的?|说说)|说说而已|说着玩|开玩笑|瞎说)(?:的|啦|了|呢|啊)?|"
    r"(?:我)?没(?:那么)?想不开|(?:我)?没事(?:的|了|儿)?|(?:你|您)?别担心|(?:你|您)?放心(?:吧)?|(?:我)?好(?:多|点)了"
)
_OF_DEATH = re.compile(r"死|自杀|轻生|短见|傻事|想不开|气话|说说|说着玩|开玩笑")
_MARKS = re.compile(r"[\s,，。.;；!！~～…]+")
_HELP_LINE = "12356"
_OPEN = frozenset({"unclear", "ask_law", "nlu_fallback", "follow_up", "bot_challenge", OUTSIDE})


def told_danger(situation: Situation) -> str:
    """The kind of danger that was told before any topic is open; empty for none."""
    danger = None if situation.stage else find_danger(situation.story)
    return danger.kind if danger is not None and danger.kind in KINDS else ""


def takes_back(words: str, situation: Situation) -> bool:
    """Whether somebody says that they do not want to die: 「不想死，就是气话」; 「不会的」 right after the alarm."""
    clauses = [one for one in _MARKS.split(words) if one]
    if not clauses or not all(map(_TAKEN_BACK.fullmatch, clauses)):
        return False
    return bool(_OF_DEATH.search(words)) or (not situation.stage and _alarmed(situation))


def _listened(situation: Situation) -> bool:
    return any(str(part.get("text")).startswith(STILL_IN_DANGER["self_harm"]) for part in situation.last)


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
    if not kind or len(HAN.findall(words)) > SHORT:
        return False
    if kind == "self_harm" and (not _alarmed(situation) or _listened(situation)):
        return False  # listened to once, they tell of their matter, which goes on
    if not meaning.intent.startswith(TOPIC):
        return meaning.intent in _OPEN
    plain = meaning.confidence >= SURE and len(HAN.findall(words)) > BARE
    return meaning.intent.removeprefix(TOPIC) not in HURT and not plain
