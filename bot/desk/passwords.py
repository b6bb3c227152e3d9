"""Passwords of staff: which may be chosen, how they are kept and compared."""

from __future__ import annotations

import asyncio
import re
import secrets
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
_HASHER = PasswordHasher()
# Checked when the name is unknown, so that the answer takes as long as for a known one.
_NOBODY = _HASHER.hash(secrets.token_hex(16))
_LEET = str.maketrans({"@": "a", "0": "o", "1": "i", "3": "e", "$": "s", "5": "s", "!": "i", "7": "t"})
_LEAST_DIFFERENT = 5
_LEAST_LEFT = 4
"""Characters that must be left of a password once a common one is taken out of it."""
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)


class Passwords:
    """Hashing takes tens of milliseconds and much memory: two at once are enough, the rest wait."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(2)

    async def hash(self, password: str) -> str:
        """As it is kept (argon2id)."""
        async with self._turns:
            return await asyncio.to_thread(_HASHER.hash, password)

    async def right(self, password: str, hashed: str | None) -> bool:
        """Whether it is the one kept as `hashed`; for None it takes as long and is not."""
        async with self._turns:
            return await asyncio.to_thread(_matches, hashed or _NOBODY, password[:LONGEST])


def weakness(password: str, account: str) -> str:
    """Why it cannot be chosen (Simplified Chinese), "" when it can.

    As NIST SP 800-63B, section 5.1.1.2 asks: long, not among those that are commonly used, no rule about kinds of
    characters.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return f"密码至少 {SHORTEST} 位，至多 {LONGEST} 位。"
    folded = password.casefold()
    if account.casefold() in folded or len(set(password)) < _LEAST_DIFFERENT:
        return "密码太容易猜到：不要包含账号名，也不要只用几个重复的字符。"
    if _common(folded) or _run(folded):
        return "这个密码太常见，容易被猜到，请换一个，比如几个不相干的词连在一起。"
    return ""


def made_up() -> str:
    """One to hand over once, easy to read aloud; whoever gets it chooses their own."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _common(folded: str) -> bool:
    """Whether little is left of it without one that is common, written plainly or with digits for letters."""
    for form in (folded, folded.translate(_LEET)):
        for word in _words():
            if word in form and len(set(re.sub(r"[^a-z]", "", form.replace(word, "")))) < _LEAST_LEFT:
                return True
    return False


def _run(folded: str) -> bool:
    """Whether it runs along the alphabet, the digits or the keyboard, or repeats one short piece."""
    if re.fullmatch(r"(.{1,6}?)\1+.{0,5}", folded):
        return True
    return any(folded in run or folded[::-1] in run for run in _RUNS)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    text = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split() if not line.startswith("#"))
