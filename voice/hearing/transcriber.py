"""Whisper in a process of its own: one utterance in, its words out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from voice.hearing.whispering import serve
from voice.recognizer import RecognitionFailed

_T = TypeVar("_T")
_ENDS = (EOFError, OSError)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, as the model thinks."""

    text: str
    confidence: float


class Transcriber:
    """Its memory, its interpreter lock and its faults are not those of the calls.

    A process that dies, or that takes longer than `patience`, is ended and replaced at the next utterance.
    """

    def __init__(
        self,
        folder: Path,
        patience: float = 20.0,
        loading: float = 60.0,
        work: Callable[[Connection, str], None] = serve,
    ) -> None:
        """`patience`, `loading`: seconds for one utterance, and for the model; `work`: what runs in the process."""
        self._folder, self._patience, self._loading, self._work = folder, patience, loading, work
        self._thread = ThreadPoolExecutor(1, "transcriber")
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def pid(self) -> int | None:
        """Of the process; None while there is none."""
        return None if self._process is None else self._process.pid

    async def start(self) -> None:
        """Load the model now rather than at the first utterance. Raises RecognitionFailed."""
        await self._in_thread(self._started)

    async def transcribe(self, pcm: bytes) -> Transcript:
        """The words in at most 15 s, 16 kHz. Utterances wait for each other. Raises RecognitionFailed."""
        return await self._in_thread(lambda: self._exchange(pcm))

    def close(self) -> None:
        """End the process."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._end()

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        try:
            doing = asyncio.get_running_loop().run_in_executor(self._thread, work)
        except RuntimeError as error:
            raise RecognitionFailed("Whisper is closed") from error
        return await doing

    def _exchange(self, pcm: bytes) -> Transcript:
        pipe = self._started()
        try:
            pipe.send_bytes(pcm)
            text, confidence = self._answer(pipe, self._patience)
        except _ENDS as error:
            self._end()
            raise RecognitionFailed(f"Whisper's process died: {type(error).__name__}") from error
        return Transcript(text, confidence)

    def _started(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._end()
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=self._work, args=(theirs, str(self._folder)), daemon=True)
        try:
            self._process.start()
            theirs.close()  # else its end would not be noticed here
            self._answer(self._pipe, self._loading)
        except _ENDS as error:
            self._end()
            raise RecognitionFailed(f"Whisper does not start on {self._folder.name}: {type(error).__name__}") from error
        return self._pipe

    def _answer(self, pipe: Connection, seconds: float) -> tuple[str, float]:
        if not pipe.poll(seconds):
            raise TimeoutError
        text, confidence = pipe.recv()
        return text, confidence

    def _end(self) -> None:
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is not None:
            process.kill()
            process.join(1)
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
