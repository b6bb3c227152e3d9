"""What staff tell each other about a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

NoteKind = Literal["note", "whisper", "transfer", "consult", "answer", "override"]
"""note: to all; whisper: a supervisor to the holder; transfer: why it changed hands; consult: a question to
supervisors; answer: to one; override: why a reply went out in spite of its warnings."""
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Note:
    """One note. No citizen ever sees it."""

    id: int
    matter: str
    conversation: str
    kind: NoteKind
    text: str
    at: datetime
    seat: int
    author: str
    """What the seat is called."""
    to: int | None
    """The seat it is for; None for all."""
    to_name: str
    reply_to: int | None
    """Of kind "answer": the question."""


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be kept."""

    kind: NoteKind
    text: str
    key: str
    """The client's id: the same note again is kept once."""
    reply_to: int | None = None
    to: int | None = None
