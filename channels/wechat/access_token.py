"""The token that our calls are allowed by: fetched once for all processes, anew before it ends."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.store.provider_tokens import ProviderToken

AHEAD = timedelta(minutes=5)
"""So long before its end a token is fetched anew; the provider lets the old one live for as long."""
LEASE = timedelta(seconds=15)
"""Within which a fetch must be done; after that another process tries."""
_LOOK = 0.2
"""Seconds between looks at the store while another process fetches."""

Fetch = Callable[[], Awaitable[tuple[str, float]]]
"""Asks the provider for a token; with the seconds that it lives."""


class TokenRecords(Protocol):
    """Its storage, as `bot.store.provider_tokens.TokenStore` has it."""

    async def get(self, channel: str) -> ProviderToken | None: ...
    async def lease(self, channel: str, by: str, now: datetime, until: datetime) -> bool: ...
    async def put(self, channel: str, by: str, token: ProviderToken) -> None: ...
    async def release(self, channel: str, by: str) -> None: ...
    async def drop(self, channel: str, token: str) -> None: ...


class AccessToken:
    """One channel's token."""

    def __init__(self, records: TokenRecords, channel: str, fetch: Fetch, clock: Clock) -> None:
        self._records = records
        self._channel = channel
        self._fetch = fetch
        self._clock = clock
        self._me = secrets.token_hex(8)
        self._held: ProviderToken | None = None

    async def get(self) -> str:
        """A token that is good now. Raises what `fetch` does."""
        if self._good(self._held, AHEAD):
            return self._held.token  # type: ignore[union-attr]
        while True:
            self._held = await self._records.get(self._channel)
            if self._good(self._held, AHEAD):
                return self._held.token  # type: ignore[union-attr]
            now = self._clock.now()
            if await self._records.lease(self._channel, self._me, now, now + LEASE):
                return await self._fetched()
            if self._good(self._held, timedelta()):
                return self._held.token  # type: ignore[union-attr] # another fetches; the old one lives meanwhile
            await self._clock.sleep(_LOOK)

    async def refused(self, token: str) -> None:
        """The provider does not take this one."""
        if self._held is not None and self._held.token == token:
            self._held = None
        await self._records.drop(self._channel, token)

    async def _fetched(self) -> str:
        try:
            # Between our look and our lease another may have fetched one.
            there = await self._records.get(self._channel)
            if there is not None and self._good(there, AHEAD):
                await self._records.release(self._channel, self._me)
                self._held = there
                return there.token
            token, seconds = await self._fetch()
        except BaseException:
            await self._records.release(self._channel, self._me)
            raise
        self._held = ProviderToken(token, self._clock.now() + timedelta(seconds=seconds))
        await self._records.put(self._channel, self._me, self._held)
        return token

    def _good(self, token: ProviderToken | None, ahead: timedelta) -> bool:
        return token is not None and self._clock.now() + ahead < token.expires
