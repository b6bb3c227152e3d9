"""Hears one call: tells when the caller begins to speak, and what they said once their turn is over."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from voice.call_events import RecognizerLost, SpeechStarted
from voice.conversations import Presence
from voice.media import FRAME_SECONDS
from voice.recognizer import Heard, Recognizer
from voice.turns.ending import Ending
from voice.turns.expected import Expected, expected

_LOG = logging.getLogger(__name__)
_BEFORE = 25
"""Frames before speech was noticed that belong to it…"""
_BEFORE_OVER_US = 13
"""…fewer while we speak: what was before is our own voice coming back."""

Told = SpeechStarted | RecognizerLost | Heard


@dataclass(slots=True)
class _Turn:
    """What the caller says without our answering: its sound on the way to the recogniser, and the words so far."""

    sound: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    length: float = 0.0
    finals: list[Heard] = field(default_factory=list)
    partial: str = ""

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.finals) + self.partial

    def heard(self) -> Heard:
        worded = [one for one in self.finals if one.text.strip()]
        return worded[0] if len(worded) == 1 else Heard("，".join(one.text for one in worded), final=True)

    async def chunks(self) -> AsyncIterator[bytes]:
        while (pcm := await self.sound.get()) is not None:
            yield pcm


class Listener:
    """A recogniser hears one turn at a time, and nothing between: it costs nothing while nobody speaks, ends when we
    say so, and never hears our own voice. The next recogniser takes over when one breaks down."""

    def __init__(
        self,
        name: str,
        ears: Sequence[Recognizer],
        presence: Presence,
        ending: Ending,
        tell: Callable[[Told], None],
        over: Callable[[float], None] = lambda silence: None,
    ) -> None:
        """`name` is the call's in the log; `tell` is called from `hear` and `run`; `over` when a turn is, with the
        seconds of silence at its end."""
        self._name, self._ears, self._presence, self._ending, self._tell = name, ears, presence, ending, tell
        self._before: deque[bytes] = deque(maxlen=_BEFORE)
        self._turn: _Turn | None = None
        self._turns: asyncio.Queue[_Turn] = asyncio.Queue()
        self._over = over
        self._asked: Expected = "open"
        self._since_we_spoke = _BEFORE
        self._goes_on = False
        self.wanted = False
        """Whether words are wanted."""

    def asked(self, said: str) -> None:
        """What we say; the caller's next turn answers it."""
        self._asked = expected(said)

    def say(self, pcm: bytes) -> None:
        """A frame that we send, so that it is known when it comes back."""
        self._presence.say(pcm)
        self._since_we_spoke = 0

    def hush(self) -> None:
        """What was to be sent is not."""
        self._presence.forget()

    def hear(self, pcm: bytes) -> None:
        """A frame of the caller's."""
        began = self._presence.hear(pcm)
        self._since_we_spoke += 1
        turn = self._turn
        if turn is None:
            self._before.append(pcm)
            if not self.wanted or not (began or self._goes_on):
                return
            turn = self._begin()
        else:
            turn.sound.put_nowait(pcm)
        turn.length += FRAME_SECONDS
        ended = self._ending.ended(turn.text, self._asked, self._presence.quiet, turn.length)
        if ended != "no" or not self.wanted:
            turn.sound.put_nowait(None)
            self._over(self._presence.quiet)
            self._turn = None
            self._before.clear()
            # Who tells a long story is still telling it; music and noise had no words in them.
            self._goes_on = ended == "cap" and bool(turn.text.strip()) and self._presence.quiet == 0.0

    async def run(self) -> None:
        """Recognise turn after turn until no recogniser is left."""
        for at, ear in enumerate(self._ears):
            try:
                while True:
                    await self._recognize(await self._turns.get(), ear)
            except Exception as error:  # noqa: BLE001 - whatever broke, the caller is still there
                _LOG.warning("recogniser %d of call %s failed: %s", at, self._name, type(error).__name__)
            self._turn, self._goes_on = None, False
            self._tell(RecognizerLost(replaced=at + 1 < len(self._ears)))

    def _begin(self) -> _Turn:
        turn = self._turn = _Turn()
        self._goes_on = False
        kept = _BEFORE_OVER_US if self._since_we_spoke < _BEFORE else _BEFORE
        for pcm in list(self._before)[-kept:]:
            turn.sound.put_nowait(pcm)
        self._before.clear()
        self._turns.put_nowait(turn)
        self._tell(SpeechStarted())
        return turn

    async def _recognize(self, turn: _Turn, ear: Recognizer) -> None:
        async for heard in ear.recognize(turn.chunks()):
            if heard.final:
                turn.finals.append(heard)
                turn.partial = ""
            else:
                turn.partial = heard.text
        self._tell(turn.heard())
