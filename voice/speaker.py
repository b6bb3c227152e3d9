"""Says things on one call, one at a time: stops at once, and goes on after a pause."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Any, Literal

from voice.media import CallEnded, MediaSession
from voice.sounds import beep, louder, music
from voice.speaking.lead_in import LeadIn
from voice.speaking.prepared import PreparedVoice
from voice.synthesizer import SpeechFailed, Synthesizer, Voice
from voice.turns.listener import Listener

_LOG = logging.getLogger(__name__)
_SAID_AGAIN = 15
"""Frames that are said again when we go on after a pause: the word that it broke, from its start."""


class Speaker:
    """What comes takes the place of what is being said; what waits in the line of a whole sentence is still heard."""

    def __init__(
        self,
        session: MediaSession,
        synthesizer: Synthesizer,
        listener: Listener,
        start: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
        sounds: Callable[[], None],
        spoken: Callable[[int], None],
        lead_in: LeadIn | None = None,
    ) -> None:
        """The listener is told what we say; `start` runs what ends with the call; `sounds` is called as sound is made,
        `spoken` when a sentence was heard to its end. `lead_in` begins answers that are slow."""
        self._session, self._prepared, self._listener = session, PreparedVoice(synthesizer), listener
        self._start, self._sounds, self._spoken, self._lead_in = start, sounds, spoken, lead_in
        self._voice, self._loud = Voice(session.rate), False
        self._saying: asyncio.Task[None] | None = None
        self._unpaused = asyncio.Event()
        self._unpaused.set()
        self._sent: deque[bytes] = deque(maxlen=_SAID_AGAIN)

    def pace(self, speed: float, *, loud: bool = False) -> None:
        """From now on so fast, and louder where that is wanted."""
        self._voice, self._loud = Voice(self._session.rate, speed), loud

    async def prepare(self, text: str) -> None:
        """That will probably be said next: its first sound is ready when this returns."""
        await self._prepared.prepare(text, self._voice)

    async def close(self) -> None:
        """Nothing is said any more."""
        await self._prepared.forget()

    def say(self, number: int, text: str, *, answers: bool = False) -> None:
        """That sentence, known by its number; whether it `answers` a caller who waits for it."""
        self._begin(self._sentence(number, text, answers))

    def play(self, sound: Literal["music", "beep"]) -> None:
        """Music goes on until the next thing is said."""
        self._begin(self._sound(sound))

    def pause(self) -> None:
        """Be silent at once, but keep what is left to say."""
        self._unpaused.clear()
        self._silence()

    def resume(self) -> None:
        """Say what is left of it."""
        self._unpaused.set()

    def stop(self) -> None:
        """Be silent at once."""
        if self._saying is not None:
            self._saying.cancel()
            self._saying = None
        self._silence()

    def _begin(self, saying: Coroutine[Any, Any, None]) -> None:
        if self._saying is not None:
            self._saying.cancel()
        self._sent.clear()
        self._unpaused.set()
        self._saying = self._start(saying)

    def _silence(self) -> None:
        self._session.interrupt()
        self._listener.hush()

    async def _sentence(self, number: int, text: str, answers: bool) -> None:
        self._listener.asked(text)
        sound = self._prepared.speak(text, self._voice)
        if answers and self._lead_in is not None:
            sound = self._lead_in.before(sound, self._voice)
        try:
            async with aclosing(sound) as frames:
                async for pcm in frames:
                    self._sounds()
                    await self._send(louder(pcm) if self._loud else pcm)
        except SpeechFailed:
            _LOG.warning("nothing could be said on call %s", self._session.call.id)
        except CallEnded:
            return  # that the caller is gone comes by its own way
        self._spoken(number)

    async def _sound(self, sound: Literal["music", "beep"]) -> None:
        try:
            for pcm in beep(self._session.rate) if sound == "beep" else music(self._session.rate):
                await self._send(pcm)
        except CallEnded:
            return

    async def _send(self, pcm: bytes) -> None:
        if not self._unpaused.is_set():
            await self._unpaused.wait()
            for sent in tuple(self._sent):
                await self._session.send(sent)
                self._listener.say(sent)
        await self._session.send(pcm)
        self._listener.say(pcm)
        self._sent.append(pcm)
