"""What somebody who waits needs: read once, when the conversation comes to the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.desk.queues.help import Help, as_help, help_of
from bot.desk.queues.place import read_place
from bot.desk.queues.stakes import read_stakes
from bot.desk.queues.urgency import read_urgency
from bot.desk.seat import Tier
from bot.dialogue.engine import Handoff
from bot.understanding.feelings import read_feeling
from bot.understanding.language import read_language

COMPLEX_FINDINGS = 4
"""Findings from which on a consultation is no plain one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a conversation that comes to the desk."""

    said: tuple[str, ...]
    """The citizen's messages, oldest first."""
    topic: str = ""
    area: str = ""
    summary: Mapping[str, Any] = field(default_factory=dict)
    region: str = ""
    """As known before."""

    def with_reply(self, topic: str, area: str, summary: Mapping[str, Any]) -> Told:
        """With what the newest reply adds, which is not stored yet."""
        return replace(self, topic=topic or self.topic, area=area or self.area, summary=summary or self.summary)


@dataclass(frozen=True, slots=True)
class Need:
    """Whom it takes to help."""

    help: Help
    area: str = ""
    region: str = ""
    language: str = "zh"
    mood: str = ""
    tier: Tier = "general"
    priority: int = 2
    """0 urgent, 1 high, 2 normal."""
    reasons: tuple[str, ...] = ()
    """Why it comes before others, and why the tier, for the seat (Simplified Chinese)."""


def read_need(handoff: Handoff, told: Told, today: date, high_stakes: int) -> Need:
    """What the engine said of it counts; the rest is read from the citizen's own words and the facts.

    `high_stakes`: yuan from which on an expert is wanted.
    """
    stakes = read_stakes(told.said, told.summary, high_stakes)
    priority, reasons = read_urgency(handoff, told.said, told.area, told.summary, today)
    return Need(
        help=as_help(handoff.help) or help_of(told.topic, handoff.kind),
        area=told.area,
        region=handoff.region or read_place(told.said) or told.region,
        language=handoff.language or read_language(told.said),
        mood=handoff.mood or _mood(told.said),
        tier=_tier(stakes, handoff, told),
        priority=priority,
        reasons=tuple(dict.fromkeys((*reasons, *stakes, *handoff.reasons))),
    )


def _tier(stakes: Sequence[str], handoff: Handoff, told: Told) -> Tier:
    if stakes:
        return "expert"
    findings = told.summary.get("findings") or ()
    special = handoff.kind in ("rule", "deadline") or len(findings) >= COMPLEX_FINDINGS
    return "professional" if told.area or special else "general"


def _mood(said: Sequence[str]) -> str:
    """The newest feeling told; "" for none."""
    return next((feeling for text in reversed(said) if (feeling := read_feeling(text)) is not None), "")
