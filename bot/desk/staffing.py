"""Accounts as administrators keep them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.clock import Clock
from bot.desk.accounts import GIVEN_FOR, Accounts
from bot.desk.passwords import made_up, weakness
from bot.desk.profile import AccountError, Profile, UnknownAccount, account_name, checked, governs
from bot.desk.seat import Seat

Change = Literal["done", "unknown", "last_administrator", "linked_elsewhere"]
_WHY: dict[Change, str] = {
    "unknown": "没有这个账号。",
    "last_administrator": "这是最后一个管理员账号，不能停用，也不能改成别的角色。",
    "linked_elsewhere": "这个统一登录身份已经绑定了别的账号。",
}


@dataclass(frozen=True, slots=True)
class Member:
    """An account in the list."""

    seat: Seat
    office: str
    disabled: bool
    has_factor: bool
    own_password: bool
    given: datetime | None
    """When somebody else set the password; None where it is the owner's, or of before this was kept."""
    subject: str
    created: datetime
    sessions: int
    """How many are open."""
    seen: datetime | None
    """When one was last used."""
    locked_until: datetime | None

    def too_late(self, now: datetime) -> bool:
        """Whether the password that somebody else set is no longer good."""
        return self.given is not None and now >= self.given + GIVEN_FOR


class StaffRecords(Protocol):
    """The storage behind; changes write the audit trail in the same transaction."""

    async def members(self, now: datetime) -> list[Member]:
        """All accounts, in the order they were made."""
        ...

    async def change(self, seat_id: int, profile: Profile, subject: str, actor: str, now: datetime) -> Change:
        """Another profile and link to the OIDC provider ("" for none)."""
        ...

    async def switch(self, seat_id: int, disabled: bool, actor: str, now: datetime) -> Change:
        """Disable, which ends its sessions, or enable."""
        ...

    async def reset_password(self, seat_id: int, hashed: str, own: bool, actor: str, now: datetime) -> Change:
        """Another password; all sessions end, locks too."""
        ...

    async def reset_factor(self, seat_id: int, actor: str, now: datetime) -> Change:
        """No second factor any more; all sessions end."""
        ...

    async def end_sessions(self, seat_id: int, actor: str, now: datetime) -> Change:
        """End all sessions."""
        ...


class Staffing:
    """What an administrator can do with accounts of their own regions; `by` is who does it, None the command line."""

    def __init__(self, records: StaffRecords, accounts: Accounts, clock: Clock) -> None:
        self._records = records
        self._accounts = accounts
        self._clock = clock

    async def members(self, by: Seat | None = None) -> list[Member]:
        """All accounts that are theirs to keep."""
        return [one for one in await self._records.members(self._clock.now()) if governs(by, one.seat.regions)]

    async def named(self, name: str) -> Member:
        """The account of that name. Raises UnknownAccount."""
        wanted = account_name(name)
        for member in await self.members():
            if member.seat.name == wanted:
                return member
        raise UnknownAccount(f"没有账号 {wanted}。")

    async def add(
        self, name: str, profile: Profile, by: Seat | None = None, areas: Iterable[str] | None = None
    ) -> tuple[Seat, str]:
        """A new account and its first password, told this once. Raises AccountError."""
        password, wanted = made_up(), _within(by, checked(profile, areas))
        seat = await self._accounts.add_staff(name, password, profile=wanted, actor=_actor(by), own=False)
        return seat, password

    async def change(
        self, number: int, profile: Profile, link: str, by: Seat | None = None, areas: Iterable[str] | None = None
    ) -> None:
        """Another profile, and who it is at the OIDC provider. Raises AccountError."""
        await self._theirs(number, by)
        wanted = _within(by, checked(profile, areas))
        _or_refuse(await self._records.change(number, wanted, subject(link), _actor(by), self._clock.now()))

    async def switch(self, number: int, disabled: bool, by: Seat | None = None) -> None:
        """Disable or enable. Raises AccountError."""
        await self._theirs(number, by)
        _or_refuse(await self._records.switch(number, disabled, _actor(by), self._clock.now()))

    async def reset_password(self, number: int, by: Seat | None = None) -> str:
        """A password told this once, to be replaced by its owner. Raises AccountError."""
        await self._theirs(number, by)
        password = made_up()
        hashed = await self._accounts.passwords.hash(password)
        _or_refuse(await self._records.reset_password(number, hashed, False, _actor(by), self._clock.now()))
        return password

    async def set_password(self, name: str, password: str) -> None:
        """The owner's choice, on the command line. Raises AccountError."""
        member = await self.named(name)
        if weak := weakness(password, member.seat.name):
            raise AccountError(weak)
        hashed = await self._accounts.passwords.hash(password)
        _or_refuse(await self._records.reset_password(member.seat.id, hashed, True, _actor(None), self._clock.now()))

    async def reset_factor(self, number: int, by: Seat | None = None) -> None:
        """For who has lost phone and recovery codes. Raises AccountError."""
        await self._theirs(number, by)
        _or_refuse(await self._records.reset_factor(number, _actor(by), self._clock.now()))

    async def end_sessions(self, number: int, by: Seat | None = None) -> None:
        """Sign somebody out everywhere. Raises AccountError."""
        await self._theirs(number, by)
        _or_refuse(await self._records.end_sessions(number, _actor(by), self._clock.now()))

    async def _theirs(self, number: int, by: Seat | None) -> None:
        """Raises UnknownAccount alike for none and for one of another region."""
        if not any(one.seat.id == number for one in await self.members(by)):
            raise UnknownAccount(_WHY["unknown"])


def _actor(by: Seat | None) -> str:
    return "cli" if by is None else f"staff:{by.id}"


def _within(by: Seat | None, profile: Profile) -> Profile:
    """Nobody gives out more than they have. Raises AccountError."""
    if not governs(by, profile.regions):
        raise AccountError("只能选您自己管辖范围内的地区。")
    return profile


def subject(link: str) -> str:
    """How a link to the OIDC provider is kept: an e-mail address until its first sign-in, else the subject.

    Raises AccountError.
    """
    link = link.strip().removeprefix("email:")
    if not link or link.startswith("sub:") and len(link) <= 200:
        return link
    if len(link) > 190 or not link.isprintable():
        raise AccountError("统一登录身份太长，或有不可见字符。")
    return f"email:{link.casefold()}" if "@" in link else f"sub:{link}"


def _or_refuse(change: Change) -> None:
    if change == "unknown":
        raise UnknownAccount(_WHY[change])
    if change != "done":
        raise AccountError(_WHY[change])
