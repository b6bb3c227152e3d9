"""Staff accounts: made on the command line, signed in with argon2, slowed down when guessed at."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.clock import Clock
from bot.desk.seat import Role, Seat, Session

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
_SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written at most this often: reading a page should not cost a commit."""

_HASHER = PasswordHasher()
# Checked when the name is unknown, so that the answer takes as long as for a known one.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


class AccountError(ValueError):
    """The account cannot be made; the message says why (Simplified Chinese)."""


class LoginRefused(Exception):
    """Name or password is wrong, or the account is locked; `text` (Simplified Chinese) does not tell which is wrong."""

    def __init__(self, text: str) -> None:
        super().__init__("login refused")
        self.text = text


@dataclass(frozen=True, slots=True)
class Account:
    """A stored account."""

    seat: Seat
    password_hash: str
    disabled: bool
    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A stored session; it is known by the hash of its token only."""

    seat: Seat
    csrf: str
    seen: datetime
    expires: datetime
    disabled: bool
    """The account has been switched off since."""


class AccountRecords(Protocol):
    """The storage of accounts and their sessions; changes write the audit trail in the same transaction."""

    async def add(self, name: str, password_hash: str, role: Role, now: datetime) -> Seat | None:
        """A new account; None when the name is taken."""
        ...

    async def count(self) -> int:
        """Accounts that can sign in."""
        ...

    async def by_name(self, name: str) -> Account | None:
        """The account of that name."""
        ...

    async def failed(self, seat: Seat, now: datetime, lock_at: int, locked_until: datetime) -> None:
        """Count a failed sign-in; the `lock_at`-th locks the account until `locked_until` and starts the count anew."""
        ...

    async def signed_in(self, seat: Seat, token_hash: str, csrf: str, now: datetime, expires: datetime) -> None:
        """Keep a session and forget failures and sessions that have expired."""
        ...

    async def session(self, token_hash: str) -> StoredSession | None:
        """The session with this token hash."""
        ...

    async def seen(self, token_hash: str, now: datetime) -> None:
        """The session was used."""
        ...

    async def signed_out(self, token_hash: str, seat: Seat, now: datetime) -> None:
        """End the session."""
        ...


class Accounts:
    """Sign-in and sessions of the desk."""

    def __init__(self, records: AccountRecords, clock: Clock, *, longest: timedelta, idle: timedelta) -> None:
        self._records = records
        self._clock = clock
        self._longest = longest
        self._idle = idle
        # Hashing takes tens of milliseconds and much memory: two at once are enough, the rest wait.
        self._hashing = asyncio.Semaphore(2)

    async def add_staff(self, name: str, password: str, role: Role = "lawyer") -> Seat:
        """A new account. Raises AccountError for an unusable name or password or a name that is taken."""
        cleaned = _name(name)
        if not cleaned or len(cleaned) > 64 or not cleaned.isprintable():
            raise AccountError("账号名应为 1 至 64 个可见字符。")
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise AccountError(f"密码至少 {SHORTEST_PASSWORD} 位，至多 {LONGEST_PASSWORD} 位。")
        if cleaned.casefold() in password.casefold() or len(set(password)) < 5:
            raise AccountError("密码太容易猜到：不要包含账号名，也不要只用几个重复的字符。")
        hashed = await asyncio.to_thread(_HASHER.hash, password)
        seat = await self._records.add(cleaned, hashed, role, self._clock.now())
        if seat is None:
            raise AccountError(f"账号 {cleaned} 已经存在。")
        return seat

    async def count(self) -> int:
        """Accounts that can sign in."""
        return await self._records.count()

    async def sign_in(self, name: str, password: str) -> tuple[str, Session]:
        """The token of a new session and the session. Raises LoginRefused."""
        now = self._clock.now()
        account = await self._records.by_name(_name(name)[:64])
        if account is not None and account.locked_until is not None and account.locked_until > now:
            minutes = int((account.locked_until - now).total_seconds() // 60) + 1
            raise LoginRefused(f"登录失败次数过多，账号已暂时锁定，请约 {minutes} 分钟后再试。")
        hashed = account.password_hash if account is not None else _NOBODY
        async with self._hashing:
            right = await asyncio.to_thread(_matches, hashed, password[:LONGEST_PASSWORD])
        if account is None or account.disabled or not right:
            if account is not None:
                await self._records.failed(account.seat, now, MAX_FAILURES, now + LOCKED_FOR)
            raise LoginRefused("账号或密码不对。")
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        session = Session(account.seat, csrf, now + self._longest)
        await self._records.signed_in(account.seat, _hash(token), csrf, now, session.expires)
        return token, session

    async def session(self, token: str) -> Session | None:
        """The live session of this token; None when there is none, it has expired or was idle too long."""
        now = self._clock.now()
        stored = await self._records.session(_hash(token))
        if stored is None or stored.disabled or now >= stored.expires or now - stored.seen >= self._idle:
            return None
        if now - stored.seen >= _SEEN_EVERY:
            await self._records.seen(_hash(token), now)
        return Session(stored.seat, stored.csrf, stored.expires)

    async def sign_out(self, token: str, seat: Seat) -> None:
        """End the session of this token."""
        await self._records.signed_out(_hash(token), seat, self._clock.now())


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _name(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).strip()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
