"""Answers calls for tests in another process: keeps what it hears in files, and does as the keys say."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path

import numpy as np

from voice.media import CallEnded, Frame, MediaSession, frame_bytes
from voice.telephony.browser.session import CHAT

SPEAK, STOP, HANG_UP, TRANSFER, BREAK = "12345"
"""Keys: say `sweep()`, forget what waits, hang up, transfer to the chat, fail."""
SECONDS = 1.5


def sweep(rate: int) -> bytes:
    """A sound whose every moment is another."""
    time = np.arange(int(SECONDS * rate)) / rate
    wave: bytes = (12000 * np.sin(2 * np.pi * (300 + 500 * time) * time)).astype("<i2").tobytes()
    return wave


class KeptCalls:
    """Each call leaves `<id>.pcm`, what was heard, and once it is over `<id>.json`: reference, keys, who ended it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def answer(self, session: MediaSession) -> None:
        """For a switchboard."""
        self._folder.mkdir(exist_ok=True)
        keys, ended, speaking = "", "caller", asyncio.create_task(asyncio.sleep(0))
        try:
            with (self._folder / f"{session.call.id}.pcm").open("wb", buffering=0) as heard:
                while (came := await session.receive()) is not None:
                    if isinstance(came, Frame):
                        heard.write(came.pcm)
                        continue
                    keys += came.key
                    if came.key == SPEAK:
                        speaking = asyncio.create_task(_speak(session))
                    elif came.key == STOP:
                        speaking.cancel()
                        session.interrupt()
                    elif came.key == TRANSFER:
                        await session.transfer(CHAT)
                    elif came.key == BREAK:
                        raise RuntimeError("as asked")
                    elif came.key == HANG_UP:
                        await _speak(session)
                        ended = "us"
                        break
        finally:
            speaking.cancel()
            told = {"reference": session.call.reference, "keys": keys, "ended": ended}
            (self._folder / f"{session.call.id}.json").write_text(json.dumps(told), encoding="utf-8")


async def _speak(session: MediaSession) -> None:
    size, wave = frame_bytes(session.rate), sweep(session.rate)
    with contextlib.suppress(CallEnded):
        for at in range(0, len(wave) - size + 1, size):
            await session.send(wave[at : at + size])
