"""Whether a callback is the provider's and of now, told in the same time whatever is wrong with it."""

from __future__ import annotations

import hmac
import re

from wechatpy.utils import WeChatSigner

from bot.clock import Clock

STALE = 600
"""Seconds after which a signature counts no more; the provider's three tries take a quarter of a minute."""
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_NONCE = re.compile(r"[ -~]{1,128}")


def sign(*said: str) -> str:
    """The provider's signature: SHA-1 over the sorted words."""
    signer = WeChatSigner()
    signer.add_data(*said)
    return str(signer.signature)


class Signatures:
    """Checks what is signed with one token."""

    def __init__(self, token: str, clock: Clock) -> None:
        self._token = token
        self._clock = clock

    def right(self, signature: str, timestamp: str, nonce: str, sealed: str = "") -> bool:
        """Whether it is signed by who knows the token, and not long ago.

        Everything is computed whatever has failed already, so that the time says nothing of where.
        """
        plain = bool(_TIMESTAMP.fullmatch(timestamp)) & bool(_NONCE.fullmatch(nonce)) & sealed.isascii()
        words = (timestamp, nonce, *((sealed,) if sealed else ())) if plain else ("0", "0")
        same = hmac.compare_digest(sign(self._token, *words).encode(), signature.encode("utf-8", "surrogatepass"))
        age = abs(self._clock.now().timestamp() - int(words[0]))
        return plain & same & (age <= STALE)
