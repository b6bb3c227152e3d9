"""Subscribe messages: a citizen allows one each time, and it tells them that an answer waits which may not be sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.safe_log import log_failure
from channels.providers.failures import ApiError, Unreachable
from channels.wechat.quota import ContactRecords

_LOG = logging.getLogger(__name__)
_ALLOWED = "notices"


class Notifier(Protocol):
    """Sends one, as `channels.wechat.official.Official` does."""

    async def notify(self, openid: str, template: str, page: str) -> None:
        """Raises ApiError, Unreachable."""
        ...


class Subscriptions:
    """How many each citizen has allowed, of one template."""

    def __init__(self, notifier: Notifier, contacts: ContactRecords, template: str) -> None:
        self._notifier = notifier
        self._contacts = contacts
        self._template = template

    async def changed(self, citizen: str, rows: Sequence[Mapping[str, str]]) -> None:
        """The citizen allowed one more, or takes it all back."""
        for row in rows:
            if row.get("TemplateId") == self._template and (status := row.get("SubscribeStatusString")):
                known = (await self._contacts.data(citizen)).get(_ALLOWED, 0)
                allowed = int(str(known)) + 1 if status == "accept" else 0
                await self._contacts.note(citizen, **{_ALLOWED: allowed or None})

    async def tell(self, citizen: str) -> None:
        """Tell them once for each time they allowed it; that it fails changes nothing for the letter, which waits."""
        allowed = int(str((await self._contacts.data(citizen)).get(_ALLOWED, 0)))
        if not allowed:
            return
        await self._contacts.note(citizen, **{_ALLOWED: allowed - 1 or None})
        try:
            await self._notifier.notify(citizen, self._template, "")
        except (ApiError, Unreachable) as error:
            log_failure(_LOG, "subscribe message not sent", error)
