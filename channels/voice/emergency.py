"""Which danger needs which number on the telephone: the words are the bot's, known without the engine."""

from __future__ import annotations

from bot.understanding.danger import find_danger
from bot.understanding.danger_said import DangerKind
from voice.call_events import Emergency

_KINDS: dict[DangerKind, Emergency | None] = {
    "violence": "police",
    "child": "police",
    "self_harm": "mind",
    "medical": "ambulance",
    "fire": "fire",
    "trapped": "police",
    "harm": "calm",
    "done": "ambulance",
    "missing": "police",
    "fraud": "fraud",
    "assault": "assault",
    "detention": None,  # it wants a lawyer, whom the engine calls, and no emergency number
}


def emergency_in(text: str) -> Emergency | None:
    """The emergency that somebody tells of who is in it now."""
    danger = find_danger(text)
    return None if danger is None else _KINDS[danger.kind]
