"""One client session for calls to a provider, opened with the service and closed with it."""

from __future__ import annotations

from aiohttp import ClientSession, DummyCookieJar, TCPConnector


class Http:
    """Opened at the first call, because there is no loop before the service runs."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None

    @property
    def session(self) -> ClientSession:
        """The session, open."""
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=64), cookie_jar=DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """No more calls."""
        if self._session is not None:
            await self._session.close()
