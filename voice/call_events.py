"""What can happen in a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Emergency = Literal["police", "ambulance", "fire", "mind", "calm", "fraud", "assault"]


@dataclass(frozen=True, slots=True)
class Answered:
    """The line is open."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The caller speaks: real speech, no cough, no 嗯, not our own echo."""


@dataclass(frozen=True, slots=True)
class Words:
    """The caller's turn is over and this was said."""

    text: str
    emergency: Emergency | None = None
    """What whoever knows danger when he hears it makes of the words."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """One key."""

    key: str


@dataclass(frozen=True, slots=True)
class Due:
    """The time that the call asked for has come."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentence of that number was said to its end."""

    number: int


@dataclass(frozen=True, slots=True)
class Replied:
    """The engine's answer to the question of that number."""

    number: int
    text: str
    person: bool = False
    """The engine wants a person to take over."""
    done: bool = False
    """Nothing is left to ask or to say."""
    emergency: Emergency | None = None
    rest: tuple[str, ...] = ()
    """Sentences that are left to say to who asks for them."""


@dataclass(frozen=True, slots=True)
class Position:
    """So many wait before the caller."""

    place: int


@dataclass(frozen=True, slots=True)
class SeatTook:
    """A person takes the caller and is reached at `target`."""

    seat: str
    target: str


@dataclass(frozen=True, slots=True)
class NoSeat:
    """Nobody can come; someone will call back by then, in words that follow 在."""

    promise: str


@dataclass(frozen=True, slots=True)
class Briefed:
    """The summary is on that seat's screen."""

    seat: str


@dataclass(frozen=True, slots=True)
class Transferred:
    """Whether the seat's telephone took the caller."""

    taken: bool


@dataclass(frozen=True, slots=True)
class RecognizerLost:
    """Hearing broke down; another recogniser went on, or none."""

    replaced: bool


@dataclass(frozen=True, slots=True)
class EngineLost:
    """No answer will come."""


@dataclass(frozen=True, slots=True)
class InChat:
    """A person goes on in the chat of the page that calls."""

    here: bool
    """Somebody is there to come; else the chat says when."""


@dataclass(frozen=True, slots=True)
class NoChat:
    """There is no chat to go on in."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller is gone."""


Event = (
    Answered
    | SpeechStarted
    | Words
    | Pressed
    | Due
    | Spoken
    | Replied
    | Position
    | SeatTook
    | NoSeat
    | Briefed
    | Transferred
    | RecognizerLost
    | EngineLost
    | InChat
    | NoChat
    | HungUp
)
