"""Where a call stands."""

from __future__ import annotations

from typing import Literal

State = Literal[
    "new",
    "talking",
    "thinking",
    "checking",
    "waiting",
    "briefing",
    "ringing",
    "moving",
    "moved",
    "message",
    "number",
    "rating",
    "leaving",
    "over",
]
WITH_PEOPLE: tuple[State, ...] = ("waiting", "briefing", "ringing", "moving", "moved")
"""A person is on the way to the caller, or the caller to one."""
