"""What came from a citizen by Weibo, as its JSON says it."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LARGEST = 64 * 1024
"""Bytes of one callback; a private message has a few hundred."""
KINDS = frozenset({"text", "position", "voice", "image", "event", "mention"})
_ID = re.compile(r"[0-9]{1,20}", re.ASCII)
_AT = "%a %b %d %H:%M:%S %z %Y"


class BadCallback(ValueError):
    """Not what Weibo sends."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message or event."""

    kind: str
    """text | position | voice | image | mention | other, or the subtype of an event with "event:" before it."""
    citizen: str
    """Number of the citizen's account."""
    account: str
    key: str
    """The same for each of Weibo's tries."""
    text: str = ""
    """What was written; of a click on the menu or a scan its key."""
    media: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Of a position: "latitude", "longitude"."""


def read(body: bytes) -> Received:
    """The message in a callback. Raises BadCallback."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise BadCallback("no JSON") from None
    if not isinstance(told, dict):
        raise BadCallback("no object")
    kind, data = told.get("type"), told.get("data") or {}
    if not isinstance(kind, str) or not isinstance(data, dict):
        raise BadCallback("no message")
    citizen, account = _number(told.get("sender_id")), _number(told.get("receiver_id"))
    key = _key(citizen, told)
    if kind == "event":
        subtype = re.sub("[^a-z_]", "", str(data.get("subtype", "")).lower())[:40]
        return Received(f"event:{subtype}", citizen, account, key, _words(data.get("key")))
    known = kind if kind in KINDS else "other"
    place = {name: _degrees(data.get(name)) for name in ("latitude", "longitude")} if kind == "position" else {}
    return Received(known, citizen, account, key, _words(told.get("text")), _media(data), place)


def _key(citizen: str, told: Mapping[str, Any]) -> str:
    """Weibo gives messages no number, and says to tell them apart by sender and second. Two messages of one second are
    two: what they say counts as well, and is the same in every try."""
    try:
        at = str(int(datetime.strptime(str(told.get("created_at")), _AT).timestamp()))
    except (ValueError, OverflowError):
        raise BadCallback("no time") from None
    what = json.dumps([told.get("type"), told.get("text"), told.get("data")], sort_keys=True)
    return f"{citizen}.{at}.{hashlib.sha256(what.encode()).hexdigest()[:16]}"


def _number(raw: object) -> str:
    found = str(raw) if isinstance(raw, (int, str)) and not isinstance(raw, bool) else ""
    if not _ID.fullmatch(found):
        raise BadCallback("from or to nobody")
    return found


def _words(raw: object) -> str:
    return raw if isinstance(raw, str) else ""


def _media(data: Mapping[str, Any]) -> str:
    """The receiver's number of a file; the sender's is of no use to us."""
    found = str(data.get("tovfid", ""))
    return found if _ID.fullmatch(found) else ""


def _degrees(raw: object) -> float:
    try:
        found = float(str(raw))
    except ValueError:
        raise BadCallback("no place") from None
    if not math.isfinite(found) or abs(found) > 180:
        raise BadCallback("no place on earth")
    return found
