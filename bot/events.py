"""What has just happened, told to whoever shows it live; losing an event loses nothing that is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.message import Message, State


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, published after it was committed."""

    kind: Literal["message", "state", "typing", "read", "desk", "notice"]
    """"desk" is for staff only: something about a conversation or list that a desk page shows has changed; "notice" is
    for the one seat in `staff`."""
    conversation: str
    """"" where it is about none."""
    message: Message | None = None
    """Of kind "message"."""
    state: State | None = None
    """Of kind "state"."""
    matter: str = ""
    """Of kind "state": number of the conversation's matter, if it has one by now."""
    who: Literal["bot", "staff", "citizen"] | None = None
    """Of kinds "typing" and "read"."""
    staff: int | None = None
    """The one seat that is to hear of it; None for all who watch."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Of kinds "read", "desk" and "notice": plain JSON; of "desk", "what" names what changed."""


Publish = Callable[[Event], None]
"""Takes an event without blocking and never raises."""
