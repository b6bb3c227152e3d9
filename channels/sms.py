"""Sends texts to telephones while the service runs, with the same patience as letters."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.clock import Clock
from bot.safe_log import log_failure, log_round
from bot.sms import SmsFailed, SmsProvider
from bot.store.sms import SmsStore, Text

_LOG = logging.getLogger(__name__)
LOOK = 2.0
"""Seconds between looks."""
BATCH = 20
GIVE_UP = 8
FIRST_WAIT = 10.0
LONGEST_WAIT = 1800.0


class SmsSender:
    """Runs beside the service."""

    def __init__(self, store: SmsStore, provider: SmsProvider, clock: Clock) -> None:
        self._store = store
        self._provider = provider
        self._clock = clock

    async def run(self) -> None:
        """Send for ever; cancel to stop."""
        while True:
            try:
                while await self.send_due():
                    pass
            except Exception as error:  # noqa: BLE001 - it must outlive a store that is busy or full
                log_round(_LOG, "texts to telephones not looked after, trying again", error)
            await self._clock.sleep(LOOK)

    async def send_due(self) -> bool:
        """One round; True when there may be more."""
        texts = await self._store.due(self._clock.now(), BATCH)
        for text in texts:
            try:
                await self._provider.send(text.number, text.text, text.key)
            except Exception as error:  # noqa: BLE001 - a defect of the provider's adapter is a failure like others
                log_failure(_LOG, "a text to a telephone was not taken", error)
                await self._failed(text, error)
            else:
                await self._store.sent(text.row)
        return len(texts) == BATCH

    async def _failed(self, text: Text, error: Exception) -> None:
        known = isinstance(error, SmsFailed)
        why = str(error) if known else "发送时出错"
        over = (isinstance(error, SmsFailed) and error.final) or text.attempts + 1 >= GIVE_UP
        wait = timedelta(seconds=min(LONGEST_WAIT, FIRST_WAIT * 2**text.attempts))
        await self._store.failed(text.row, None if over else self._clock.now() + wait, why)
