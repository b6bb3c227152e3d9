"""What is to be done about a call: the answers of the state machine to what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["advised", "transferred", "message", "call_back", "hung_up"]


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """The call's one matter begins."""


@dataclass(frozen=True, slots=True)
class CloseMatter:
    """The call is over, so: what came of it."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Say:
    """Say it; `Spoken` with its number when it was heard to the end."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Be silent at once."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Be silent at once, but keep what is left to say: perhaps the caller only nods."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Say what is left of it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """From now on so fast: 1 is as ever, less is slower."""

    speed: float
    loud: bool = False
    """Also louder than usual."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Words are wanted, or keys alone."""

    words: bool


@dataclass(frozen=True, slots=True)
class Play:
    """A sound that repeats until the next thing is said: music while waiting, or one beep."""

    sound: Literal["music", "beep"]


@dataclass(frozen=True, slots=True)
class Record:
    """Record from here, or stop; `forget` deletes what was recorded."""

    on: bool
    forget: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Give it to the engine; `Replied` with its number, or `EngineLost`."""

    number: int
    text: str
    confirmed: bool
    """False: it holds amounts, dates or names that the caller did not confirm."""


@dataclass(frozen=True, slots=True)
class Note:
    """Keep it with the matter: it was said, and nobody answers it."""

    text: str
    confirmed: bool = True
    """False: it holds amounts, dates or names that the caller did not confirm."""


@dataclass(frozen=True, slots=True)
class JoinQueue:
    """A person is wanted; said again when it becomes urgent."""

    urgent: bool


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """No person is wanted any more."""


@dataclass(frozen=True, slots=True)
class GoToChat:
    """A person is wanted in the chat of the page that calls; then `InChat` or `NoChat`."""

    urgent: bool


@dataclass(frozen=True, slots=True)
class ReleaseSeat:
    """That seat came too late and is free again."""

    seat: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Put the summary on that seat's screen; then `Briefed`."""

    seat: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Ring there; then `Transferred`."""

    target: str


@dataclass(frozen=True, slots=True)
class StartMessage:
    """What is said now is the message; who wants no recording leaves words alone, where somebody writes them down."""

    recorded: bool = True


@dataclass(frozen=True, slots=True)
class KeepMessage:
    """It is complete: keep it, transcribed."""


@dataclass(frozen=True, slots=True)
class CallBack:
    """Someone is to call that number."""

    number: str
    promise: str


@dataclass(frozen=True, slots=True)
class Rated:
    """1 content, 2 so-so, 3 not."""

    score: int


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


Action = (
    OpenMatter
    | CloseMatter
    | Say
    | Stop
    | Pause
    | Resume
    | Pace
    | Listen
    | Play
    | Record
    | Ask
    | Note
    | JoinQueue
    | LeaveQueue
    | GoToChat
    | ReleaseSeat
    | Brief
    | Transfer
    | StartMessage
    | KeepMessage
    | CallBack
    | Rated
    | HangUp
)
