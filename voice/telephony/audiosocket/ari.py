"""What AudioSocket cannot carry: who calls whom, and where to send a caller, by Asterisk's REST interface.

The dial plan and we leave each other notes in global variables named after the call's UUID: that works for a channel
in the dial plan, whereas ARI's own redirect works only for one inside Stasis. docker/asterisk/ has the other half.
"""

from __future__ import annotations

import asyncio
import logging

import aiohttp

_LOG = logging.getLogger(__name__)
_PATIENCE = aiohttp.ClientTimeout(total=1.5)
"""The caller waits for it."""
FROM, DIALLED, TO = "FAXIAN_FROM_", "FAXIAN_DIALLED_", "FAXIAN_TO_"


class Ari:
    """`url` as `http://asterisk:8088/ari`."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._url = f"{url.rstrip('/')}/asterisk/variable"
        self._headers = {"Authorization": aiohttp.encode_basic_auth(user, password)}

    async def numbers(self, name: str) -> tuple[str, str]:
        """Who calls and what was dialled; empty where the dial plan left no note, or Asterisk does not answer."""
        async with self._http() as http:
            caller, called = await asyncio.gather(self._read(http, FROM + name), self._read(http, DIALLED + name))
            return caller, called

    async def send_to(self, name: str, target: str) -> bool:
        """Leave the note where the dial plan is to send this caller next; whether Asterisk took it."""
        async with self._http() as http:
            try:
                note = {"variable": TO + name, "value": target}
                async with http.post(self._url, params=note) as answer:
                    return answer.status in (200, 204)
            except (aiohttp.ClientError, TimeoutError) as error:
                _LOG.warning("ARI does not answer: %s", type(error).__name__)
                return False

    def _http(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(headers=self._headers, timeout=_PATIENCE)

    async def _read(self, http: aiohttp.ClientSession, variable: str) -> str:
        try:
            async with http.get(self._url, params={"variable": variable}) as answer:
                found = await answer.json() if answer.status == 200 else {}
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            _LOG.warning("ARI does not answer: %s", type(error).__name__)
            return ""
        value = found.get("value", "") if isinstance(found, dict) else ""
        return value if isinstance(value, str) else ""
