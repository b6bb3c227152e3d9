"""Text messages to telephones: the seam to whoever sends them, and a file that takes them where nobody does."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Literal, Protocol

from bot.clock import Clock

SmsKind = Literal["matter", "opinion", "appointment", "letter"]
SIGNATURE = "【法线】"
"""What every text begins with: providers want to know who writes."""


class SmsFailed(Exception):
    """The provider did not take it; the message says why (Simplified Chinese), without what the text says.

    `final`: trying again is of no use, as with a number that does not exist.
    """

    def __init__(self, text: str, *, final: bool = False) -> None:
        super().__init__(text)
        self.final = final


class SmsProvider(Protocol):
    """Whoever can bring a text to a telephone."""

    async def send(self, number: str, text: str, key: str) -> None:
        """Send it; `key` is the same each time it is tried, for providers that count twice as once.

        Raises SmsFailed.
        """
        ...


class SmsFile:
    """Writes texts to a file, one JSON object a line, for somebody to send or only to see that it works."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    async def send(self, number: str, text: str, key: str) -> None:
        """One more line."""
        at = self._clock.now().isoformat(timespec="seconds")
        line = json.dumps({"at": at, "number": number, "text": text, "key": key}, ensure_ascii=False)
        await asyncio.to_thread(self._append, line)

    def _append(self, line: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
