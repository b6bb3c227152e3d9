"""What came from a citizen by the provider, whatever way it was wrapped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wechatpy.events import EVENT_TYPES, BaseEvent
from wechatpy.messages import MESSAGE_TYPES, BaseMessage, UnknownMessage

from channels.wechat.xml import BadXml, Fields

_OPENID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_SCENE = "qrscene_"


@dataclass(frozen=True, slots=True)
class Received:
    """One message or event."""

    kind: str
    """text | image | voice | video | shortvideo | location | link | file | other, or the name of an event in lower
    case with "event:" before it."""
    citizen: str
    """The openid: who they are at this account."""
    account: str
    at: int
    """Seconds since 1970, by the provider's clock."""
    key: str
    """The same for each of the provider's tries."""
    text: str = ""
    """What was written, or heard by the provider; of an event its key."""
    media: str = ""
    """By which the provider gives the file out."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What else there is: "format", "name", "url", "title", "latitude", "longitude", "label", "scene", "templates"."""

    @property
    def is_event(self) -> bool:
        """Something happened; nothing was said."""
        return self.kind.startswith("event:")


def read(fields: Fields) -> Received:
    """The message in these fields. Raises BadXml when they are no message."""
    flat = {name: value for name, value in fields.items() if isinstance(value, str)}
    kind = flat.get("MsgType", "").lower()
    try:
        if kind == "event":
            return _event(fields, flat)
        made = MESSAGE_TYPES.get(kind, UnknownMessage)({**fields})
        citizen = _citizen(made)
        number = flat.get("MsgId", "")
        if not re.fullmatch("[0-9]{1,30}", number):
            raise BadXml("no message id")
        known = kind if kind in _READ else "other"
        text, media, data = _READ[known](made, flat)
        return Received(known, citizen, flat.get("ToUserName", ""), int(made.time), number, text, media, data)
    except (TypeError, ValueError, OverflowError):
        raise BadXml("not a message") from None


def _citizen(made: BaseMessage) -> str:
    citizen = str(made.source or "")
    if not _OPENID.fullmatch(citizen):
        raise BadXml("from nobody")
    return citizen


def _event(fields: Fields, flat: Mapping[str, str]) -> Received:
    name = re.sub("[^a-z_]", "", flat.get("Event", "").lower())[:40]
    made = EVENT_TYPES.get(name, BaseEvent)({**fields})
    citizen, at, said = _citizen(made), int(made.time), flat.get("EventKey", "")
    data: dict[str, Any] = {}
    if name == "location":
        data = {"latitude": float(made.latitude), "longitude": float(made.longitude)}
    elif name == "scan" or (name == "subscribe" and said.startswith(_SCENE)):
        data = {"scene": said.removeprefix(_SCENE)}
    elif name.startswith("subscribe_msg_"):
        data = {"templates": _templates(fields)}
    key = f"{citizen}.{at}.{name}"
    if not _ID.fullmatch(key):
        key = hashlib.sha256(key.encode()).hexdigest()
    return Received(f"event:{name}", citizen, flat.get("ToUserName", ""), at, key, said, "", data)


def _templates(fields: Fields) -> list[dict[str, str]]:
    """What the citizen did to messages they can subscribe to, or what became of one."""
    found: list[dict[str, str]] = []
    for name in ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"):
        inside = fields.get(name)
        rows = inside.get("List", []) if isinstance(inside, dict) else []
        found += [row for row in (rows if isinstance(rows, list) else [rows]) if isinstance(row, dict)]
    return found


def _text(_made: Any, flat: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    return flat.get("Content", ""), "", {}


def _media(made: Any, flat: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    data = {"format": flat.get("Format", "").lower(), "name": flat.get("Title", "")}
    return flat.get("Recognition", "").strip(), str(getattr(made, "media_id", "") or flat.get("MediaId", "")), data


def _place(made: Any, flat: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    where = {"latitude": float(made.location_x), "longitude": float(made.location_y)}
    return "", "", {**where, "label": flat.get("Label", "")}


def _link(made: Any, _flat: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    return "", "", {"title": made.title or "", "url": made.url or "", "text": made.description or ""}


def _other(_made: Any, _flat: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    return "", "", {}


_READ = {
    "text": _text,
    **dict.fromkeys(("image", "voice", "video", "shortvideo", "file"), _media),
    "location": _place,
    "link": _link,
    "other": _other,
}
