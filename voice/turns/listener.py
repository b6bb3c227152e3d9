"""Hears one call: tells when the caller begins to speak, and what they said once their turn is over."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence

from voice.call_events import RecognizerLost, SpeechStarted
from voice.conversations import Presence
from voice.media import FRAME_SECONDS
from voice.recognizer import Heard, Recognizer
from voice.turns.completeness import completeness
from voice.turns.ending import Ending
from voice.turns.expected import Expected, expected
from voice.turns.turn import Turn

_LOG = logging.getLogger(__name__)
_BEFORE = 25
"""Frames before speech was noticed that belong to it…"""
_BEFORE_OVER_US = 13
"""…fewer while we speak: what was before is our own voice coming back."""

_PAUSE = 0.2
"""Seconds of silence in which the words so far are already made final: it takes a tenth of a second, and whether the
caller is done is better judged by them. Of 25 recorded sentences seven have such a pause inside, between clauses."""

Told = SpeechStarted | RecognizerLost | Heard


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
        so_far: Callable[[Heard], None] = lambda heard: None,
    ) -> None:
        """`name` is the call's in the log; `tell` is called from `hear` and `run`; `over` when a turn is, with the
        seconds of silence at its end; `so_far` at a pause that may become its end, with the words until then."""
        self._name, self._ears, self._presence, self._ending, self._tell = name, ears, presence, ending, tell
        self._before: deque[bytes] = deque(maxlen=_BEFORE)
        self._turn: Turn | None = None
        self._turns: asyncio.Queue[Turn] = asyncio.Queue()
        self._over, self._so_far = over, so_far
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
        turn, quiet = self._turn, self._presence.quiet
        if turn is None:
            self._before.append(pcm)
            if not self.wanted or not (began or self._goes_on):
                return
            turn = self._begin()
        else:
            turn.add(pcm)
            if quiet >= _PAUSE:
                turn.pause()
            elif turn.paused and quiet == 0.0:
                turn.go_on()
        ended = self._ending.ended(turn.text, self._asked, quiet, turn.length, settled=turn.settled)
        if ended != "no" or not self.wanted:
            turn.end()
            self._over(quiet)
            self._turn = None
            self._before.clear()
            # Who tells a long story is still telling it; music and noise had no words in them.
            self._goes_on = ended == "cap" and bool(turn.text.strip()) and quiet == 0.0

    async def run(self) -> None:
        """Recognise turn after turn until no recogniser is left."""
        for at, ear in enumerate(self._ears):
            try:
                while True:
                    turn = await self._turns.get()
                    self._tell(await turn.recognized(ear))
            except Exception as error:  # noqa: BLE001 - whatever broke, the caller is still there
                _LOG.warning("recogniser %d of call %s failed: %s", at, self._name, type(error).__name__)
            self._turn, self._goes_on = None, False
            self._tell(RecognizerLost(replaced=at + 1 < len(self._ears)))

    def _paused(self, heard: Heard) -> None:
        if completeness(heard.text, self._asked) != "incomplete":
            self._so_far(heard)

    def _begin(self) -> Turn:
        turn = self._turn = Turn(_BEFORE, self._paused)
        self._goes_on = False
        kept = _BEFORE_OVER_US if self._since_we_spoke < _BEFORE else _BEFORE
        turn.go_on()
        for pcm in list(self._before)[-kept:]:
            turn.add(pcm)
        turn.length = FRAME_SECONDS
        self._before.clear()
        self._turns.put_nowait(turn)
        self._tell(SpeechStarted())
        return turn
