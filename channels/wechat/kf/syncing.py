"""Fetches messages behind the cursor whenever the provider calls, and after a start what was missed."""

from __future__ import annotations

import asyncio
import logging

from bot.clock import Clock
from bot.safe_log import log_round
from channels.wechat.kf.front import KfFront
from channels.wechat.kf.service import Service
from channels.wechat.quota import ContactRecords

_LOG = logging.getLogger(__name__)
_ACCOUNTS = "accounts"
"""Where the accounts are noted that have called: after a start each is asked for what was missed."""
RETRY = 2.0
LOOK = 60.0
"""Seconds between looks though nobody called: a callback may have been lost while we were down."""


class Syncing:
    """Runs while the service does. The cursor moves only behind messages that were stored, each of which is once by
    its id; so a crash anywhere repeats nothing and loses nothing."""

    def __init__(self, service: Service, front: KfFront, notes: ContactRecords, clock: Clock) -> None:
        self._service = service
        self._front = front
        self._notes = notes
        self._clock = clock
        self._called: dict[str, str] = {}
        """Account → token of its last callback."""
        self._woken = asyncio.Event()

    async def called(self, kf: str, token: str) -> None:
        """The provider says that there is something; noted before it is told that we know."""
        known = await self._notes.data(_ACCOUNTS)
        if kf not in known:
            await self._notes.note(_ACCOUNTS, **{kf: 1})
        self._called[kf] = token
        self._woken.set()

    async def run(self) -> None:
        """For ever; cancel to stop."""
        wait = 0.0
        while True:
            try:
                async with asyncio.timeout(wait or 0.01):
                    await self._woken.wait()
            except TimeoutError:
                await self._missed()
            self._woken.clear()
            wait = LOOK
            for kf, token in list(self._called.items()):
                try:
                    await self.sync(kf, token)
                    if self._called.get(kf) == token:
                        del self._called[kf]
                except Exception as error:  # noqa: BLE001 - it must outlive the provider's and the store's failures
                    log_round(_LOG, "messages of customer service not fetched, trying again", error)
                    wait = RETRY

    async def sync(self, kf: str, token: str = "") -> None:
        """All that is behind the cursor."""
        name = f"cursor:{kf}"
        cursor = str((await self._notes.data(name)).get("cursor", ""))
        more = True
        while more:
            page = await self._service.sync(kf, cursor, token)
            for message in page.messages:
                await self._front.take(message)
            if page.cursor != cursor:
                await self._notes.note(name, cursor=page.cursor)
            cursor, more = page.cursor, page.more

    async def _missed(self) -> None:
        try:
            for kf in await self._notes.data(_ACCOUNTS):
                self._called.setdefault(kf, "")
        except Exception as error:  # noqa: BLE001 - the store may be busy
            log_round(_LOG, "accounts of customer service not known, trying again", error)
