"""Secrets that the service must read again, as they are kept: whoever has only the database cannot."""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class BrokenSeal(Exception):
    """Sealed under another key or for something else, or changed since."""


class Seal:
    """AES-256-GCM; a nonce is drawn for each, of which a service makes a few thousand in its life."""

    def __init__(self, key: bytes) -> None:
        """`key`: 32 bytes."""
        self._cipher = AESGCM(key)

    def close(self, secret: str, place: str) -> str:
        """The secret as it is kept. `place` says what it is of: elsewhere it does not open."""
        nonce = secrets.token_bytes(_NONCE)
        return b64encode(nonce + self._cipher.encrypt(nonce, secret.encode(), place.encode())).decode()

    def open(self, sealed: str, place: str) -> str:
        """What was sealed. Raises BrokenSeal."""
        try:
            raw = b64decode(sealed, validate=True)
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError):
            raise BrokenSeal from None
