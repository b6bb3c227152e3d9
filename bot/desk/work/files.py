"""Files both ways: taken by what they are, sent as a message, opened only by those whom the conversation concerns."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.desk.desk import Desk
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.desk.work.file import File, Upload
from bot.desk.work.media import TAKEN, named, sniff
from bot.events import Event, Publish
from bot.message import BadMessage, Message, check_message_id

PAGE = 50
"""Files of a list shown at once."""
MOST_PAGES = 200
MOST_OF_CITIZEN = 50
"""Files that a citizen may send in one conversation."""


class FileRecords(Protocol):
    """Their storage. Row, content, message and audit row are one transaction; the same message id again is once."""

    async def send(self, conversation: str, seat: Seat, upload: Upload, now: datetime) -> Message | None:
        """From the seat that holds the conversation; None when it does not."""
        ...

    async def receive(self, conversation: str, upload: Upload, most: int, now: datetime) -> Message | None:
        """From the citizen, while a person is asked for or there; None otherwise. Raises BadMessage beyond `most`."""
        ...

    async def of(self, conversation: str, seat: Seat) -> Sequence[File] | None:
        """Of the conversation's matter, oldest first; None when the conversation is not the seat's to see."""
        ...

    async def found(self, name: str, seat: Seat, skip: int, limit: int) -> Sequence[File]:
        """Of all matters of the seat's regions whose name has `name` in it, the newest first."""
        ...

    async def content(self, id: str, seat: Seat, now: datetime) -> tuple[File, bytes] | None:
        """One for a seat, the download noted; None when it is not the seat's to see."""
        ...

    async def citizens(self, id: str, conversation: str) -> tuple[File, bytes] | None:
        """One of this conversation, for its citizen."""
        ...


class Files:
    """What comes and goes. Nothing is looked at for viruses: only kinds that run nothing by themselves are taken, and
    they are given out to be saved, never opened in a page."""

    def __init__(self, records: FileRecords, desk: Desk, clock: Clock, publish: Publish, *, largest: int) -> None:
        self._records = records
        self._desk = desk
        self._clock = clock
        self._publish = publish
        self.largest = largest

    async def send(self, conversation: str, seat: Seat, message_id: str, name: str, content: bytes) -> Message:
        """From the seat to the citizen. Raises Refused unless it holds the conversation, and BadMessage."""
        upload = await self._checked(message_id, name, content)
        message = await self._records.send(conversation, seat, upload, self._clock.now())
        if message is None:
            raise await self._desk.why(conversation, seat)
        self._tell(message)
        return message

    async def receive(self, conversation: str, message_id: str, name: str, content: bytes) -> Message:
        """From the citizen. Raises BadMessage, also while no person is asked for: the machine reads no files."""
        upload = await self._checked(message_id, name, content)
        message = await self._records.receive(conversation, upload, MOST_OF_CITIZEN, self._clock.now())
        if message is None:
            raise BadMessage("no_person", "转人工以后才能发文件。")
        self._tell(message)
        return message

    async def of(self, conversation: str, seat: Seat) -> Sequence[File]:
        """All of the matter. Raises Refused for a conversation that is not the seat's to see."""
        found = await self._records.of(conversation, seat)
        if found is None:
            raise Refused("unknown_conversation", "没有这个会话，或者它没有转到人工。")
        return found

    async def found(self, name: str, seat: Seat, page: int) -> tuple[Sequence[File], bool]:
        """That page, from 1, of all files whose name has `name` in it, the newest first; whether there are more."""
        page = min(max(page, 1), MOST_PAGES)
        found = await self._records.found(name.strip(), seat, (page - 1) * PAGE, PAGE + 1)
        return found[:PAGE], len(found) > PAGE and page < MOST_PAGES

    async def content(self, id: str, seat: Seat) -> tuple[File, bytes] | None:
        """One for a seat; noted."""
        return await self._records.content(id, seat, self._clock.now())

    async def citizens(self, id: str, conversation: str) -> tuple[File, bytes] | None:
        """One for the citizen of its conversation."""
        return await self._records.citizens(id, conversation)

    async def _checked(self, message_id: str, name: str, content: bytes) -> Upload:
        check_message_id(message_id)
        if not content:
            raise BadMessage("empty_file", "文件是空的。")
        if len(content) > self.largest:
            raise BadMessage("file_too_large", f"文件太大了，请不要超过 {self.largest // 1024 // 1024} MB。")
        media = await asyncio.to_thread(sniff, content)
        if media is None:
            raise BadMessage("bad_file_kind", f"收不了这种文件。可以发：{TAKEN}。")
        mark = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        return Upload(secrets.token_hex(16), message_id, named(name, media), media.type, mark, content)

    def _tell(self, message: Message) -> None:
        self._publish(Event("message", message.conversation, message=message))
        self._publish(Event("desk", message.conversation, data={"what": "file"}))
