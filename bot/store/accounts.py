"""Staff accounts, attempts to sign in and sessions in the database: the storage behind `bot.desk.accounts`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, delete, func, insert, literal, null, or_, select, update

from bot.desk.accounts import Account, StoredSession, Where, session_key
from bot.desk.profile import Profile
from bot.desk.seat import Seat, Session
from bot.store.audit import note
from bot.store.database import Database
from bot.store.schema import Moment, sign_in_failures, staff, staff_sessions
from bot.store.seats import SEAT_COLUMNS, to_seat

_FORGOTTEN = timedelta(days=1)
"""Failures of a name nobody tried for so long no longer count."""
ACCOUNT_COLUMNS = (
    *SEAT_COLUMNS,
    staff.c.password_hash,
    staff.c.disabled,
    staff.c.totp_secret,
    staff.c.password_at,
    staff.c.password_given,
    staff.c.subject,
)


def to_account(row: Any) -> Account:
    """A row of ACCOUNT_COLUMNS as an account."""
    own = row.password_at is not None
    given = row.password_given
    return Account(to_seat(row), row.password_hash, row.disabled, row.totp_secret, own, row.subject or "", given)


def profile_columns(profile: Profile) -> dict[str, Any]:
    """A profile as columns of the table of staff."""
    return {
        "role": profile.role,
        "person": profile.person,
        "tier": profile.tier,
        "areas": list(profile.areas),
        "regions": list(profile.regions),
        "languages": list(profile.languages),
        "capacity": profile.capacity,
        "office": profile.office,
        "extension": profile.extension,
    }


class AccountStore:
    """Implements `bot.desk.accounts.AccountRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, name: str, password_hash: str, profile: Profile, now: datetime, actor: str, *, own: bool
    ) -> Seat | None:
        """A new account; None when the name is taken."""
        told = profile_columns(profile)
        values = {
            "name": name,
            "password_hash": password_hash,
            "password_at": now if own else None,
            "password_given": None if own else now,
            "created_at": now,
            "disabled": False,
            **told,
        }

        def work(connection: Connection) -> Seat | None:
            insertion = self._database.insert_once(staff).returning(*SEAT_COLUMNS)
            row = connection.execute(insertion, values).one_or_none()
            if row is None:
                return None
            note(connection, now, actor, "staff_added", str(row.id), **{**told, "person": None})
            return to_seat(row)

        return await self._database.write(work)

    async def count(self) -> int:
        """Accounts that are not disabled."""
        statement = select(func.count()).select_from(staff).where(staff.c.disabled.is_(False))
        return await self._database.read(lambda connection: connection.execute(statement).scalar_one())

    async def by_name(self, name: str) -> Account | None:
        """The account of that name."""
        statement = select(*ACCOUNT_COLUMNS).where(staff.c.name == name)
        row = await self._database.read(lambda connection: connection.execute(statement).one_or_none())
        return None if row is None else to_account(row)

    async def attempt(self, key: str, now: datetime, lock_at: int, lock_for: timedelta) -> datetime | None:
        """Count an attempt in one statement, so that no number of processes lets one more through."""
        kept = sign_in_failures.c
        over = kept.locked_until <= now  # false where it is NULL
        counted: dict[str, Any] = {
            "failures": case((over, 1), else_=kept.failures + 1),
            "locked_until": case(
                (over, null()), (kept.failures + 1 == lock_at, literal(now + lock_for, Moment)), else_=kept.locked_until
            ),
            "at": now,
        }
        statement = (
            self._database.upsert(sign_in_failures)
            .values(key=key, failures=1, locked_until=None, at=now)
            .on_conflict_do_update(index_elements=[kept.key], set_=counted)
            .returning(kept.failures, kept.locked_until)
        )
        stale = delete(sign_in_failures).where(
            kept.at < now - _FORGOTTEN, or_(kept.locked_until.is_(None), kept.locked_until <= now)
        )

        def work(connection: Connection) -> datetime | None:
            connection.execute(stale)
            row = connection.execute(statement).one()
            return row.locked_until if row.failures > lock_at else None

        return await self._database.write(work)

    async def failed(self, seat: Seat | None, key: str, where: Where, now: datetime) -> None:
        """Note that the attempt was wrong; alike, and as slowly, for names that nobody has."""
        locked = select(sign_in_failures.c.locked_until).where(sign_in_failures.c.key == key)
        actor, subject = ("nobody", "unknown") if seat is None else (f"staff:{seat.id}", str(seat.id))

        def work(connection: Connection) -> None:
            until = connection.execute(locked).scalar_one_or_none()
            note(
                connection, now, actor, "login_failed", subject, address=where.address, locked=until is not None
            )  # fmt: skip

        await self._database.write(work)

    async def signed_in(self, key: str, account: Account, session: Session, token_hash: str, where: Where) -> None:
        """Keep a session; expired ones are forgotten."""
        now, seat = session.began, account.seat
        values = {
            "token_hash": token_hash,
            "staff_id": seat.id,
            "csrf": session.csrf,
            "created_at": now,
            "seen_at": now,
            "expires_at": session.expires,
            "proved": session.proved,
            "how": session.how,
            "address": where.address[:64],
            "agent": where.agent[:200],
        }
        counted = sign_in_failures.c.key == key

        def work(connection: Connection) -> None:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.expires_at <= now))
            if session.proved:
                connection.execute(delete(sign_in_failures).where(counted))
                note(connection, now, f"staff:{seat.id}", "login", str(seat.id), how=session.how, address=where.address)
            else:  # whoever knows the password has not thereby more guesses at the code
                less = sign_in_failures.c.failures - 1
                connection.execute(update(sign_in_failures).where(counted).values(failures=less, locked_until=None))
            connection.execute(insert(staff_sessions), values)

        await self._database.write(work)

    async def session(self, token_hash: str) -> StoredSession | None:
        """The session with this token hash."""
        kept = staff_sessions.c
        statement = (
            select(*ACCOUNT_COLUMNS, kept.csrf, kept.created_at, kept.seen_at, kept.expires_at, kept.proved, kept.how)
            .join(staff, staff.c.id == kept.staff_id)
            .where(kept.token_hash == token_hash)
        )
        row = await self._database.read(lambda connection: connection.execute(statement).one_or_none())
        if row is None:
            return None
        return StoredSession(
            to_account(row),
            row.csrf,
            row.created_at,
            row.seen_at,
            row.expires_at,
            row.proved,
            row.how,
            session_key(token_hash),
        )

    async def seen(self, token_hash: str, now: datetime) -> None:
        """The session was used."""
        which = staff_sessions.c.token_hash == token_hash
        await self._database.write(
            lambda connection: connection.execute(update(staff_sessions).where(which).values(seen_at=now)) and None
        )

    async def code_used(self, seat: Seat, step: int) -> bool:
        """Use up a step of the second factor; of any number of callers one gets it."""
        statement = (
            update(staff)
            .where(staff.c.id == seat.id, staff.c.totp_step < step)
            .values(totp_step=step)
            .returning(staff.c.id)
        )
        return await self._database.write(lambda connection: connection.execute(statement).one_or_none() is not None)

    async def recovery_used(self, seat: Seat, hashed: str, now: datetime) -> bool:
        """Use up a recovery code; of any number of callers one gets it."""
        statement = select(staff.c.recovery).where(staff.c.id == seat.id).with_for_update()

        def work(connection: Connection) -> bool:
            codes = connection.execute(statement).scalar_one()
            if hashed not in codes:
                return False
            left = [one for one in codes if one != hashed]
            connection.execute(update(staff).where(staff.c.id == seat.id).values(recovery=left))
            note(connection, now, f"staff:{seat.id}", "factor_recovery", str(seat.id), left=len(left))
            return True

        return await self._database.write(work)

    async def signed_out(self, token_hash: str, seat: Seat, now: datetime) -> None:
        """End the session."""
        ended = delete(staff_sessions).where(staff_sessions.c.token_hash == token_hash)

        def work(connection: Connection) -> None:
            row = connection.execute(ended.returning(staff_sessions.c.proved)).one_or_none()
            if row is not None and row.proved:
                note(connection, now, f"staff:{seat.id}", "logout", str(seat.id))

        await self._database.write(work)
