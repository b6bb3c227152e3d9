"""Callers who speak when they have listened, and note how long they waited for the answer."""

from __future__ import annotations

import itertools
import random
import re
import selectors
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tests.load.sayings import Saying, hiss
from tests.load.sip_phone import SipPhone, udp
from voice.telephony.rtp.g711 import PCMA

_FRAME = 0.02
_HEARD = 160
"""A sample louder than that, of 32,768, is sound: −46 dB."""
_TURNS = 6
"""Of one call."""
_PAUSE = 1.2
"""Seconds without sound after which we have said what we had to say."""
_ENOUGH = 4.0
"""Seconds of an answer after which we speak into it; the greeting is heard to its end."""
_LAST = re.compile("人工|再见|打伤")
"""After what has this in it a person is called, or the call is over; then we hang up."""
_PATIENCE = 6.0
_STOPPED = 40
"""Frames of ours after which nothing may be said any more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said, and the answer to it; times by the machine's clock."""

    saying: Saying
    call: str
    """Call-ID."""
    ended: float
    """When the last sound of the caller's speech was sent."""
    answered: float | None
    """When the first sound of the answer arrived."""
    cut_off: bool = False
    """The answer came before the caller was done."""


class Caller:
    """One line, with call after call on it."""

    def __init__(
        self, server: tuple[str, int], said: Iterator[Saying], tell: Callable[[Turn], None], seed: int
    ) -> None:
        """`tell` is called when a turn is over."""
        self._server, self._said, self._tell = server, said, tell
        self._chance, self._hiss = random.Random(seed), itertools.cycle(hiss())
        self.phone: SipPhone | None = None
        self.seconds = 0.0
        """On the telephone."""
        self.refused = 0
        """Calls that were not answered."""
        self._state: Literal["listening", "speaking", "waiting"] = "listening"
        self._saying: Saying | None = None
        self._at = self._turns = 0
        self._since = self._sound = self._ended = 0.0
        self._pause = _PAUSE
        self._cut_off = self._into = False

    def dial(self) -> SipPhone | None:
        """Call; None when nobody answers."""
        phone = SipPhone(udp(), udp())
        phone.sip.settimeout(5)
        try:
            phone.dial(self._server)
        except (OSError, RuntimeError):
            self.refused += 1
            phone.close()
            return None
        self.phone = phone
        phone.rtp.setblocking(False)
        self._turns = 0
        self._listen(time.time())
        return phone

    def hang_up(self) -> None:
        """The call is over."""
        if self.phone is not None:
            self.phone.sip.sendto(self.phone.request("BYE", 2), self._server)
            self.phone.close()
            self.phone = None

    def beat(self, now: float) -> bool:
        """Send 20 ms; whether the call goes on."""
        assert self.phone is not None
        self.seconds += _FRAME
        if self._state == "listening" and not self._listened(now):
            return False
        if self._saying is None or self._at >= len(self._saying.frames):
            self.phone.send(next(self._hiss))
        else:
            self.phone.send(self._saying.frames[self._at])
            if self._at == self._saying.last:
                self._state, self._ended = "waiting", time.time()
            self._at += 1
        if self._state == "waiting" and (self._cut_off or now > self._ended + _PATIENCE):
            self._over(None)
        return True

    def hear(self) -> None:
        """Take in one packet."""
        assert self.phone is not None
        at, packet = self.phone.receive()
        if np.abs(np.frombuffer(PCMA.decode(packet.payload), "<i2").astype(int)).max(initial=0) < _HEARD:
            return
        self._sound = at
        if self._state == "waiting" and at >= self._ended:
            self._over(at)
        elif self._state == "speaking":
            # What we speak into stops within half a second.
            self._cut_off = self._cut_off or not self._into or self._at > _STOPPED

    def _listen(self, now: float) -> None:
        self._state, self._saying, self._since = "listening", None, now
        self._pause, self._cut_off = _PAUSE + self._chance.uniform(0, 0.4), False

    def _listened(self, now: float) -> bool:
        """Speak, if what was said seems to be over or is long; whether the call goes on."""
        if self._sound < self._since and now > self._since + _PATIENCE:
            return False
        over = self._sound >= self._since and now > self._sound + self._pause
        if over or (self._turns and now > self._since + _ENOUGH + self._pause):
            if self._turns == _TURNS or (self._saying is not None and _LAST.search(self._saying.text)):
                return False
            self._turns += 1
            self._state, self._saying, self._at, self._into = "speaking", next(self._said), 0, not over
        return True

    def _over(self, answered: float | None) -> None:
        assert self.phone is not None
        assert self._saying is not None
        self._tell(Turn(self._saying, self.phone.name, self._ended, answered, self._cut_off))
        self._state, self._since = "listening", self._ended
        self._pause, self._cut_off = _PAUSE + self._chance.uniform(0, 0.4), False


def talk(callers: Sequence[Caller], enough: Callable[[float], bool]) -> float:
    """All call and go on until `enough`, asked every beat with the seconds since the beginning; how many it took."""
    with selectors.DefaultSelector() as selector:
        began = time.time()
        due = [began + (0.9 + _FRAME / len(callers)) * place for place in range(len(callers))]
        while not enough(time.time() - began):
            for place, caller in enumerate(callers):
                if due[place] > time.time():
                    continue
                if (phone := caller.phone) is None:
                    if (phone := caller.dial()) is None:
                        due[place] = time.time() + 1
                        continue
                    selector.register(phone.rtp, selectors.EVENT_READ, caller)
                    due[place] = max(due[place], time.time() - _FRAME)
                if not caller.beat(time.time()):
                    selector.unregister(phone.rtp)
                    caller.hang_up()
                due[place] += _FRAME
            for key, _ in selector.select(max(0.0, min(due) - time.time())):
                key.data.hear()
        for caller in callers:
            caller.hang_up()
        return time.time() - began
