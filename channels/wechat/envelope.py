"""Messages sealed as in the provider's safe mode: AES-256-CBC, padded to 32 bytes, with the id of whom they are for."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets

from wechatpy.crypto.base import WeChatCipher

BLOCK = 32
_HEAD = 20
"""Sixteen random bytes and four of length."""


class BadSeal(ValueError):
    """It does not open, or was for somebody else; which of them is not told."""


class Envelope:
    """Opens and seals with one key, for one account."""

    def __init__(self, key: bytes, to: str) -> None:
        self._key = key
        self._to = to.encode()

    def open(self, sealed: str) -> bytes:
        """What is inside. Raises BadSeal; every check is made whichever has failed."""
        try:
            raw = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError):
            raise BadSeal from None
        if not raw or len(raw) % BLOCK:
            raise BadSeal
        plain: bytes = WeChatCipher(self._key).decrypt(raw)
        pad = plain[-1]
        padded = hmac.compare_digest(plain[-BLOCK:][-pad:], bytes([pad]) * pad) & (1 <= pad <= BLOCK)
        content = plain[: -pad or None]
        length = int.from_bytes(content[16:_HEAD], "big")
        ours = hmac.compare_digest(content[_HEAD + length :], self._to)
        if not padded & ours & (length <= len(content) - _HEAD):
            raise BadSeal
        return content[_HEAD : _HEAD + length]

    def seal(self, xml: str) -> str:
        """`xml` as only the account can read it."""
        inside = xml.encode()
        content = secrets.token_hex(8).encode() + len(inside).to_bytes(4, "big") + inside + self._to
        pad = BLOCK - len(content) % BLOCK
        return base64.b64encode(WeChatCipher(self._key).encrypt(content + bytes([pad]) * pad)).decode()
