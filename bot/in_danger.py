"""Whether somebody tells of danger now: known without the engine, for where it is slow, or silent."""

from __future__ import annotations

from bot.rasa.abroad import held_abroad
from bot.rasa.wording_english import DANGER
from bot.understanding.danger import find_danger
from bot.understanding.english import read_english


def in_danger(text: str) -> bool:
    """In Chinese or English, at home or held abroad. Never raises."""
    return find_danger(text) is not None or held_abroad(text) is not None or read_english(text).danger is not None


def said_in_danger(text: str) -> str:
    """The numbers that help and what to do first, known without the engine; empty where nobody is in danger."""
    if (abroad := held_abroad(text)) is not None:
        return abroad.say
    if (danger := find_danger(text)) is not None:
        return danger.say
    return DANGER[kind] if (kind := read_english(text).danger) is not None else ""
