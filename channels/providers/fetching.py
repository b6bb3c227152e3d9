"""Fetches what citizens have sent besides words: voice becomes what they said, the rest evidence."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.evidence import Evidence, EvidenceKind
from bot.message import BadMessage
from bot.safe_log import log_failure, log_round
from bot.store.incoming_media import Arrival
from channels.hearing import words as heard_in
from channels.providers import words
from channels.providers.failures import ApiError, TooLarge
from channels.providers.saying import Saying
from voice.decoding import BadVoice
from voice.recognizer import Recognizer

_LOG = logging.getLogger(__name__)
AT_ONCE = 4
GIVE_UP = 8
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
IDLE_WAIT = 30.0
_KINDS: dict[str, EvidenceKind] = {
    "voice": "voice",
    "image": "image",
    "video": "video",
    "shortvideo": "video",
    "file": "file",
    "location": "location",
    "link": "link",
}
_GONE = frozenset({40007, 41005})
"""There is no such file, or not any more."""


class Arrivals(Protocol):
    """What came, as `bot.store.incoming_media.MediaStore` keeps it."""

    async def begin(self, now: datetime) -> None: ...
    async def take(self, now: datetime, most: int) -> Sequence[Arrival]: ...
    async def done(self, row: int, now: datetime) -> None: ...
    async def lost(self, row: int, now: datetime) -> None: ...
    async def again(self, row: int, at: datetime) -> None: ...
    async def next_due(self) -> datetime | None: ...


class MediaSource(Protocol):
    """Gives files out, as `channels.wechat.official.Official` does."""

    async def media(self, media_id: str, most: int) -> tuple[bytes, str]:
        """Raises ApiError, Unreachable, TooLarge."""
        ...


class Fetching:
    """Runs while the service does."""

    def __init__(
        self,
        arrivals: Arrivals,
        source: MediaSource,
        saying: Saying,
        evidence: Evidence,
        recognizer: Recognizer | None,
        clock: Clock,
        largest: int,
    ) -> None:
        self._arrivals = arrivals
        self._source = source
        self._saying = saying
        self._evidence = evidence
        self._recognizer = recognizer
        self._clock = clock
        self._largest = largest
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something has come."""
        self._woken.set()

    async def run(self) -> None:
        """For ever; cancel to stop. What was under way is taken up again at the next start, or after its lease."""
        with contextlib.suppress(Exception):  # else after the lease
            await self._arrivals.begin(self._clock.now())
        while True:
            self._woken.clear()
            wait = FIRST_WAIT
            try:
                while await self.fetch_due():
                    pass
                due = await self._arrivals.next_due()
                wait = (
                    IDLE_WAIT if due is None else min(IDLE_WAIT, max(0.05, (due - self._clock.now()).total_seconds()))
                )
            except Exception as error:  # noqa: BLE001 - it must outlive a store that is busy or full
                log_round(_LOG, "media not looked after, trying again", error)
            try:
                async with asyncio.timeout(wait):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def fetch_due(self) -> bool:
        """One round; whether there was something."""
        some = await self._arrivals.take(self._clock.now(), AT_ONCE)
        await asyncio.gather(*(self._one(arrival) for arrival in some))
        return bool(some)

    async def _one(self, arrival: Arrival) -> None:
        try:
            await self._dealt_with(arrival)
        except BadMessage as refused:
            await self._lose(arrival, words.FILE_NOT_TAKEN.format(why=refused.text))
        except TooLarge:
            why = f"文件太大了，请不要超过 {self._largest // 1024 // 1024} MB。"
            await self._lose(arrival, words.FILE_NOT_TAKEN.format(why=why))
        except BadVoice:
            await self._lose(arrival, words.NOT_HEARD)
        except Exception as error:  # noqa: BLE001 - one that fails must not stop the others
            log_failure(_LOG, "media not fetched", error)
            gone = isinstance(error, ApiError) and error.code in _GONE
            if gone or arrival.attempts + 1 >= GIVE_UP:
                voice = arrival.kind == "voice"
                told = words.VOICE_GONE if voice else words.FILE_NOT_TAKEN.format(why="没有取到，请再发一次。")
                await self._lose(arrival, told)
                return
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2**arrival.attempts)
            await self._arrivals.again(arrival.row, self._clock.now() + timedelta(seconds=wait))

    async def _dealt_with(self, arrival: Arrival) -> None:
        content: bytes | None = None
        if arrival.media:
            content, _ = await self._source.media(arrival.media, self._largest)
        if arrival.kind == "voice" and self._recognizer is not None and content is not None:
            said = await heard_in(self._recognizer, content, str(arrival.data.get("format", "")))
            if not said:
                raise BadVoice
            await self._saying.hear(arrival.citizen, arrival.key, said)
        else:
            conversation = await self._saying.conversation(arrival.citizen)
            await self._evidence.offer(
                conversation.id,
                f"{arrival.citizen}/{arrival.key}",
                _KINDS[arrival.kind],
                content or b"",
                name=str(arrival.data.get("name", "")),
                data=arrival.data,
            )
        await self._arrivals.done(arrival.row, self._clock.now())

    async def _lose(self, arrival: Arrival, told: str) -> None:
        """Tell the citizen, and try no more."""
        try:
            await self._saying.tell(arrival.citizen, arrival.key, told)
            await self._arrivals.lost(arrival.row, self._clock.now())
        except Exception as error:  # noqa: BLE001 - it is taken up again after its lease
            log_failure(_LOG, "a citizen was not told that media is lost", error)
