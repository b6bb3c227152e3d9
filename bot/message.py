"""Messages as the service keeps them, whatever channel they came by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.dialogue.engine import Part

Sender = Literal["citizen", "bot", "staff", "system"]
State = Literal["bot", "waiting", "human", "closed"]

# NUL and the other C0 controls mean nothing in a message, and PostgreSQL refuses NUL; tab and newline stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class BadMessage(ValueError):
    """A message that is refused; `code` for programs, `text` (Simplified Chinese) for the citizen."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message of a citizen as a channel hands it over."""

    channel: str
    conversation: str
    message_id: str
    """The client's or provider's id; the same id again is the same message."""
    text: str
    key: str = ""
    """Provider-wide unique id; empty where the client chooses ids, which then only count in its conversation."""
    said: str = ""
    """What the citizen wrote, where `text` is the choice that it names."""
    how: Mapping[str, Any] = field(default_factory=dict)
    """What the desk is shown of how it came, as that it was spoken; plain JSON, kept with the message."""

    @property
    def unique_key(self) -> str:
        """What (channel, key) is unique by; scoped so that no client can guess its way to another's replies."""
        return self.key or f"{self.conversation}/{self.message_id}"


@dataclass(frozen=True, slots=True)
class Message:
    """One stored message. `seq` counts from 1 within the conversation, without gaps."""

    conversation: str
    seq: int
    sender: Sender
    message_id: str
    at: datetime
    parts: tuple[Part, ...]
    channel: str

    @property
    def text(self) -> str:
        """The text of all parts, one a line."""
        return "\n".join(part.text for part in self.parts if part.text)


def clean_text(raw: str, limit: int) -> str:
    """`raw` without control characters and broken surrogates, trimmed.

    Raises BadMessage when nothing is left or more than `limit` characters are.
    """
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", raw)).strip()
    if not text:
        raise BadMessage("empty_text", "消息是空的，请写下您想问的事情。")
    if len(text) > limit:
        raise BadMessage("text_too_long", f"这条消息太长了（{len(text)} 字），请分成几条发，每条不超过 {limit} 字。")
    return text


def check_message_id(raw: str) -> str:
    """`raw` if it can serve as a message id.

    Raises BadMessage otherwise.
    """
    if not _MESSAGE_ID.fullmatch(raw):
        raise BadMessage("bad_message_id", "message_id 应为 1 至 64 位的字母、数字或 . _ : -。")
    return raw


def parts_to_json(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Parts as plain JSON, as they are stored and sent."""
    return [
        {"kind": part.kind, "text": part.text, "choices": list(part.choices), "data": dict(part.data)} for part in parts
    ]


def parts_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The inverse of `parts_to_json`."""
    return tuple(Part(item["kind"], item["text"], tuple(item["choices"]), item["data"]) for item in stored)
