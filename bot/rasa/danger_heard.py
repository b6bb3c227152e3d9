"""Danger as the dialogue hears it: by its words, and where no words are known by what the message means."""

from __future__ import annotations

import re
from typing import cast

from bot.rasa.components.sensed import NOTHING, Sensed, sense
from bot.rasa.intents import DANGER, OUTSIDE, SMALL_TALK
from bot.rasa.ranking import Ranking
from bot.understanding.danger import Danger, danger_of, danger_of_another, find_danger
from bot.understanding.danger_said import DangerKind
from bot.understanding.feelings import is_only_feeling, read_feeling

ALARMED = 0.5
"""What the sentence model takes for danger must be this likely to call a person…"""
CERTAIN = 0.85
"""…and this likely where the message is surely of some matter: 「我妈被车撞了，在医院躺着」."""
IN_THE_MIDDLE = 0.93
"""In the middle of a matter it must be this likely: answers are short, and out of their question much sounds dark."""
_SURELY, _OUTSIDE = 0.85, 0.6
"""How likely that matter must be, and that it is none of ours: small talk sounds like anything."""
WARY = 0.25
"""This likely, a line of help is said before the reply."""
_INJURED = re.compile(r"[打撞咬摔烫烧砸扎]伤")
"""Said of a blow that is over, unless it is certain that more is meant."""
ANOTHERS_WISH = "another"
"""Sensed of somebody else who wants to die."""


def hear_danger(text: str, about: str = "", least: float = CERTAIN) -> Danger | None:
    """The danger somebody is in now, or None; what no words name must be `least` likely. `about`: as `find_danger`.

    Never raises.
    """
    found = find_danger(text, about)
    if found is not None:
        return found
    sensed = _sensed(text)
    if sensed.chance < least:
        return None
    kinds = _kinds(sensed)
    return danger_of_another() if sensed.kinds[0] == ANOTHERS_WISH else danger_of(kinds[0], text, kinds[1:])


def is_alarming(text: str, ranking: Ranking, within: bool = False) -> bool:
    """Whether a message whose intents are `ranking` means that somebody is in danger, whatever its words.

    `within`: it was said in the middle of a matter.
    """
    if _is_small_talk(ranking) or is_only_feeling(text):
        return False  # who only says how they feel is cared for, and hears where somebody listens
    elsewhere = _is_elsewhere(ranking) or _INJURED.search(text) is not None
    return _sensed(text).chance >= (IN_THE_MIDDLE if within else CERTAIN if elsewhere else ALARMED)


def perhaps_danger(text: str, ranking: Ranking = ()) -> DangerKind | None:
    """The kind of danger that somebody may be in, without being sure enough to call a person."""
    if _is_small_talk(ranking):
        return None
    sensed = _sensed(text)
    return _kinds(sensed)[0] if sensed.chance >= (ALARMED if _is_elsewhere(ranking) else WARY) else None


def _is_small_talk(ranking: Ranking) -> bool:
    """Whether the message is about nothing that could be dangerous."""
    name, chance = ranking[0] if ranking else ("", 0.0)
    return name in (OUTSIDE, *SMALL_TALK) and chance >= _OUTSIDE


def _is_elsewhere(ranking: Ranking) -> bool:
    """Whether the message is surely about some matter."""
    name, chance = ranking[0] if ranking else ("", 0.0)
    return chance >= _SURELY and not name.startswith(DANGER)


def _sensed(text: str) -> Sensed:
    """「气死我了，这种人天打雷劈」 threatens nobody."""
    sensed = sense(text)
    scolds = sensed.kinds[:1] == ("harm",) and read_feeling(text) == "angry"
    return NOTHING if scolds else sensed


def _kinds(sensed: Sensed) -> list[DangerKind]:
    named = ("self_harm" if one == ANOTHERS_WISH else one for one in sensed.kinds)
    return cast(list[DangerKind], list(dict.fromkeys(named)))
