"""Files that come in pieces, over connections that break: what has arrived stays, and the rest follows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.desk.work.files import Files
from bot.evidence import Evidence
from bot.message import BadMessage, Message, check_message_id

LIFE = timedelta(hours=24)
MOST_AT_ONCE = 5
"""Of one conversation, not yet whole."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Arriving:
    """One file on its way."""

    id: str
    conversation: str
    message_id: str
    name: str
    size: int
    received: int
    expires_at: datetime

    @property
    def whole(self) -> bool:
        """Whether all of it is here."""
        return self.received == self.size


class UploadRecords(Protocol):
    """Where pieces are kept; every method is one transaction."""

    async def begin(self, arriving: Arriving, most: int, now: datetime) -> Arriving | None:
        """Kept, or the one of the same message id; None where `most` of the conversation are under way."""
        ...

    async def find(self, id: str, conversation: str, now: datetime) -> Arriving | None: ...

    async def append(self, id: str, start: int, content: bytes) -> bool:
        """False where the file has not come just so far."""
        ...

    async def content(self, id: str) -> bytes:
        """All pieces, joined; b"" once they are cleared."""
        ...

    async def clear(self, id: str) -> None:
        """The pieces are needed no more; that the file has come stays known for a while."""
        ...

    async def drop(self, id: str) -> None:
        """Forget it."""
        ...


class Uploads:
    """Takes pieces, and hands over what is whole."""

    def __init__(self, records: UploadRecords, files: Files, evidence: Evidence, clock: Clock) -> None:
        self._records = records
        self._files = files
        self._evidence = evidence
        self._clock = clock
        self.largest = files.largest

    async def begin(self, conversation: str, message_id: str, name: str, size: int) -> Arriving:
        """Get ready for a file; the same message id again is the same file. Raises BadMessage."""
        check_message_id(message_id)
        if not name or len(name) > LONGEST_NAME:
            raise BadMessage("bad_file_name", f"文件名不能为空，且不超过 {LONGEST_NAME} 字。")
        if size < 1:
            raise BadMessage("empty_file", "文件是空的。")
        if size > self.largest:
            raise BadMessage("file_too_large", f"文件太大了，请不要超过 {self.largest // 1024 // 1024} MB。")
        now = self._clock.now()
        wanted = Arriving(secrets.token_hex(16), conversation, message_id, name, size, 0, now + LIFE)
        found = await self._records.begin(wanted, MOST_AT_ONCE, now)
        if found is None:
            raise BadMessage("too_many_uploads", f"同时最多传 {MOST_AT_ONCE} 个文件，请先传完前面的。")
        if (found.name, found.size) != (name, size):
            raise BadMessage("message_id_reused", "这个 message_id 已经用于另一个文件，请换一个新的。")
        return found

    async def find(self, id: str, conversation: str) -> Arriving | None:
        """One of this conversation, handed over if a crash has kept that from happening. Raises BadMessage."""
        found = await self._records.find(id, conversation, self._clock.now())
        if found is not None and found.whole:
            await self.finish(found)
        return found

    async def append(self, arriving: Arriving, start: int, content: bytes) -> bool:
        """One more piece; False where another has come in its place."""
        return await self._records.append(arriving.id, start, content)

    async def finish(self, arriving: Arriving) -> Message | None:
        """Hand over a file that is whole: to the person who is there or asked for, whose message is given back, else
        as evidence about which the citizen is asked. Raises BadMessage for what is not taken, and forgets it."""
        content = await self._records.content(arriving.id)
        if not content:
            return None
        try:
            message = await self._hand_over(arriving, content)
        except BadMessage:
            await self._records.drop(arriving.id)
            raise
        await self._records.clear(arriving.id)
        return message

    async def drop(self, arriving: Arriving) -> None:
        """The citizen does not want to send it after all."""
        await self._records.drop(arriving.id)

    async def _hand_over(self, arriving: Arriving, content: bytes) -> Message | None:
        which, message_id = arriving.conversation, arriving.message_id
        try:
            return await self._files.receive(which, message_id, arriving.name, content)
        except BadMessage as refused:
            if refused.code != "no_person":
                raise
        await self._evidence.offer(which, f"{which}/{message_id}", "file", content, name=arriving.name)
        return None
