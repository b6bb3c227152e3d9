"""What has just happened, told to whoever shows it live; losing an event loses nothing that is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.message import Message, State


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a conversation, published after it was committed."""

    kind: Literal["message", "state", "typing"]
    conversation: str
    message: Message | None = None
    """Of kind "message"."""
    state: State | None = None
    """Of kind "state"."""
    matter: str = ""
    """Of kind "state": number of the conversation's matter, if it has one by now."""
    who: Literal["bot", "staff", "citizen"] | None = None
    """Of kind "typing"."""


Publish = Callable[[Event], None]
"""Takes an event without blocking and never raises."""
