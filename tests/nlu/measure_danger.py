"""Measures how many of those who are in danger are heard, and how many of those who are not are alarmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.rasa.context import Meaning
from bot.rasa.danger_heard import perhaps_danger
from bot.rasa.ranking import Ranking
from bot.rasa.taught import NO_DANGER

MESSAGES = Path(__file__).resolve().parent / "dangers.tsv"
"""Kind of danger and message, a line each; nothing was taught by them and no pattern was written from them."""


def dangers(decide: Callable[[str], Meaning], read: Callable[[str], Ranking]) -> dict[str, Any]:
    """Shares of first messages: heard (a person comes), cared for (that, or a line of help), and of harmless ones."""
    counted: Counter[str] = Counter()
    missed, alarmed, missed_kinds = [], [], Counter[str]()
    for row in MESSAGES.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        kind, text = row.split("\t")
        heard = decide(text).intent == "danger"
        cared = heard or perhaps_danger(text, read(text)) is not None
        of = "harmless" if kind == NO_DANGER else "danger"
        counted[of] += 1
        counted[f"{of}_heard"] += heard
        counted[f"{of}_cared_for"] += cared
        if of == "danger" and not heard:
            missed.append(text)
            missed_kinds[kind] += 1
        if of == "harmless" and heard:
            alarmed.append(text)
    return {
        "messages": counted["danger"],
        "heard": round(counted["danger_heard"] / counted["danger"], 4),
        "heard_or_cared_for": round(counted["danger_cared_for"] / counted["danger"], 4),
        "harmless": counted["harmless"],
        "harmless_alarmed": round(counted["harmless_heard"] / counted["harmless"], 4),
        "harmless_cared_for": round(counted["harmless_cared_for"] / counted["harmless"], 4),
        "missed_kinds": dict(missed_kinds.most_common()),
        "missed": missed,
        "alarmed": alarmed,
    }
