"""Addresses that open one paper or file for some days, for channels that can only send words."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Literal

from bot.clock import Clock
from bot.dialogue.engine import Part
from bot.message import Message

PATH = "/channels/link/"
_TOKEN = re.compile(r"(?P<what>[of])-(?P<subject>[0-9a-f-]{13,65})-(?P<ends>\d{10})-(?P<seal>[0-9a-f]{32})")
_MATTER = re.compile(r"\d{8}-\d{4,7}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What an address opens."""

    what: Literal["opinion", "file"]
    matter: str = ""
    file: str = ""
    conversation: str = ""


class PaperLinks:
    """Makes and reads them. Every process with the same key makes the same, and none is kept."""

    def __init__(self, public_url: str, key: bytes, clock: Clock, *, days: int) -> None:
        self._base = public_url.rstrip("/")
        self._key = hmac.new(key, b"links to papers", hashlib.sha256).digest()
        self._clock = clock
        self._life = days * 86_400

    def __call__(self, message: Message, part: Part) -> str:
        """Of an opinion or a file; "" where the service has no public address."""
        if part.kind == "opinion" and _MATTER.fullmatch(str(part.data.get("matter", ""))):
            return self.opinion(part.data["matter"])
        if part.kind == "file" and "id" in part.data:
            return self._address("f", f"{part.data['id']}-{message.conversation}")
        return ""

    def opinion(self, matter: str) -> str:
        """Of the opinion of a matter; "" where the service has no public address."""
        return self._address("o", matter)

    def read(self, token: str) -> Opened | None:
        """What the token of an address opens; None for one that is not ours or has expired."""
        found = _TOKEN.fullmatch(token)
        if found is None:
            return None
        seal = self._seal(found["what"], found["subject"], found["ends"])
        if not hmac.compare_digest(seal, found["seal"]) or self._clock.now().timestamp() >= int(found["ends"]):
            return None
        if found["what"] == "o":
            return Opened("opinion", matter=found["subject"])
        file, _, conversation = found["subject"].partition("-")
        return Opened("file", file=file, conversation=conversation)

    def _address(self, what: str, subject: str) -> str:
        if not self._base:
            return ""
        ends = str(int(self._clock.now().timestamp()) + self._life)
        return f"{self._base}{PATH}{what}-{subject}-{ends}-{self._seal(what, subject, ends)}"

    def _seal(self, what: str, subject: str, ends: str) -> str:
        told = f"{what}\n{subject}\n{ends}".encode()
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()[:32]
