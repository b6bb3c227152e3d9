"""What a caller says without our answering: its sound on the way to the recogniser, and the words so far."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

from voice.media import FRAME_SECONDS
from voice.recognizer import Heard, Recognizer

_Sound = asyncio.Queue[bytes | None]


class Turn:
    """A pause ends a part of it, so that its words are known by the time that the pause is long enough to be the end;
    the caller who goes on begins the next part."""

    def __init__(self, kept: int, so_far: Callable[[Heard], None] = lambda heard: None) -> None:
        """`kept`: frames before the speech of a part that belong to it; `so_far` is told the words at every pause that
        may be the end."""
        self._so_far = so_far
        self.settled = False
        """Whether `text` is all that was said until now; else it may lack the last words."""
        self.length = 0.0
        self._parts: asyncio.Queue[_Sound | None] = asyncio.Queue()
        self._sound: _Sound | None = None
        self._silence: deque[bytes] = deque(maxlen=kept)
        self._finals: list[Heard] = []
        self._partial = ""

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(one.text for one in self._finals) + self._partial

    @property
    def paused(self) -> bool:
        """Whether no part goes on."""
        return self._sound is None

    def add(self, pcm: bytes) -> None:
        """The next frame."""
        self.length += FRAME_SECONDS
        if self._sound is None:
            self._silence.append(pcm)
        else:
            self._sound.put_nowait(pcm)

    def go_on(self) -> None:
        """Speech: the next part, with the silence in front of it."""
        self.settled = False
        self._sound = asyncio.Queue()
        self._parts.put_nowait(self._sound)
        for pcm in self._silence:
            self._sound.put_nowait(pcm)
        self._silence.clear()

    def pause(self) -> None:
        """The part is over."""
        if self._sound is not None:
            self._sound.put_nowait(None)
            self._sound = None

    def end(self) -> None:
        """The turn is over."""
        self.pause()
        self._parts.put_nowait(None)

    async def recognized(self, ear: Recognizer) -> Heard:
        """All of it, once it is over."""
        while (sound := await self._parts.get()) is not None:
            async for heard in ear.recognize(_chunks(sound)):
                if heard.final:
                    self._finals.append(heard)
                    self._partial = ""
                else:
                    self._partial = heard.text
            self.settled = self.paused and self._parts.empty()
            if self.settled and self.text.strip():
                self._so_far(self._heard())
        return self._heard()

    def _heard(self) -> Heard:
        worded = [one for one in self._finals if one.text.strip()]
        return worded[0] if len(worded) == 1 else Heard("，".join(one.text for one in worded), final=True)


async def _chunks(sound: _Sound) -> AsyncIterator[bytes]:
    while (pcm := await sound.get()) is not None:
        yield pcm
