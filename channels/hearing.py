"""Recorded voice as words, by a recogniser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from voice.decoding import decode
from voice.recognizer import Recognizer

_CHUNK = 0.5
"""Seconds of sound that the recogniser is given at once."""


async def words(recognizer: Recognizer, content: bytes, named: str = "") -> str:
    """What is said in a recording; "" where nothing was understood. Raises voice.decoding.BadVoice."""
    pcm = await asyncio.to_thread(decode, content, recognizer.sample_rate, named)
    size = 2 * int(recognizer.sample_rate * _CHUNK)

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(pcm), size):
            yield pcm[start : start + size]

    heard = [one.text.strip() async for one in recognizer.recognize(chunks()) if one.final]
    return "，".join(one for one in heard if one)
