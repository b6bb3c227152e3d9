"""What citizens send besides words: kept as material of the matter once they agree, told by its bytes, else deleted."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from bot.asides import Said, word
from bot.clock import Clock
from bot.desk.work.file import Upload, size_words
from bot.desk.work.files import MOST_OF_CITIZEN
from bot.desk.work.media import TAKEN, named, sniff
from bot.dialogue.engine import Part
from bot.events import Event, Publish
from bot.message import BadMessage, Message
from bot.safe_log import log_round
from bot.understanding.normalise import fold

_LOG = logging.getLogger(__name__)
EvidenceKind = Literal["image", "voice", "video", "location", "link", "file"]
NAMES: dict[EvidenceKind, str] = {
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "location": "位置",
    "link": "链接",
    "file": "文件",
}
KEEP, DROP = "存进材料", "不用存"
ASKED_ANEW = timedelta(minutes=2)
"""Several files in a row are asked about once."""
UNANSWERED = timedelta(hours=24)
"""After that what nobody agreed to is deleted."""
LOOK = 600.0
_KEEPS = re.compile(r"(?:我)?(?:同意)?(?:都)?存(?:进|到|入|起来|下来|着)?(?:材料|事项)?(?:里)?(?:吧|了)?|同意保存")
_DROPS = re.compile(r"(?:都)?(?:不用|不要|不|别|先不)(?:同意)?(?:保)?存(?:了|进材料)?")
LONGEST_LINE = 300


class EvidenceRecords(Protocol):
    """The storage; every method is one transaction."""

    async def receive(self, conversation: str, upload: Upload, most: int, now: datetime) -> Message | None:
        """As a message to the person who is there or asked for; None while it is the machine's."""
        ...

    async def ask(
        self, conversation: str, key: str, kind: EvidenceKind, upload: Upload, question: Part, most: int, now: datetime
    ) -> Message | None:
        """Keep it until the citizen has decided; the question, None where one is open or it came before.

        Raises BadMessage beyond `most`.
        """
        ...

    async def decide(self, conversation: str, message_id: str, keeps: bool, now: datetime) -> tuple[int, str]:
        """What is asked about goes to the matter or is deleted; how many that were, and the matter's number.

        Again for the same message: the same.
        """
        ...

    async def forget(self, before: datetime, now: datetime) -> int:
        """Delete what was asked about before then; how many."""
        ...


class Evidence:
    """Takes it, and is an aside for the answer to the question."""

    def __init__(self, records: EvidenceRecords, clock: Clock, publish: Publish, *, largest: int) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish
        self.largest = largest

    async def offer(
        self,
        conversation: str,
        key: str,
        kind: EvidenceKind,
        content: bytes = b"",
        *,
        name: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """The citizen has sent something; `key` is the provider's id: the same again is the same.

        A location has `data` {"label", "latitude", "longitude"}, a link {"title", "url", "text"}. Raises BadMessage
        for what is not taken; its text is for the citizen.
        """
        content = content or _written(kind, data or {})
        upload = await self._checked(key, kind, name, content)
        now = self._clock.now()
        message = await self._records.receive(conversation, upload, MOST_OF_CITIZEN, now)
        if message is not None:
            self._publish(Event("desk", conversation, data={"what": "file"}))
        else:
            message = await self._records.ask(
                conversation, key, kind, upload, _question(kind, upload), MOST_OF_CITIZEN, now
            )
        if message is not None:
            self._publish(Event("message", conversation, message=message))

    async def answer(self, message: Message) -> Said | None:
        """As `bot.asides.Aside` says."""
        text = re.sub(r"[\s。！!，,.]", "", fold(message.text))
        keeps = bool(_KEEPS.fullmatch(text))
        if not keeps and not _DROPS.fullmatch(text):
            return None
        many, matter = await self._records.decide(message.conversation, message.message_id, keeps, self._clock.now())
        if not many:
            return None
        if not keeps:
            return Said((word("好的，已经删掉，没有保存。"),))
        self._publish(Event("desk", message.conversation, data={"what": "file"}))
        return Said((word(f"好的，{many} 份材料已经存进事项 {matter}，值班人员办理时能看到。原件请您自己留好。"),))

    async def run(self) -> None:
        """Delete what nobody agreed to; cancel to stop."""
        while True:
            try:
                now = self._clock.now()
                await self._records.forget(now - UNANSWERED, now)
            except Exception as error:  # noqa: BLE001 - it must outlive a store that is busy or full
                log_round(_LOG, "what nobody agreed to keep was not deleted, trying again", error)
            await self._clock.sleep(LOOK)

    async def _checked(self, key: str, kind: EvidenceKind, name: str, content: bytes) -> Upload:
        if not content:
            raise BadMessage("empty_file", f"没有收到{NAMES[kind]}的内容，请再发一次。")
        if len(content) > self.largest:
            most = self.largest // 1024 // 1024
            raise BadMessage("file_too_large", f"{NAMES[kind]}太大了，请不要超过 {most} MB。")
        media = await asyncio.to_thread(sniff, content)
        if media is None:
            raise BadMessage("bad_file_kind", f"收不了这种文件。可以发：{TAKEN}。")
        mark = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        message_id = hashlib.sha256(key.encode()).hexdigest()
        kept = named(name or NAMES[kind], media)
        return Upload(secrets.token_hex(16), message_id, kept, media.type, mark, content)


def _question(kind: EvidenceKind, upload: Upload) -> Part:
    about = "" if kind in ("location", "link") else f"（{size_words(len(upload.content))}）"
    said = (
        f"收到您发的{NAMES[kind]}{about}。要存进您的事项，作为材料吗？存了以后，只有办理的工作人员能看到；"
        "不存的话我马上删掉。"
    )
    return word(said, (KEEP, DROP))


def _written(kind: EvidenceKind, data: Mapping[str, Any]) -> bytes:
    """A location or link as a small text file."""
    lines: list[str] = []
    if kind == "location":
        lines = [str(data.get("label") or "位置"), f"纬度 {data.get('latitude', '')}，经度 {data.get('longitude', '')}"]
    elif kind == "link":
        lines = [str(data.get(name) or "") for name in ("title", "url", "text")]
    return "\n".join(line[:LONGEST_LINE] for line in lines if line).encode("utf-8", "replace")
