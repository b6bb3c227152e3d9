"""A document that came or went with a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.engine import Part


@dataclass(frozen=True, slots=True)
class File:
    """What is known of it without its content."""

    id: str
    matter: str
    conversation: str
    name: str
    media_type: str
    size: int
    at: datetime
    sender: str
    """What the seat is called; "" for the citizen's."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One on its way in, checked."""

    id: str
    message_id: str
    name: str
    media_type: str
    sha256: str
    content: bytes

    def part(self) -> Part:
        """What stands for it in the conversation."""
        size = len(self.content)
        data = {"id": self.id, "name": self.name, "size": size, "media_type": self.media_type}
        return Part("file", f"文件：{self.name}（{size_words(size)}）", data=data)


def size_words(size: int) -> str:
    """As people say it: 800 字节, 12 KB, 3.4 MB."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
