"""A recogniser, a synthesiser, an ear for speech and a hotline that do what a test tells them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import numpy as np

from voice.call_actions import Outcome
from voice.call_events import Emergency, NoSeat, Position, SeatTook
from voice.conversations import Answer
from voice.media import FRAME_SECONDS, Call
from voice.recognizer import Heard
from voice.synthesizer import Voice

LOUD = b"\x00\x10" * 160
"""20 ms of speech to these fakes."""
QUIET = bytes(320)


def loud(pcm: bytes) -> bool:
    """Whether somebody speaks; silence that went through A-law is not quite none."""
    return bool(np.abs(np.frombuffer(pcm, "<i2").astype(int)).max(initial=0) > 500)


class Loudness:
    """Speech begins with the fifth loud frame in a row, as a cough is shorter, and is over after five quiet ones."""

    def __init__(self, rate: int) -> None:
        self._loud = self._still = 0

    @property
    def quiet(self) -> float:
        """Long, after five quiet frames."""
        return 60.0 if self._still >= 5 else 0.0

    def say(self, pcm: bytes) -> None:
        """Nothing comes back here."""

    def forget(self) -> None:
        """Nothing comes back here."""

    def hear(self, pcm: bytes) -> bool:
        """Whether it began with this frame."""
        quiet = not loud(pcm)
        self._loud, self._still = (0, self._still + 1) if quiet else (self._loud + 1, 0)
        return self._loud == 5


class Stillness(Loudness):
    """Tells how long it has been quiet."""

    @property
    def quiet(self) -> float:
        """Seconds."""
        return self._still * FRAME_SECONDS


class Deaf:
    """Nobody ever begins to speak."""

    quiet = 60.0

    def __init__(self, rate: int) -> None:
        """Whatever the rate."""

    def say(self, pcm: bytes) -> None:
        """Nothing comes back here."""

    def forget(self) -> None:
        """Nothing comes back here."""

    def hear(self, pcm: bytes) -> bool:
        """Never."""
        return False


class ScriptedRecognizer:
    """Understands `words` in order, one at the end of each stretch of loud frames; breaks when told."""

    sample_rate = 8000

    def __init__(self) -> None:
        self.words: list[str] = []
        self.broken = False
        self.listening = 0

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """What the script says."""
        self.listening += 1
        try:
            spoken = quiet = 0
            async for chunk in pcm:
                if self.broken:
                    raise RuntimeError("told to break")
                if loud(chunk):
                    spoken, quiet = spoken + 1, 0
                else:
                    quiet += 1
                if spoken >= 5 and quiet == 5:
                    spoken = 0
                    yield Heard(self.words.pop(0) if self.words else "", final=True)
        finally:
            self.listening -= 1


class ScriptedSynthesizer:
    """Takes 20 ms for each sign of the text; `said` is what it was asked for."""

    name = "scripted"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.speaking = 0
        self.delay: Callable[[], Awaitable[None]] | None = None
        """What every text waits for before its first sound."""

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """Something that is not silence."""
        self.said.append(text)
        self.speaking += 1
        try:
            if self.delay is not None:
                await self.delay()
            for _ in text:
                yield b"\x01\x02" * (voice.rate // 50)
        finally:
            self.speaking -= 1


class ScriptedHotline:
    """Conversations that note what they are told in `notes`; `answers` in order, none is a broken engine."""

    def __init__(self) -> None:
        self.notes: list[tuple[object, ...]] = []
        self.answers: list[Answer] = []
        self.news: asyncio.Queue[Position | SeatTook | NoSeat] = asyncio.Queue()
        self.waiting = 0
        self.here: bool | None = True

    async def open(self, call: Call) -> None:
        """Note it."""
        self.notes.append(("open", call.id))

    async def close(self, call: str, outcome: Outcome) -> None:
        """Note it."""
        self.notes.append(("close", outcome))

    def emergency(self, text: str) -> Emergency | None:
        """One word of danger."""
        return "police" if "打我" in text else None

    async def heard(self, call: str, text: str, confirmed: bool) -> None:
        """Note it."""
        self.notes.append(("heard", text))

    async def ask(self, call: str, text: str, confirmed: bool) -> Answer:
        """The next answer."""
        self.notes.append(("ask", text, confirmed))
        return self.answers.pop(0)

    async def foresee(self, call: str, text: str) -> str:
        """What the next answer will say."""
        return self.answers[0].text if self.answers else ""

    async def queue(self, call: str, urgent: bool) -> AsyncIterator[Position | SeatTook | NoSeat]:
        """What the test puts into `news`."""
        self.notes.append(("queue", urgent))
        self.waiting += 1
        try:
            while True:
                yield await self.news.get()
        finally:
            self.waiting -= 1

    async def to_chat(self, call: str, urgent: bool) -> bool:
        """Note it; `here` says whether somebody is there, None that it fails."""
        self.notes.append(("chat", urgent))
        if self.here is None:
            raise LookupError("no chat")
        return self.here

    async def release(self, call: str, seat: str) -> None:
        """Note it."""
        self.notes.append(("release", seat))

    async def brief(self, call: str, seat: str) -> None:
        """Note it."""
        self.notes.append(("brief", seat))

    async def keep_message(self, call: str, recording: str, text: str) -> None:
        """Note it."""
        self.notes.append(("message", recording, text))

    async def call_back(self, call: str, number: str, promise: str) -> None:
        """Note it."""
        self.notes.append(("call back", number, promise))

    async def rated(self, call: str, score: int) -> None:
        """Note it."""
        self.notes.append(("rated", score))
