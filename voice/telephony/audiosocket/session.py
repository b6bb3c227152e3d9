"""One call by AudioSocket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from voice.clock import Clock, within
from voice.media import Call, Frame, Key
from voice.telephony.audiosocket.ari import Ari
from voice.telephony.audiosocket.frame import AUDIO, FAILED, HANG_UP, KEY, SocketFrame
from voice.telephony.ear import Ear
from voice.telephony.metronome import Metronome
from voice.telephony.mouth import Mouth

RATE = 8000
FAREWELL = 0.5
SILENT_FOR = 60.0
"""Seconds without a frame after which the connection counts as dead."""
_BACKLOG = 1 << 16
"""Bytes unread by Asterisk, four seconds of sound, at which more is dropped rather than said late."""


class AudioSocketSession:
    """A MediaSession. `read` must run beside it."""

    def __init__(
        self,
        call: Call,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        clock: Clock,
        metronome: Metronome,
        ari: Ari | None,
    ) -> None:
        self._call, self._reader, self._writer = call, reader, writer
        self._clock, self._ari = clock, ari
        self._ear, self._mouth = Ear(RATE), Mouth(RATE)
        self._heard_at = clock.monotonic()
        self._over = False
        self._leave: Callable[[], None] = metronome.join(self._beat)

    @property
    def call(self) -> Call:
        """Who calls whom."""
        return self._call

    @property
    def rate(self) -> int:
        """The protocol knows no other that every Asterisk speaks."""
        return RATE

    async def receive(self) -> Frame | Key | None:
        """What comes next from the caller."""
        return await self._ear.next()

    async def send(self, pcm: bytes) -> None:
        """Say one frame."""
        await self._mouth.say(pcm)

    def interrupt(self) -> None:
        """Forget what waits to be said."""
        self._mouth.forget()

    async def hang_up(self) -> None:
        """Let the last frames go out, then end the call; the dial plan goes on without us."""
        if not self._over:
            await within(self._clock, FAREWELL, asyncio.ensure_future(self._mouth.finished()))
        if not self._over:
            self._writer.write(SocketFrame(HANG_UP).encode())
            self.finish()

    async def transfer(self, target: str) -> bool:
        """Tell the dial plan where to send the caller, and leave. Without ARI nobody can be told.

        True means that Asterisk knows; whether the new end answers is between it and the dial plan. Raises ValueError
        for what no dial plan takes as an extension.
        """
        if not target or not target.isascii() or not all(letter.isalnum() or letter in "+*#-_." for letter in target):
            raise ValueError("not an extension to transfer to")
        if self._over or self._ari is None or not await self._ari.send_to(self._call.reference, target):
            return False
        await self.hang_up()
        return True

    async def read(self) -> None:
        """Take in what Asterisk sends, until the call is over."""
        while not self._over:
            frame = await SocketFrame.read(self._reader)
            self._heard_at = self._clock.monotonic()
            if frame.kind == AUDIO:
                self._ear.hear(frame.payload)
            elif frame.kind == KEY:
                self._ear.press(frame.payload.decode("ascii", "replace"))
            elif frame.kind in (HANG_UP, FAILED):
                self.finish()

    def finish(self) -> None:
        """The call is over: nothing of it stays open."""
        if not self._over:
            self._over = True
            self._leave()
            self._ear.close()
            self._mouth.close()
            self._writer.close()

    def _beat(self) -> None:
        if (pcm := self._mouth.take()) is not None and self._writer.transport.get_write_buffer_size() < _BACKLOG:
            self._writer.write(SocketFrame(AUDIO, pcm).encode())
        if self._clock.monotonic() - self._heard_at > SILENT_FOR:
            self.finish()
