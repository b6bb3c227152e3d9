"""The first text of a media WebSocket: who calls whom, and how sound comes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from voice.telephony.sip.address import Uri
from voice.telephony.sip.message import Malformed

_RATES = {8000: 8000, 16000: 16000, "8000": 8000, "16000": 16000, "8k": 8000, "16k": 16000}


class Unusable(ValueError):
    """A stream that cannot be a conversation; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Hello:
    """From jambonz with a `callSid`; from FreeSWITCH whatever its dial plan put into the metadata, same names."""

    caller: str = ""
    called: str = ""
    reference: str = ""
    rate: int = 8000
    channels: int = 1
    """2: the caller's sound is the left one."""
    jambonz: bool = False

    @classmethod
    def decode(cls, text: str) -> Hello:
        """Raises Unusable."""
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            told = {}
        if not isinstance(told, dict):
            told = {}
        rate = told.get("sampleRate", 8000)
        if not isinstance(rate, (int, str)) or rate not in _RATES:
            raise Unusable("sampleRate must be 8000 or 16000")
        mix = told.get("mixType", "mono")
        if mix not in ("mono", "stereo"):
            raise Unusable("mixType must be mono: in a mixed stream the bot hears itself")
        return cls(
            caller=_number(told.get("from")),
            called=_number(told.get("to")),
            reference=_text(told.get("callSid") or told.get("callId") or told.get("callid") or told.get("uuid")),
            rate=_RATES[rate],
            channels=2 if mix == "stereo" else 1,
            jambonz="callSid" in told,
        )


def _text(value: Any) -> str:
    return value[:200] if isinstance(value, str) else ""


def _number(value: Any) -> str:
    """A number, bare or within an address."""
    text = _text(value).strip()
    try:
        return Uri.decode(text if ":" in text else f"tel:{text}").number
    except Malformed:
        return ""
