"""What the fan service can be asked for: to bring a message to a citizen, and a file that one sent."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientTimeout

from channels.providers.failures import ApiError, TooLarge, Unreachable
from channels.providers.http import Http
from channels.weibo.account import Account

_TIMEOUT = ClientTimeout(total=10, connect=3)
_FILE_TIMEOUT = ClientTimeout(total=60, connect=3)


class Service:
    """The API of one account."""

    def __init__(self, account: Account, http: Http) -> None:
        self._account = account
        self._http = http

    async def say(self, citizen: str, text: str) -> None:
        """A customer-service message. Raises ApiError, Unreachable."""
        whole = text.encode("utf-8", "replace").decode()  # half a character cannot travel in a form
        form = {
            "access_token": self._account.token,
            "type": "text",
            "data": json.dumps({"text": whole}, ensure_ascii=False),  # the form escapes it once, as it is to be
            "receiver_id": citizen,
            "save_sender_box": "1",
        }
        try:
            address = f"{self._account.api}/2/messages/reply.json"
            async with self._http.session.post(address, data=form, timeout=_TIMEOUT) as answer:
                told = await _told(answer)
        except (ClientError, TimeoutError, OSError) as error:
            raise Unreachable(type(error).__name__) from None
        if not isinstance(told, dict) or told.get("result") is False:
            raise Unreachable("not taken")

    async def media(self, media_id: str, most: int) -> tuple[bytes, str]:
        """A file that a citizen sent. Raises ApiError, Unreachable, TooLarge."""
        query = {"access_token": self._account.token, "fid": media_id}
        try:
            address = f"{self._account.uploads}/2/mss/msget"
            async with self._http.session.get(address, params=query, timeout=_FILE_TIMEOUT) as answer:
                if "json" in answer.content_type:
                    await _told(answer)
                    raise Unreachable("no file")
                if answer.status != 200:
                    raise Unreachable(f"HTTP {answer.status}")
                content = bytearray()
                async for chunk in answer.content.iter_chunked(65536):
                    content += chunk
                    if len(content) > most:
                        raise TooLarge
                return bytes(content), answer.content_type
        except (ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            raise Unreachable(type(error).__name__) from None


async def _told(answer: ClientResponse) -> Any:
    """The JSON, whatever type it says it is of; Weibo's errors come with statuses of their own."""
    try:
        told = json.loads(await answer.read())
    except ValueError:
        raise Unreachable(f"HTTP {answer.status}, no JSON") from None
    if isinstance(told, dict) and str(told.get("error_code", "")).isdigit():
        raise ApiError(int(told["error_code"]))
    if answer.status != 200:
        raise Unreachable(f"HTTP {answer.status}")
    return told
