"""The second factor: codes of an authenticator app (RFC 6238), and codes for when it is lost."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp

ISSUER = "法线"
STEP = 30
"""Seconds a code lives; the one before and the one after count too, since clocks differ."""
RECOVERY_CODES = 10


def new_secret() -> str:
    """160 random bits in Base32."""
    return pyotp.random_base32()


def address(secret: str, account: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=account, issuer_name=ISSUER)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is; None when it is no code of now."""
    digits = "".join(code.split())
    if not (secret and len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return None
    made, middle = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    for step in (middle - 1, middle, middle + 1):
        if hmac.compare_digest(made.generate_otp(step), digits):
            return step
    return None


def new_recovery() -> list[str]:
    """Codes to write down, 80 bits each."""
    return [_grouped(pyotp.random_base32(32)[:16].lower()) for _ in range(RECOVERY_CODES)]


def recovery_hash(code: str) -> str:
    """How one is kept. They are random, so that nothing slower is needed."""
    return hashlib.sha256("".join(code.replace("-", "").split()).lower().encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
