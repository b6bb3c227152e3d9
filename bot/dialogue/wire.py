"""How the gateway and a worker speak: length-prefixed JSON frames holding turns and replies."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.dialogue.engine import Application, Handoff, Part, Recall, Reply, Turn

_LENGTH = struct.Struct(">I")
MOST_BYTES = 4 * 1024 * 1024
"""No turn or reply is near it; a longer frame means the two sides have lost step."""


class WireError(ConnectionError):
    """A frame that cannot be one: the connection is of no more use."""


def pack(message: Mapping[str, Any]) -> bytes:
    """A frame."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _LENGTH.pack(len(body)) + body


def _unpack(body: bytes) -> dict[str, Any]:
    message = json.loads(body.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict):
        raise WireError("a frame held no object")
    return message


def _checked(header: bytes) -> int:
    (length,) = _LENGTH.unpack(header)
    if length > MOST_BYTES:
        raise WireError(f"a frame of {length} bytes was announced")
    return int(length)


async def read_async(reader: asyncio.StreamReader) -> dict[str, Any]:
    """The next frame. Raises ConnectionError when the other side is gone."""
    try:
        return _unpack(await reader.readexactly(_checked(await reader.readexactly(_LENGTH.size))))
    except asyncio.IncompleteReadError as error:
        raise ConnectionError("the connection ended") from error


def read_blocking(connection: socket.socket) -> dict[str, Any] | None:
    """The next frame, None when the other side has closed."""
    header = _exactly(connection, _LENGTH.size)
    if header is None:
        return None
    body = _exactly(connection, _checked(header))
    return None if body is None else _unpack(body)


def _exactly(connection: socket.socket, count: int) -> bytes | None:
    chunks = bytearray()
    while len(chunks) < count:
        chunk = connection.recv(count - len(chunks))
        if not chunk:
            return None
        chunks += chunk
    return bytes(chunks)


def turn_to_json(turn: Turn) -> dict[str, Any]:
    """A turn as plain JSON."""
    return {
        "conversation": turn.conversation,
        "message_id": turn.message_id,
        "text": turn.text,
        "at": turn.at.isoformat(),
        "state": dict(turn.state),
        "matter": turn.matter,
        "staffed": turn.staffed,
        "recalled": None if turn.recalled is None else dict(turn.recalled),
    }


def turn_from_json(data: Mapping[str, Any]) -> Turn:
    """What `turn_to_json` wrote."""
    return Turn(
        conversation=data["conversation"],
        message_id=data["message_id"],
        text=data["text"],
        at=datetime.fromisoformat(data["at"]),
        state=data["state"],
        matter=data["matter"],
        staffed=data["staffed"],
        recalled=data["recalled"],
    )


def application_to_json(application: Application) -> dict[str, Any]:
    """An application as plain JSON."""
    due = application.due
    return {**asdict(application), "due": None if due is None else due.isoformat()}


def application_from_json(data: Mapping[str, Any]) -> Application:
    """What `application_to_json` wrote."""
    due = data["due"]
    return Application(**{**data, "due": None if due is None else date.fromisoformat(due)})


def handoff_to_json(handoff: Handoff) -> dict[str, Any]:
    """A handoff as plain JSON."""
    deadline = handoff.deadline
    return {
        **asdict(handoff),
        "reasons": list(handoff.reasons),
        "deadline": None if deadline is None else deadline.isoformat(),
    }


def handoff_from_json(data: Mapping[str, Any]) -> Handoff:
    """What `handoff_to_json` wrote."""
    deadline = data["deadline"]
    told = {
        "reasons": tuple(data["reasons"]),
        "deadline": None if deadline is None else date.fromisoformat(deadline),
    }
    return Handoff(**{**data, **told})


def _part_to_json(part: Part) -> dict[str, Any]:
    return {"kind": part.kind, "text": part.text, "choices": list(part.choices), "data": dict(part.data)}


def _part_from_json(data: Mapping[str, Any]) -> Part:
    return Part(data["kind"], data["text"], tuple(data["choices"]), data["data"])


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """A reply as plain JSON."""
    handoff = reply.handoff
    return {
        "parts": [_part_to_json(part) for part in reply.parts],
        "state": dict(reply.state),
        "handoff": None if handoff is None else handoff_to_json(handoff),
        "application": None if reply.application is None else application_to_json(reply.application),
        "recall": None if reply.recall is None else asdict(reply.recall),
        "question": None if reply.question is None else _part_to_json(reply.question),
        "tell_matter": reply.tell_matter,
        "topic": reply.topic,
        "area": reply.area,
        "summary": dict(reply.summary),
    }


def reply_from_json(data: Mapping[str, Any]) -> Reply:
    """What `reply_to_json` wrote."""
    handoff = data["handoff"]
    return Reply(
        parts=tuple(_part_from_json(part) for part in data["parts"]),
        state=data["state"],
        handoff=None if handoff is None else handoff_from_json(handoff),
        application=None if data["application"] is None else application_from_json(data["application"]),
        recall=None if data["recall"] is None else Recall(**data["recall"]),
        question=None if data["question"] is None else _part_from_json(data["question"]),
        tell_matter=data["tell_matter"],
        topic=data["topic"],
        area=data["area"],
        summary=data["summary"],
    )
