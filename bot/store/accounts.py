"""Staff accounts and sessions in the database: the storage behind `bot.desk.accounts`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.desk.accounts import Account, StoredSession
from bot.desk.seat import Role, Seat
from bot.store.audit import note
from bot.store.database import Database
from bot.store.schema import staff, staff_sessions
from bot.store.seats import SEAT_COLUMNS, to_seat


class AccountStore:
    """Implements `bot.desk.accounts.AccountRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, name: str, password_hash: str, role: Role, now: datetime) -> Seat | None:
        """A new account; None when the name is taken."""
        values = {
            "name": name,
            "password_hash": password_hash,
            "role": role,
            "created_at": now,
            "disabled": False,
            "failures": 0,
        }

        def work(connection: Connection) -> Seat | None:
            row = connection.execute(self._database.insert_once(staff).returning(staff.c.id), values).one_or_none()
            if row is None:
                return None
            note(connection, now, "cli", "staff_added", str(row.id), role=role)
            return Seat(row.id, name, role)

        return await self._database.write(work)

    async def count(self) -> int:
        """Accounts that are not disabled."""
        statement = select(func.count()).select_from(staff).where(staff.c.disabled.is_(False))
        return await self._database.read(lambda connection: connection.execute(statement).scalar_one())

    async def by_name(self, name: str) -> Account | None:
        """The account of that name."""
        row = await self._database.read(
            lambda connection: connection.execute(select(staff).where(staff.c.name == name)).one_or_none()
        )
        if row is None:
            return None
        return Account(to_seat(row), row.password_hash, row.disabled, row.failures, row.locked_until)

    async def failed(self, seat: Seat, now: datetime, lock_at: int, locked_until: datetime) -> None:
        """Count a failed sign-in and lock at the limit."""

        def work(connection: Connection) -> None:
            counted = connection.execute(
                update(staff)
                .where(staff.c.id == seat.id)
                .values(failures=staff.c.failures + 1)
                .returning(staff.c.failures)
            ).scalar_one()
            if counted >= lock_at:
                connection.execute(
                    update(staff).where(staff.c.id == seat.id).values(failures=0, locked_until=locked_until)
                )
            note(connection, now, f"staff:{seat.id}", "login_failed", str(seat.id), locked=counted >= lock_at)

        await self._database.write(work)

    async def signed_in(self, seat: Seat, token_hash: str, csrf: str, now: datetime, expires: datetime) -> None:
        """Keep a session; failures and expired sessions are forgotten."""
        values = {
            "token_hash": token_hash,
            "staff_id": seat.id,
            "csrf": csrf,
            "created_at": now,
            "seen_at": now,
            "expires_at": expires,
        }

        def work(connection: Connection) -> None:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.expires_at <= now))
            connection.execute(update(staff).where(staff.c.id == seat.id).values(failures=0, locked_until=None))
            connection.execute(insert(staff_sessions), values)
            note(connection, now, f"staff:{seat.id}", "login", str(seat.id))

        await self._database.write(work)

    async def session(self, token_hash: str) -> StoredSession | None:
        """The session with this token hash."""
        statement = (
            select(
                *SEAT_COLUMNS,
                staff.c.disabled,
                staff_sessions.c.csrf,
                staff_sessions.c.seen_at,
                staff_sessions.c.expires_at,
            )
            .join(staff, staff.c.id == staff_sessions.c.staff_id)
            .where(staff_sessions.c.token_hash == token_hash)
        )
        row = await self._database.read(lambda connection: connection.execute(statement).one_or_none())
        if row is None:
            return None
        return StoredSession(to_seat(row), row.csrf, row.seen_at, row.expires_at, row.disabled)

    async def seen(self, token_hash: str, now: datetime) -> None:
        """The session was used."""

        def work(connection: Connection) -> None:
            connection.execute(
                update(staff_sessions).where(staff_sessions.c.token_hash == token_hash).values(seen_at=now)
            )

        await self._database.write(work)

    async def signed_out(self, token_hash: str, seat: Seat, now: datetime) -> None:
        """End the session."""

        def work(connection: Connection) -> None:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.token_hash == token_hash))
            note(connection, now, f"staff:{seat.id}", "logout", str(seat.id))

        await self._database.write(work)
