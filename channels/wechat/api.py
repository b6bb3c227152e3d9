"""Calls of the provider's API: with a token, once more with a new one where it is refused, errors by their number."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientResponse, ClientTimeout

from channels.providers.failures import ApiError, TooLarge, Unreachable
from channels.providers.http import Http
from channels.wechat.access_token import AccessToken

_TIMEOUT = ClientTimeout(total=10, connect=3)
_FILE_TIMEOUT = ClientTimeout(total=60, connect=3)
_BAD_TOKEN = frozenset({40001, 40014, 42001})


class Api:
    """One account's calls."""

    def __init__(self, base: str, http: Http) -> None:
        self._base = base
        self._http = http
        self.token: AccessToken | None = None
        """Set once what it is fetched by is known."""

    async def ask(self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Any = None) -> Any:
        """What the provider answers to a call without a token. Raises ApiError, Unreachable."""
        # Not escaped: the provider would show citizens the escapes.
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json"} if data is not None else {}
        try:
            async with self._http.session.request(
                method, self._base + path, params=query, data=data, headers=headers, timeout=_TIMEOUT
            ) as answer:
                return await _told(answer)
        except (ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            raise Unreachable(type(error).__name__) from None

    async def call(self, path: str, body: Any) -> Any:
        """POST with a token. Raises ApiError, Unreachable."""
        for last in (False, True):
            token = await self._token()
            try:
                return await self.ask("POST", path, query={"access_token": token}, body=body)
            except ApiError as error:
                if error.code not in _BAD_TOKEN or last:
                    raise
                await self._refused(token)
        raise AssertionError("the second try returns or raises")

    async def file(self, path: str, query: Mapping[str, str], most: int) -> tuple[bytes, str]:
        """A file of at most so many bytes, and its media type. Raises ApiError, Unreachable, TooLarge."""
        for last in (False, True):
            token = await self._token()
            try:
                return await self._file(path, {**query, "access_token": token}, most)
            except ApiError as error:
                if error.code not in _BAD_TOKEN or last:
                    raise
                await self._refused(token)
        raise AssertionError("the second try returns or raises")

    async def _file(self, path: str, query: Mapping[str, str], most: int) -> tuple[bytes, str]:
        try:
            async with self._http.session.get(self._base + path, params=query, timeout=_FILE_TIMEOUT) as answer:
                if "json" in answer.content_type or answer.content_type == "text/plain":
                    told = await _told(answer)
                    if isinstance(told, dict) and "video_url" in told:  # videos come by an address of their own
                        return await self._video(str(told["video_url"]), most)
                    raise Unreachable("no file")
                return await _content(answer, most), answer.content_type
        except (ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            raise Unreachable(type(error).__name__) from None

    async def _video(self, address: str, most: int) -> tuple[bytes, str]:
        """From where the provider says; only from a host of the provider's, wherever the address came from."""
        host = urlsplit(address).hostname or ""
        if not (host == urlsplit(self._base).hostname or host.endswith((".qq.com", ".qpic.cn"))):
            raise Unreachable("an address elsewhere")
        async with self._http.session.get(address, timeout=_FILE_TIMEOUT, allow_redirects=False) as answer:
            return await _content(answer, most), answer.content_type

    async def _token(self) -> str:
        if self.token is None:
            raise Unreachable("no token can be fetched")
        return await self.token.get()

    async def _refused(self, token: str) -> None:
        if self.token is not None:
            await self.token.refused(token)


async def _told(answer: ClientResponse) -> Any:
    """The JSON, whatever type it says it is of. Raises ApiError, Unreachable."""
    if answer.status != 200:
        raise Unreachable(f"HTTP {answer.status}")
    try:
        told = json.loads(await answer.read())
    except ValueError:
        raise Unreachable("no JSON") from None
    if isinstance(told, dict) and told.get("errcode"):
        raise ApiError(int(told["errcode"]))
    return told


async def _content(answer: ClientResponse, most: int) -> bytes:
    if answer.status != 200:
        raise Unreachable(f"HTTP {answer.status}")
    content = bytearray()
    async for chunk in answer.content.iter_chunked(65536):
        content += chunk
        if len(content) > most:
            raise TooLarge
    return bytes(content)
