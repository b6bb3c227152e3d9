"""What is known of a telephone call, and where the talk in it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.message import Message, State

VOICE = "voice"
"""The channel of telephone calls."""
End = Literal["advised", "transferred", "message", "call_back", "hung_up", "lost"]
"""What came of a call; "lost": the process that carried it died."""
ENDS: dict[str, str] = {
    "": "正在通话",
    "advised": "自动接听，已答复",
    "transferred": "已转给工作人员",
    "message": "留了言",
    "call_back": "约了回电",
    "hung_up": "来电人挂断",
    "lost": "系统故障中断",
}
"""Each end and its name."""
Reach = Literal["sms", "wechat", ""]
"""By what a caller can be sent something to read."""
_ABROAD = re.compile(r"^(?:\+|00)86")
_TRUNK = re.compile(r"^0(?=1[3-9]\d{9}$)")
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call that was answered just now."""

    id: str
    """The telephone's, and no other call's."""
    transport: str
    caller: str = ""
    called: str = ""
    reference: str = ""
    """What the exchange calls it."""

    @property
    def number(self) -> str:
        """The caller's as it is dialled here."""
        return plain_number(self.caller)


@dataclass(frozen=True, slots=True)
class Begun:
    """A call's one conversation and matter."""

    conversation: str
    matter: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the talk of a call stands."""

    state: State
    matter: str
    seat: int | None
    extension: str
    """Where the seat that has taken it is called."""
    last: int
    """Sequence number of the newest message."""
    read: int
    """Up to which the seat has it on the screen."""
    kind: str
    """Of the handoff that goes on; "" for none."""
    reason: str
    """Why a person is wanted, for the seat."""
    urgent: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A call that goes on in the chat."""

    messages: tuple[Message, ...]
    """What the chat was told."""
    state: State
    """Of the chat."""
    matter: str
    """Of both."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the calls."""

    id: str
    transport: str
    caller: str
    called: str
    reference: str
    started: datetime
    ended: datetime | None
    outcome: str
    conversation: str
    matter: str
    recordings: tuple[str, ...]


def plain_number(raw: str) -> str:
    """Without the prefix of the country, and without the 0 that is dialled before mobiles of other provinces."""
    return _TRUNK.sub("", _ABROAD.sub("", re.sub(r"[\s-]", "", raw)))


def is_mobile(number: str) -> bool:
    """Whether a plain number is one person's own telephone, which also takes texts."""
    return _MOBILE.fullmatch(number) is not None
