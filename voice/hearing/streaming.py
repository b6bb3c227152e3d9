"""A recogniser that hears while the caller still speaks; its work is done in threads, so the event loop never waits."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol

from voice.recognizer import Heard, RecognitionFailed

_TAKEN = 0.06
"""Seconds of sound that go to a thread at once: three frames, because each hand-over costs as much as hearing one."""


class Ear(Protocol):
    """One stream of an engine. One thread at a time uses it."""

    def hear(self, pcm: bytes) -> Heard | None:
        """What is new with this sound: the words at the end of an utterance, else those so far when they changed."""
        ...

    def finish(self) -> Heard | None:
        """What was said since the last pause."""
        ...


class StreamingRecognizer:
    """See `Recognizer`. One model in memory, whatever the number of streams; each has an ear of its own."""

    def __init__(
        self,
        sample_rate: int,
        load: Callable[[], Any],
        open_ear: Callable[[Any], Ear],
        threads: int | None = None,
    ) -> None:
        """`load` gives the model, `open_ear` an ear for it; `threads` work at the same moment, one a core if None."""
        self.sample_rate = sample_rate
        self._load, self._open = load, open_ear
        self._threads = ThreadPoolExecutor(threads or os.cpu_count() or 2, "hearing")
        self._loading = threading.Lock()
        self._model: Any = None
        self._chunk = 2 * int(sample_rate * _TAKEN)

    async def warm(self) -> None:
        """Load the model and hear a second of nothing: the first frames take ten times as long as all others."""
        stream = _Stream(self._ear)
        await self._in_thread(stream.hear, bytes(2 * self.sample_rate))
        await self._in_thread(stream.finish, b"")

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer.recognize`."""
        stream = _Stream(self._ear)
        waiting = bytearray()
        try:
            async for chunk in pcm:
                waiting += chunk
                if len(waiting) >= self._chunk:
                    even = len(waiting) // 2 * 2
                    taken = bytes(waiting[:even])
                    del waiting[:even]
                    for heard in await self._in_thread(stream.hear, taken):
                        yield heard
            for heard in await self._in_thread(stream.finish, bytes(waiting[: len(waiting) // 2 * 2])):
                yield heard
        finally:
            # In a thread, because freeing an ear takes up to a tenth of a second; nobody waits for it.
            with suppress(RuntimeError):  # closed: everything is freed anyway
                self._threads.submit(stream.close)

    def close(self) -> None:
        """Take no more streams, and free the model when the last one ends."""
        self._threads.shutdown(wait=False)
        self._model = None

    def _ear(self) -> Ear:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            model = self._model
        return self._open(model)

    async def _in_thread(self, work: Callable[[bytes], list[Heard]], pcm: bytes) -> list[Heard]:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, pcm)
        except Exception as error:  # an engine raises what it likes
            raise RecognitionFailed(f"{type(error).__name__}: {error}") from error


class _Stream:
    """One ear, which is not freed while a thread still hears with it."""

    def __init__(self, open_ear: Callable[[], Ear]) -> None:
        self._open = open_ear
        self._ear: Ear | None = None
        self._closed = False
        self._one = threading.Lock()

    def hear(self, pcm: bytes) -> list[Heard]:
        """What is new with this sound."""
        with self._one:
            if self._closed:
                return []
            heard = self._opened().hear(pcm)
            return [] if heard is None else [heard]

    def finish(self, pcm: bytes) -> list[Heard]:
        """The rest of the sound, and what is left."""
        with self._one:
            if self._closed:
                return []
            ear = self._opened()
            found = [ear.hear(pcm)] if pcm else []
            found.append(ear.finish())
            self._closed, self._ear = True, None
            return [one for one in found if one is not None]

    def close(self) -> None:
        """Free the ear."""
        with self._one:
            self._closed, self._ear = True, None

    def _opened(self) -> Ear:
        if self._ear is None:
            self._ear = self._open()
        return self._ear
