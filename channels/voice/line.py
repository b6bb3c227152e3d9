"""What the telephone's answering keeps in mind of one call, beside what is in the store."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.calls.call import Begun, plain_number
from voice.media import Call


@dataclass(slots=True)
class Line:
    """One call."""

    call: Call
    begun: Begun | None = None
    turns: int = 0
    """Questions asked so far."""
    words: int = 0
    """Utterances kept so far that needed no answer."""
    claimed: int = 0
    """Sequence number of the message with which a seat took the call."""
    wanted: bool = False
    """A person is wanted, and none has taken the call."""
    urgent: bool = False
    nobody: bool = False
    """Nobody was there to come."""
    promised: datetime | None = None
    """By when a call was promised; None for the end of the next working day."""
    owed: bool = False
    """A call-back is written down."""
    chatting: bool = False
    """It goes on in the chat of the page."""
    again: bool = False
    """They said that they called before and the line broke."""
    angry: bool = False
    """They said that they are not satisfied."""
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def number(self) -> str:
        """The caller's, as it is dialled; "" where it is withheld."""
        return plain_number(self.call.caller)
