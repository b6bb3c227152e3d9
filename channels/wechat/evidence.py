"""What citizens send besides words, on its way to the matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.desk.work.files import Files
from channels.wechat.saying import Saying


class Evidence(Protocol):
    """Takes it, and asks the citizen what they want done with it."""

    async def offer(
        self, citizen: str, key: str, kind: str, name: str, content: bytes | None, data: Mapping[str, Any]
    ) -> None:
        """A file, or a location or link in `data`; the same key again is once.

        Raises BadMessage for what is not taken; its text is for the citizen.
        """
        ...


class FilesAsEvidence:
    """Files go to the person who has the conversation."""

    def __init__(self, files: Files, saying: Saying) -> None:
        self._files = files
        self._saying = saying

    async def offer(
        self, citizen: str, key: str, kind: str, name: str, content: bytes | None, data: Mapping[str, Any]
    ) -> None:
        """As the protocol says."""
        if content is None:
            said = f"{data.get('title', '')} {data.get('url', '')}".strip() if kind == "link" else data.get("label", "")
            await self._saying.hear(citizen, key, str(said) or kind)
            return
        conversation = await self._saying.conversation(citizen)
        await self._files.receive(conversation.id, key, name or kind, content)
