"""Whether a callback is Weibo's and of now, told in the same time whatever is wrong with it."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

from bot.clock import Clock

STALE = 600
"""Seconds after which a signature counts no more; Weibo's tries take a quarter of a minute."""
_TIMESTAMP = re.compile(r"[0-9]{1,13}", re.ASCII)
_NONCE = re.compile(r"[ -~]{1,128}")


def sign(secret: str, timestamp: str, nonce: str) -> str:
    """Weibo's signature: SHA-1 over the three, sorted and joined."""
    return hashlib.sha1("".join(sorted((secret, timestamp, nonce))).encode(), usedforsecurity=False).hexdigest()


class Signatures:
    """Checks what is signed with the secret of one application."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def right(self, query: Mapping[str, str]) -> bool:
        """Whether the request is signed by who knows the secret, and not long ago.

        Everything is computed whatever has failed already, so that the time says nothing of where.
        """
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        plain = bool(_TIMESTAMP.fullmatch(timestamp)) & bool(_NONCE.fullmatch(nonce))
        words = (timestamp, nonce) if plain else ("0", "0")
        given = query.get("signature", "").encode("utf-8", "surrogatepass")
        same = hmac.compare_digest(sign(self._secret, *words).encode(), given)
        # The documentation's example counts milliseconds, some accounts are sent seconds.
        seconds = int(words[0]) / 1000 if len(words[0]) == 13 else int(words[0])
        return plain & same & (abs(self._clock.now().timestamp() - seconds) <= STALE)
