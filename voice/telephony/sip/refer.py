"""Handing a caller over: REFER, and what the other side tells of it (RFC 3515)."""

from __future__ import annotations

import asyncio

from voice.clock import Clock, within
from voice.telephony.sip.address import Uri
from voice.telephony.sip.message import Malformed, Message

RINGS_FOR = 90.0
"""Seconds in which the new end may answer."""


class Referral:
    """One attempt."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._accepted = False
        self._taken: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def outcome(self, answer: Message | None) -> bool:
        """Whether the caller was taken over; `answer` is the response to our REFER."""
        if self._taken.done():  # told before, or instead of, the response
            return self._taken.result()
        if answer is None or answer.status >= 300:
            return False
        self._accepted = True
        return await within(self._clock, RINGS_FOR, self._taken) and self._taken.result()

    def notified(self, notify: Message) -> None:
        """How far the other side has come."""
        first = notify.body.decode("ascii", "replace").split("\r\n", 1)[0].split()
        status = int(first[1]) if len(first) > 1 and first[0] == "SIP/2.0" and first[1].isdigit() else 0
        ended = notify.get("subscription-state").lower().startswith("terminated")
        if status >= 200 or ended:
            self._tell(200 <= status < 300)

    def left(self) -> None:
        """The other side said BYE: after accepting, that is how some exchanges say it is done."""
        self._tell(self._accepted)

    def _tell(self, taken: bool) -> None:
        if not self._taken.done():
            self._taken.set_result(taken)


def refer_to(target: str, caller: Uri, contact: Uri) -> str:
    """`target` as a header: an address as it is, a number at the other side's place. Raises ValueError for neither."""
    if target.lower().startswith(("sip:", "sips:", "tel:")):
        try:
            return f"<{Uri.decode(target.replace('>', ' ')).text}>"
        except Malformed:
            raise ValueError("not an address to transfer to") from None
    plain = target.strip()
    if not plain or not plain.isascii() or not all(letter.isalnum() or letter in "+*#-_." for letter in plain):
        raise ValueError("not a number to transfer to")
    place = caller.host or contact.host
    port = caller.port if caller.host else contact.port
    host = f"[{place}]" if ":" in place else place
    return f"<sip:{plain.replace('#', '%23')}@{host}{f':{port}' if port else ''}>"
