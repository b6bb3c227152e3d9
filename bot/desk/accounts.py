"""Signing in at the desk, and the sessions that come of it; guessing is slowed down, for every name alike."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.desk.factor import matching_step, new_token, recovery_hash
from bot.desk.passwords import Passwords, weakness
from bot.desk.profile import LONGEST_NAME, AccountError, Profile, account_name, checked
from bot.desk.seal import BrokenSeal, Seal
from bot.desk.seat import How, Owed, Role, Seat, Session

_LOG = logging.getLogger(__name__)
MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
HALF = timedelta(minutes=5)
"""How long the page for the second factor waits."""
GIVEN_FOR = timedelta(days=7)
"""How long a password that somebody else has set is good: long enough for a week's leave, too short to lie about."""
_SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written at most this often: reading a page should not cost a commit."""


class LoginRefused(Exception):
    """Name, password or code is wrong, or too many were; `text` (Simplified Chinese) does not tell which is wrong."""

    def __init__(self, text: str) -> None:
        super().__init__("login refused")
        self.text = text


@dataclass(frozen=True, slots=True)
class Where:
    """Where a request came from."""

    address: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A stored account."""

    seat: Seat
    password_hash: str
    disabled: bool
    factor: str
    """Secret of the second factor, sealed; "" where there is none."""
    own_password: bool
    """Chosen by whom it belongs to."""
    subject: str
    """Who this is at the OIDC provider; "" where an administrator has not linked it."""
    given: datetime | None = None
    """When somebody else set the password; None where it is the owner's, or of before this was kept."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A stored session; it is known by the hash of its token only."""

    account: Account
    csrf: str
    began: datetime
    seen: datetime
    expires: datetime
    proved: bool
    how: How
    key: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings say about sessions."""

    longest: timedelta
    idle: timedelta
    factor_roles: frozenset[Role] = field(default_factory=frozenset)
    """Roles that must have a second factor."""


class AccountRecords(Protocol):
    """The storage of accounts and their sessions; changes write the audit trail in the same transaction."""

    async def add(
        self, name: str, password_hash: str, profile: Profile, now: datetime, actor: str, *, own: bool
    ) -> Seat | None:
        """A new account; None when the name is taken. `own`: the password is its owner's choice."""
        ...

    async def count(self) -> int:
        """Accounts that can sign in."""
        ...

    async def by_name(self, name: str) -> Account | None:
        """The account of that name."""
        ...

    async def attempt(self, key: str, now: datetime, lock_at: int, lock_for: timedelta) -> datetime | None:
        """Count an attempt before it is looked at; when the lock on the key ends, if there was one already.

        The `lock_at`-th locks, and is itself the last that may be looked at.
        """
        ...

    async def failed(self, seat: Seat | None, key: str, where: Where, now: datetime) -> None:
        """Note that the attempt was wrong."""
        ...

    async def signed_in(self, key: str, account: Account, session: Session, token_hash: str, where: Where) -> None:
        """Keep a session. The attempt no longer counts; if nothing is left to prove, none before it does."""
        ...

    async def session(self, token_hash: str) -> StoredSession | None:
        """The session with this token hash."""
        ...

    async def seen(self, token_hash: str, now: datetime) -> None:
        """The session was used."""
        ...

    async def code_used(self, seat: Seat, step: int) -> bool:
        """Use up a step of the second factor; False when it or a later one was used before."""
        ...

    async def recovery_used(self, seat: Seat, hashed: str, now: datetime) -> bool:
        """Use up a recovery code; False when there is none such."""
        ...

    async def signed_out(self, token_hash: str, seat: Seat, now: datetime) -> None:
        """End the session."""
        ...


