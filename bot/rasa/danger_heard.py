"""Danger as the dialogue hears it: by its words, and where no words are known by what the message means."""

from __future__ import annotations

from typing import cast

from bot.rasa.components.sensed import Sensed, sense
from bot.understanding.danger import Danger, danger_of, danger_of_another, find_danger
from bot.understanding.danger_said import DangerKind

ALARMED = 0.6
"""What the sentence model takes for danger must be this likely to call a person."""
WARY = 0.25
"""This likely, a line of help is said before the reply."""
ANOTHERS_WISH = "another"
"""Sensed of somebody else who wants to die."""


def hear_danger(text: str, about: str = "") -> Danger | None:
    """The danger somebody is in now, or None. `about`: as `find_danger` has it. Never raises."""
    found = find_danger(text, about)
    if found is not None:
        return found
    sensed = sense(text)
    if sensed.chance < ALARMED:
        return None
    kinds = _kinds(sensed)
    return danger_of_another() if sensed.kinds[0] == ANOTHERS_WISH else danger_of(kinds[0], text, kinds[1:])


def perhaps_danger(text: str) -> DangerKind | None:
    """The kind of danger that somebody may be in, without being sure enough to call a person."""
    sensed = sense(text)
    return _kinds(sensed)[0] if sensed.chance >= WARY else None


def _kinds(sensed: Sensed) -> list[DangerKind]:
    named = ("self_harm" if one == ANOTHERS_WISH else one for one in sensed.kinds)
    return cast(list[DangerKind], list(dict.fromkeys(named)))
