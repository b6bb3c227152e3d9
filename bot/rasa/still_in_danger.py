"""A few words more of somebody who has just told of danger: they are about that danger, and open no other matter."""

from __future__ import annotations

import re

from bot.rasa.at_home import HOME, is_at_home
from bot.rasa.cues import HAN, SHORT
from bot.rasa.intents import HURT, OUTSIDE, TOPIC, Meaning
from bot.rasa.opening import BARE
from bot.rasa.ranking import SURE
from bot.rasa.situation import Situation
from bot.understanding.danger import find_danger

KINDS = ("violence", "self_harm")
"""Kinds of danger that go on while somebody writes."""
_STRANGER = re.compile(r"外面的?人|外人|不认识|陌生|邻居|同事|同学|债主|要债|路上|街上|工地|村里的?|一伙|一群")
_OPEN = frozenset({"unclear", "ask_law", "nlu_fallback", "follow_up", "bot_challenge", OUTSIDE})


def told_danger(situation: Situation) -> str:
    """The kind of danger that was told before any topic is open; empty for none."""
    danger = None if situation.stage else find_danger(situation.story)
    return danger.kind if danger is not None and danger.kind in KINDS else ""


def who_it_is(words: str) -> str:
    """The topic of who is hurt by the person named, as we have asked; empty where nobody is named."""
    if is_at_home(words) or "家里人" in words:
        return HOME
    return "crime_victim" if _STRANGER.search(words) else ""


def stays_with_danger(words: str, meaning: Meaning, situation: Situation) -> bool:
    """Whether 「他走了」 is said of who has just hit somebody, and not of the dead."""
    if not told_danger(situation) or len(HAN.findall(words)) > SHORT:
        return False
    if not meaning.intent.startswith(TOPIC):
        return meaning.intent in _OPEN
    plain = meaning.confidence >= SURE and len(HAN.findall(words)) > BARE
    return meaning.intent.removeprefix(TOPIC) not in HURT and not plain
