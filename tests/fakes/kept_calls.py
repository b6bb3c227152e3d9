"""Answers calls for tests in another process: keeps what it hears, does as the keys say, and tells of it."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from typing import Any

import numpy as np
from aiohttp import web

from voice.media import CHAT, CallEnded, Frame, MediaSession, frame_bytes

SPEAK, STOP, HANG_UP, TRANSFER, BREAK = "12345"
"""Keys: say `sweep()`, forget what waits, hang up after it, transfer to the chat, fail."""
SECONDS = 1.5


def sweep(rate: int) -> bytes:
    """A sound whose every moment is another."""
    time = np.arange(int(SECONDS * rate)) / rate
    wave: bytes = (12000 * np.sin(2 * np.pi * (300 + 500 * time) * time)).astype("<i2").tobytes()
    return wave


class KeptCalls:
    """`answer` is for a switchboard, `tell` for a web server."""

    def __init__(self) -> None:
        self._over: list[dict[str, Any]] = []
        self._changed = asyncio.Condition()

    async def tell(self, request: web.Request) -> web.Response:
        """GET ?after=N: the calls after the first N, as soon as there is one; without N, how many there were."""
        if "after" not in request.query:
            return web.json_response(len(self._over))
        after = int(request.query["after"])
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._over) > after)
        return web.json_response(self._over[after:])

    async def answer(self, session: MediaSession) -> None:
        """Until one of us hangs up."""
        heard, keys, speaking = bytearray(), "", asyncio.create_task(asyncio.sleep(0))
        ended = "caller"
        try:
            while (came := await session.receive()) is not None:
                if isinstance(came, Frame):
                    heard += came.pcm
                    continue
                keys += came.key
                match came.key:
                    case "1":
                        speaking = asyncio.create_task(_speak(session))
                    case "2":
                        speaking.cancel()
                        session.interrupt()
                    case "3":
                        await _speak(session)
                        ended = "us"
                        break
                    case "4":
                        await session.transfer(CHAT)
                    case "5":
                        raise RuntimeError("as asked")
        finally:
            speaking.cancel()
            told = {"reference": session.call.reference, "keys": keys, "ended": ended}
            self._over.append({**told, "heard": base64.b64encode(heard).decode()})
            async with self._changed:
                self._changed.notify_all()


async def _speak(session: MediaSession) -> None:
    size, wave = frame_bytes(session.rate), sweep(session.rate)
    with contextlib.suppress(CallEnded):
        for at in range(0, len(wave) - size + 1, size):
            await session.send(wave[at : at + size])
