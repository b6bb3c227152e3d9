"""One's own account in the database: the storage behind `bot.desk.own`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from bot.desk.accounts import Account
from bot.desk.own import Listed
from bot.store.accounts import ACCOUNT_COLUMNS, to_account
from bot.store.audit import note
from bot.store.database import Database
from bot.store.schema import sign_in_failures, staff, staff_sessions

_KEPT = staff_sessions.c


class OwnStore:
    """Implements `bot.desk.own.OwnRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def account(self, seat_id: int) -> Account | None:
        """The account."""
        statement = select(*ACCOUNT_COLUMNS).where(staff.c.id == seat_id)
        row = await self._database.read(lambda connection: connection.execute(statement).one_or_none())
        return None if row is None else to_account(row)

    async def forgive(self, key: str) -> None:
        """The attempts under this key were right after all."""
        statement = delete(sign_in_failures).where(sign_in_failures.c.key == key)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def set_password(self, seat_id: int, hashed: str, keep: str, now: datetime) -> None:
        """The owner's new password; all their sessions but `keep` end."""

        def work(connection: Connection) -> None:
            changed = {"password_hash": hashed, "password_at": now, "password_given": None}
            connection.execute(update(staff).where(staff.c.id == seat_id).values(changed))
            connection.execute(delete(staff_sessions).where(*_of(seat_id), ~_named(keep)))
            note(connection, now, f"staff:{seat_id}", "password_changed", str(seat_id))

        await self._database.write(work)

    async def set_extension(self, seat_id: int, extension: str, now: datetime) -> None:
        """Where calls are put through."""

        def work(connection: Connection) -> None:
            connection.execute(update(staff).where(staff.c.id == seat_id).values(extension=extension))
            note(connection, now, f"staff:{seat_id}", "staff_changed", str(seat_id), fields=["extension"])

        await self._database.write(work)

    async def begin_factor(self, seat_id: int, key: str, secret: str) -> None:
        """Keep a sealed secret with the session until its first code was shown."""
        statement = update(staff_sessions).where(*_of(seat_id), _named(key)).values(factor=secret)
        await self._database.write(lambda connection: connection.execute(statement) and None)

    async def begun_factor(self, seat_id: int, key: str) -> str:
        """The sealed secret kept with the session, "" where there is none."""
        statement = select(_KEPT.factor).where(*_of(seat_id), _named(key))
        return await self._database.read(lambda connection: connection.execute(statement).scalar_one_or_none()) or ""

    async def set_factor(
        self, seat_id: int, sealed: str, step: int, recovery: list[str], keep: str, now: datetime
    ) -> None:
        """The second factor, "" for none; all sessions but `keep` end."""

        def work(connection: Connection) -> None:
            changed = {"totp_secret": sealed, "totp_step": step, "recovery": recovery}
            connection.execute(update(staff).where(staff.c.id == seat_id).values(changed))
            connection.execute(delete(staff_sessions).where(*_of(seat_id), ~_named(keep)))
            connection.execute(update(staff_sessions).where(*_of(seat_id)).values(factor=""))
            note(connection, now, f"staff:{seat_id}", "factor_on" if sealed else "factor_off", str(seat_id))

        await self._database.write(work)

    async def recovery_left(self, seat_id: int) -> int:
        """How many recovery codes are unused."""
        statement = select(staff.c.recovery).where(staff.c.id == seat_id)
        return len(await self._database.read(lambda connection: connection.execute(statement).scalar_one()))

    async def sessions(self, seat_id: int, now: datetime) -> list[Listed]:
        """Sessions that have not expired, the latest used first."""
        statement = (
            select(_KEPT.token_hash, _KEPT.created_at, _KEPT.seen_at, _KEPT.address, _KEPT.agent)
            .where(*_of(seat_id), _KEPT.expires_at > now, _KEPT.proved)
            .order_by(_KEPT.seen_at.desc(), _KEPT.created_at.desc())
        )
        return await self._database.read(
            lambda connection: [
                Listed(row.token_hash[:16], row.created_at, row.seen_at, row.address, row.agent)
                for row in connection.execute(statement)
            ]
        )

    async def end(self, seat_id: int, key: str, now: datetime, actor: str) -> int:
        """End the session of that key, or all for ""; how many there were."""

        def work(connection: Connection) -> int:
            count = connection.execute(
                delete(staff_sessions).where(*_of(seat_id), *([_named(key)] if key else []))
            ).rowcount
            if count:
                note(connection, now, actor, "sessions_ended", str(seat_id), count=count)
            return count

        return await self._database.write(work)


def _of(seat_id: int) -> list[ColumnElement[bool]]:
    return [_KEPT.staff_id == seat_id]


def _named(key: str) -> ColumnElement[bool]:
    """The session of this key, as `bot.desk.accounts.session_key` makes it."""
    return func.substr(_KEPT.token_hash, 1, 16) == key