class Accounts:
    """Sign-in and sessions of the desk."""

    def __init__(self, records: AccountRecords, clock: Clock, rules: Rules, seal: Seal) -> None:
        self._records = records
        self._clock = clock
        self._rules = rules
        self.seal = seal
        self.passwords = Passwords()

    async def add_staff(
        self,
        name: str,
        password: str,
        role: Role = "lawyer",
        *,
        profile: Profile | None = None,
        actor: str = "cli",
        own: bool = True,
    ) -> Seat:
        """A new account. Raises AccountError for what cannot be used or a name that is taken."""
        cleaned = account_name(name)
        if not cleaned or len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
            raise AccountError(f"账号名应为 1 至 {LONGEST_NAME} 个可见字符。")
        if weak := weakness(password, cleaned):
            raise AccountError(weak)
        wanted = checked(profile or Profile(role))
        hashed = await self.passwords.hash(password)
        seat = await self._records.add(cleaned, hashed, wanted, self._clock.now(), actor, own=own)
        if seat is None:
            raise AccountError(f"账号 {cleaned} 已经存在。")
        return seat

    async def count(self) -> int:
        """Accounts that can sign in."""
        return await self._records.count()

    async def sign_in(self, name: str, password: str, where: Where = Where()) -> tuple[str, Session]:
        """The token of a new session and the session, not `proved` where a code is wanted too. Raises LoginRefused."""
        name = account_name(name)[:LONGEST_NAME]
        await self.attempt(name)
        account = await self._records.by_name(name)
        right = await self.passwords.right(password, None if account is None else account.password_hash)
        if account is None or account.disabled or not right:
            seat = None if account is None else account.seat
            await self._records.failed(seat, attempt_key(name), where, self._clock.now())
            raise LoginRefused("账号或密码不对。")
        if account.given is not None and self._clock.now() >= account.given + GIVEN_FOR:
            await self._records.failed(account.seat, attempt_key(name), where, self._clock.now())
            raise LoginRefused(f"临时密码已经过了 {GIVEN_FOR.days} 天，不能再用。请联系管理员重置密码。")
        return await self.admit(account, "password", where)

    async def prove(self, token: str, code: str, where: Where = Where()) -> tuple[str, Session]:
        """A whole session under a new token for a half one and the code of its second factor. Raises LoginRefused."""
        now = self._clock.now()
        stored = await self._records.session(token_hash(token))
        if stored is None or stored.proved or stored.account.disabled or now >= stored.expires:
            raise LoginRefused("登录已过期，请重新登录。")
        account = stored.account
        await self.attempt(account.seat.name)
        if not await self.code_right(account, code):
            await self.wrong(account, where)
            raise LoginRefused("验证码不对，或者已经用过。")
        await self._records.signed_out(token_hash(token), account.seat, now)
        return await self.admit(account, stored.how, where, proved=True)

    async def code_right(self, account: Account, code: str) -> bool:
        """Whether this is a code of the account's second factor that was never used; it is used up by asking."""
        now = self._clock.now()
        step = matching_step(self._opened(account), code, now) if account.factor else None
        if step is not None:
            return await self._records.code_used(account.seat, step)
        return await self._records.recovery_used(account.seat, recovery_hash(code), now)

    def _opened(self, account: Account) -> str:
        """The secret of the second factor; "" where the key has changed: then recovery codes still count."""
        try:
            return self.seal.open(account.factor, factor_of(account.seat))
        except BrokenSeal:
            _LOG.error("the second factor of account %s was sealed under another IDENTITY_KEY", account.seat.id)
            return ""

    async def attempt(self, name: str) -> None:
        """Count an attempt on this name before it is looked at. Raises LoginRefused while the name is locked."""
        now = self._clock.now()
        until = await self._records.attempt(attempt_key(name), now, MAX_FAILURES, LOCKED_FOR)
        if until is not None:
            minutes = int((until - now).total_seconds() // 60) + 1
            raise LoginRefused(f"登录失败次数过多，账号已暂时锁定，请约 {minutes} 分钟后再试。")

    async def wrong(self, account: Account, where: Where) -> None:
        """Note that an attempt on the account was wrong."""
        await self._records.failed(account.seat, attempt_key(account.seat.name), where, self._clock.now())

    async def admit(
        self, account: Account, how: How, where: Where, *, proved: bool = False
    ) -> tuple[str, Session]:  # fmt: skip
        """A new session under a new token. `proved`: the second factor was shown, here or at the provider."""
        now = self._clock.now()
        whole = proved or not account.factor
        token = new_token()
        session = Session(
            account.seat,
            new_token(),
            now + (self._rules.longest if whole else HALF),
            now,
            session_key(token_hash(token)),
            self.owes(account, how),
            how,
            whole,
        )
        await self._records.signed_in(attempt_key(account.seat.name), account, session, token_hash(token), where)
        return token, session

    async def session(self, token: str, *, used: bool = True) -> Session | None:
        """The live session of this token; None when there is none, it has expired or was idle too long.

        `used` False: nobody does anything, a page only asks for what is new.
        """
        now = self._clock.now()
        stored = await self._records.session(token_hash(token))
        if stored is None or not stored.proved or stored.account.disabled:
            return None
        if now >= stored.expires or now - stored.seen >= self._rules.idle:
            return None
        if used and now - stored.seen >= _SEEN_EVERY:
            await self._records.seen(token_hash(token), now)
        owes = self.owes(stored.account, stored.how)
        return Session(stored.account.seat, stored.csrf, stored.expires, stored.began, stored.key, owes, stored.how)

    def owes(self, account: Account, how: How) -> Owed:
        """What is to be set up first."""
        if not account.own_password and how == "password":
            return "password"
        return "factor" if account.seat.role in self._rules.factor_roles and not account.factor else ""

    def must_have_factor(self, seat: Seat) -> bool:
        """Whether the role asks for a second factor."""
        return seat.role in self._rules.factor_roles

    async def sign_out(self, token: str, seat: Seat) -> None:
        """End the session of this token."""
        await self._records.signed_out(token_hash(token), seat, self._clock.now())


def factor_of(seat: Seat) -> str:
    """What a sealed second factor is of."""
    return f"second factor of {seat.id}"


def token_hash(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def session_key(hashed: str) -> str:
    """What names a session to its owner."""
    return hashed[:16]


def attempt_key(name: str) -> str:
    """What attempts on a name are counted under."""
    return token_hash(f"sign-in\n{name}")
