"""Who calls whom, from an INVITE."""

from __future__ import annotations

from voice.telephony.sip.address import Address, Uri
from voice.telephony.sip.message import Malformed, Message


def parties(invite: Message, trusted: bool) -> tuple[str, str]:
    """The caller's number and the one dialled, each empty where none is told.

    What a `trusted` network asserts of its caller counts more than what the phone says.
    """
    asserted = [value for name, value in invite.headers if name == "p-asserted-identity"] if trusted else []
    callers = (_number(value) for value in (*asserted, invite.get("from")))
    try:
        dialled = Uri.decode(invite.uri).number
    except Malformed:
        dialled = ""
    return next((number for number in callers if number), ""), dialled or _number(invite.get("to"))


def _number(text: str) -> str:
    try:
        return Address.decode(text).uri.number
    except Malformed:
        return ""
