"""One's own account: password, second factor, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.desk.accounts import Account, Accounts, LoginRefused, Where, attempt_key, factor_of
from bot.desk.factor import address, matching_step, new_recovery, new_secret, recovery_hash
from bot.desk.passwords import weakness
from bot.desk.profile import AccountError, telephone
from bot.desk.seal import BrokenSeal
from bot.desk.seat import Session

_FRESH = timedelta(minutes=10)
"""Whoever came by the OIDC provider has no password to repeat: their sign-in must be this young instead."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as its owner sees it."""

    key: str
    began: datetime
    seen: datetime
    address: str
    agent: str


class OwnRecords(Protocol):
    """The storage behind; changes write the audit trail in the same transaction."""

    async def account(self, seat_id: int) -> Account | None:
        """The account."""
        ...

    async def forgive(self, key: str) -> None:
        """The attempts under this key were right after all."""
        ...

    async def set_password(self, seat_id: int, hashed: str, keep: str, now: datetime) -> None:
        """The owner's new password; all their sessions but `keep` end."""
        ...

    async def set_extension(self, seat_id: int, extension: str, now: datetime) -> None:
        """Where calls are put through; "" for nowhere."""
        ...

    async def begin_factor(self, seat_id: int, key: str, secret: str) -> None:
        """Keep a sealed secret with the session until its first code was shown."""
        ...

    async def begun_factor(self, seat_id: int, key: str) -> str:
        """The sealed secret kept with the session, "" where there is none."""
        ...

    async def set_factor(
        self, seat_id: int, sealed: str, step: int, recovery: list[str], keep: str, now: datetime
    ) -> None:
        """The second factor, "" for none; all sessions but `keep` end."""
        ...

    async def recovery_left(self, seat_id: int) -> int:
        """How many recovery codes are unused."""
        ...

    async def sessions(self, seat_id: int, now: datetime) -> list[Listed]:
        """Sessions that have not expired, the latest used first."""
        ...

    async def end(self, seat_id: int, key: str, now: datetime, actor: str) -> int:
        """End the session of that key, or all for ""; how many there were."""
        ...


class OwnAccount:
    """What everybody may do with their own account."""

    def __init__(self, records: OwnRecords, accounts: Accounts, clock: Clock) -> None:
        self._records = records
        self._accounts = accounts
        self._clock = clock

    async def account(self, session: Session) -> Account:
        """As it is stored now."""
        account = await self._records.account(session.seat.id)
        if account is None or account.disabled:
            raise LoginRefused("账号已停用。")
        return account

    async def change_password(self, session: Session, old: str, new: str, where: Where) -> None:
        """Raises AccountError for a weak one, LoginRefused for a wrong old one."""
        if weak := weakness(new, session.seat.name):
            raise AccountError(weak)
        if old == new:
            raise AccountError("新密码不能和原来的一样。")
        await self._again(session, old, where)
        hashed = await self._accounts.passwords.hash(new)
        await self._records.set_password(session.seat.id, hashed, session.key, self._clock.now())

    async def change_extension(self, session: Session, number: str) -> str:
        """Where calls are put through, as it is kept. Raises AccountError."""
        kept = telephone(number)
        await self._records.set_extension(session.seat.id, kept, self._clock.now())
        return kept

    async def begin_factor(self, session: Session, password: str, where: Where) -> tuple[str, str]:
        """The secret of a new second factor and the address its QR code holds; it counts once a code was shown."""
        await self._again(session, password, where)
        secret = new_secret()
        sealed = self._accounts.seal.close(secret, factor_of(session.seat))
        await self._records.begin_factor(session.seat.id, session.key, sealed)
        return secret, address(secret, session.seat.name)

    async def confirm_factor(self, session: Session, code: str) -> list[str]:
        """Recovery codes, told this once. Raises AccountError when the code is not of the new factor."""
        sealed = await self._records.begun_factor(session.seat.id, session.key)
        try:
            secret = self._accounts.seal.open(sealed, factor_of(session.seat))
        except BrokenSeal:  # nothing begun, or begun under another key
            raise AccountError("请先点“设置两步验证”。") from None
        now = self._clock.now()
        step = matching_step(secret, code, now)
        if step is None:
            raise AccountError("验证码不对，请看手机上现在显示的六位数字，并检查手机时间是否准确。")
        codes = new_recovery()
        hashed = [recovery_hash(one) for one in codes]
        await self._records.set_factor(session.seat.id, sealed, step, hashed, session.key, now)
        return codes

    async def drop_factor(self, session: Session, password: str, code: str, where: Where) -> None:
        """Raises AccountError where the role must have one, LoginRefused for a wrong password or code."""
        if self._accounts.must_have_factor(session.seat):
            raise AccountError("您的角色必须开启两步验证，不能取消；可以重新设置。")
        await self._again(session, password, where)
        account = await self.account(session)
        await self._accounts.attempt(account.seat.name)
        if not await self._accounts.code_right(account, code):
            await self._accounts.wrong(account, where)
            raise LoginRefused("验证码不对，或者已经用过。")
        await self._records.forgive(attempt_key(account.seat.name))
        await self._records.set_factor(session.seat.id, "", 0, [], session.key, self._clock.now())

    async def recovery_left(self, session: Session) -> int:
        """How many recovery codes are unused."""
        return await self._records.recovery_left(session.seat.id)

    async def sessions(self, session: Session) -> list[Listed]:
        """Where this account is signed in now."""
        return await self._records.sessions(session.seat.id, self._clock.now())

    async def end(self, session: Session, key: str) -> bool:
        """End another session of one's own; False when there is none of that key."""
        seat = session.seat.id
        return bool(key and await self._records.end(seat, key, self._clock.now(), f"staff:{seat}"))

    async def _again(self, session: Session, password: str, where: Where) -> None:
        """It is still the same person at the keyboard. Raises LoginRefused."""
        account = await self.account(session)
        if session.how == "oidc":
            if self._clock.now() - session.began > _FRESH:
                raise LoginRefused("为了安全，请先退出，用统一登录重新登录后十分钟内再改。")
            return
        key = attempt_key(account.seat.name)
        await self._accounts.attempt(account.seat.name)
        if not await self._accounts.passwords.right(password, account.password_hash):
            await self._accounts.wrong(account, where)
            raise LoginRefused("当前密码不对。")
        await self._records.forgive(key)
