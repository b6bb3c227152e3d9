"""Messages as JSON, the same for web sockets, desk pages and the app API."""

from __future__ import annotations

import json
from typing import Any

from bot.message import Message, parts_to_json


def message_json(message: Message) -> dict[str, Any]:
    """One message."""
    return {
        "seq": message.seq,
        "from": message.sender,
        "message_id": message.message_id,
        "at": message.at.isoformat(timespec="milliseconds"),
        "parts": parts_to_json(message.parts),
    }


def frame(kind: str, **fields: Any) -> str:
    """One frame of the socket protocol."""
    return json.dumps({"type": kind, **fields}, ensure_ascii=False, separators=(",", ":"))
