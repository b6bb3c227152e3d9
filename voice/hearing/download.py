"""One file from the network: taken up where it broke off, and kept only when it is what it must be."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import aiohttp

_CHUNK = 1 << 18
_TRIES = 5
_QUIET = 30.0
"""Seconds without a byte until a connection counts as broken."""

Progress = Callable[[int, int | None], None]
"""Told how many bytes are there, and how many there will be where the server says so."""


class FetchFailed(Exception):
    """The file is not there; the message says why, and what to do."""


async def download(url: str, target: Path, sha256: str, progress: Progress, wait: float = 2.0) -> None:
    """Put the file of that address at `target`, and what came so far at its name with `.part`. Raises FetchFailed.

    `wait`: seconds before a broken connection is tried again, twice as long each time.
    """
    part = target.with_name(target.name + ".part")
    timeout = aiohttp.ClientTimeout(total=None, connect=_QUIET, sock_read=_QUIET)
    reason = ""
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as http:
        for attempt in range(_TRIES):
            try:
                await _continue(http, url, part, progress)
            except aiohttp.InvalidURL as error:
                raise FetchFailed(f"{url} is no address") from error
            except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
                reason = f"{type(error).__name__} {error}".strip()
                if isinstance(error, aiohttp.ClientResponseError) and 400 <= error.status < 500:
                    raise FetchFailed(f"{url} answered {error.status} {error.message}") from error
            except OSError as error:
                raise FetchFailed(f"{part} cannot be written: {error.strerror}") from error
            else:
                break
            if attempt + 1 < _TRIES:
                await asyncio.sleep(wait * 2**attempt)
        else:
            raise FetchFailed(f"{url} broke off {_TRIES} times ({reason}); run it again to go on where it stopped")
    found = await asyncio.to_thread(_sum_of, part)
    if found != sha256:
        await asyncio.to_thread(part.unlink)
        raise FetchFailed(f"{url} is not what it must be: SHA-256 is {found}, expected {sha256}; it was thrown away")
    part.replace(target)


async def _continue(http: aiohttp.ClientSession, url: str, part: Path, progress: Progress) -> None:
    """Everything from where `part` ends; from the beginning where the server cannot continue."""
    had = _size(part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={had}-"} if had else {})
    async with http.get(url, headers=headers) as answer:
        if answer.status == 416:
            # Nothing follows: it is complete, or another file than before; the sum tells.
            if answer.headers.get("Content-Range", "").endswith(f"/{had}"):
                return
            await asyncio.to_thread(part.unlink)
            raise aiohttp.ClientPayloadError("the file on the server is shorter than what came of it")
        answer.raise_for_status()
        goes_on = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {had}-")
        if answer.status == 206 and not goes_on:
            raise aiohttp.ClientPayloadError("the server answered another part than was asked for")
        at = had if goes_on else 0
        whole = None if answer.content_length is None else at + answer.content_length
        with part.open("ab" if goes_on else "wb") as out:
            async for chunk in answer.content.iter_chunked(_CHUNK):
                await asyncio.to_thread(out.write, chunk)
                at += len(chunk)
                progress(at, whole)
    if whole is not None and at != whole:
        raise aiohttp.ClientPayloadError("the server said that there is more")


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _sum_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
