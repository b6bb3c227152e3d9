"""Accounts as administrators keep them, in the database: the storage behind `bot.desk.staffing`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from bot.desk.accounts import attempt_key
from bot.desk.profile import Profile
from bot.desk.staffing import Change, Member
from bot.store.accounts import profile_columns
from bot.store.audit import note
from bot.store.database import Database
from bot.store.schema import sign_in_failures, staff, staff_sessions
from bot.store.seats import to_seat

_KEPT = staff_sessions.c


class StaffStore:
    """Implements `bot.desk.staffing.StaffRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def members(self, now: datetime) -> list[Member]:
        """All accounts, in the order they were made."""
        live = (_KEPT.staff_id == staff.c.id, _KEPT.expires_at > now, _KEPT.proved)
        statement = select(
            staff,
            select(func.count()).where(*live).correlate(staff).scalar_subquery().label("open"),
            select(func.max(_KEPT.seen_at)).where(*live).correlate(staff).scalar_subquery().label("seen"),
        ).order_by(staff.c.id)
        locked = select(sign_in_failures.c.key, sign_in_failures.c.locked_until).where(
            sign_in_failures.c.locked_until > now
        )

        def work(connection: Connection) -> list[Member]:
            locks = {row.key: row.locked_until for row in connection.execute(locked)}
            return [
                Member(
                    to_seat(row),
                    row.office,
                    row.disabled,
                    bool(row.totp_secret),
                    row.password_at is not None,
                    row.password_given,
                    row.subject or "",
                    row.created_at,
                    row.open,
                    row.seen,
                    locks.get(attempt_key(row.name)),
                )
                for row in connection.execute(statement)
            ]

        return await self._database.read(work)

    async def change(self, seat_id: int, profile: Profile, subject: str, actor: str, now: datetime) -> Change:
        """Another profile and link to the OIDC provider."""
        told = profile_columns(profile)

        def work(connection: Connection, row: Any) -> Change:
            if row.role == "administrator" and profile.role != "administrator" and _last(connection, seat_id):
                return "last_administrator"
            taken = select(staff.c.id).where(staff.c.subject == subject, staff.c.id != seat_id)
            if subject and connection.execute(taken).first() is not None:
                return "linked_elsewhere"
            values = {**told, "subject": subject or None}
            changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
            connection.execute(update(staff).where(staff.c.id == seat_id).values(values))
            detail = {name: told[name] for name in changed if name in told and name != "person"}
            note(connection, now, actor, "staff_changed", str(seat_id), fields=changed, **detail)
            return "done"

        return await self._on(seat_id, work)

    async def switch(self, seat_id: int, disabled: bool, actor: str, now: datetime) -> Change:
        """Disable, which ends its sessions, or enable."""

        def work(connection: Connection, row: Any) -> Change:
            if disabled and row.role == "administrator" and _last(connection, seat_id):
                return "last_administrator"
            connection.execute(update(staff).where(staff.c.id == seat_id).values(disabled=disabled))
            if disabled:
                _end(connection, seat_id)
            note(connection, now, actor, "staff_disabled" if disabled else "staff_enabled", str(seat_id))
            return "done"

        return await self._on(seat_id, work)

    async def reset_password(self, seat_id: int, hashed: str, own: bool, actor: str, now: datetime) -> Change:
        """Another password; all sessions end, locks too."""

        def work(connection: Connection, row: Any) -> Change:
            changed = {
                "password_hash": hashed,
                "password_at": now if own else None,
                "password_given": None if own else now,
            }
            connection.execute(update(staff).where(staff.c.id == seat_id).values(changed))
            connection.execute(delete(sign_in_failures).where(sign_in_failures.c.key == attempt_key(row.name)))
            _end(connection, seat_id)
            note(connection, now, actor, "password_reset", str(seat_id))
            return "done"

        return await self._on(seat_id, work)

    async def reset_factor(self, seat_id: int, actor: str, now: datetime) -> Change:
        """No second factor any more; all sessions end."""

        def work(connection: Connection, row: Any) -> Change:
            changed = {"totp_secret": "", "totp_step": 0, "recovery": []}
            connection.execute(update(staff).where(staff.c.id == seat_id).values(changed))
            _end(connection, seat_id)
            note(connection, now, actor, "factor_off", str(seat_id))
            return "done"

        return await self._on(seat_id, work)

    async def end_sessions(self, seat_id: int, actor: str, now: datetime) -> Change:
        """End all sessions."""

        def work(connection: Connection, row: Any) -> Change:
            note(connection, now, actor, "sessions_ended", str(seat_id), count=_end(connection, seat_id))
            return "done"

        return await self._on(seat_id, work)

    async def _on(self, seat_id: int, work: Callable[[Connection, Any], Change]) -> Change:
        """`work` on the account's row; "unknown" where there is none. Changes of accounts wait for each other, so
        that two administrators cannot each take the other for the last."""
        rows = select(staff).order_by(staff.c.id).with_for_update()

        def locked(connection: Connection) -> Change:
            row = next((one for one in connection.execute(rows) if one.id == seat_id), None)
            return "unknown" if row is None else work(connection, row)

        return await self._database.write(locked)


def _last(connection: Connection, seat_id: int) -> bool:
    """Whether no other administrator could sign in."""
    others = (staff.c.role == "administrator", staff.c.disabled.is_(False), staff.c.id != seat_id)
    return connection.execute(select(staff.c.id).where(*others).limit(1)).first() is None


def _end(connection: Connection, seat_id: int) -> int:
    return connection.execute(delete(staff_sessions).where(_KEPT.staff_id == seat_id)).rowcount
