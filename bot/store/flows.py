"""People who are at the OIDC provider, in the database: the storage behind `bot.desk.oidc`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.desk.accounts import Account, Where
from bot.desk.oidc import Flow
from bot.desk.seat import Seat
from bot.store.accounts import ACCOUNT_COLUMNS, to_account
from bot.store.audit import note
from bot.store.database import Database
from bot.store.schema import sign_in_flows, staff

_KEPT = sign_in_flows.c


class FlowStore:
    """Implements `bot.desk.oidc.FlowRecords`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, state_hash: str, flow: Flow, now: datetime, expires: datetime) -> None:
        """Remember a flow; expired ones are forgotten."""
        values = {"state_hash": state_hash, "nonce": flow.nonce, "verifier": flow.verifier, "expires_at": expires}

        def work(connection: Connection) -> None:
            connection.execute(delete(sign_in_flows).where(_KEPT.expires_at <= now))
            connection.execute(insert(sign_in_flows), values)

        await self._database.write(work)

    async def take(self, state_hash: str, now: datetime) -> Flow | None:
        """The flow; of any number of callers one gets it."""
        statement = (
            delete(sign_in_flows)
            .where(_KEPT.state_hash == state_hash)
            .returning(_KEPT.nonce, _KEPT.verifier, _KEPT.expires_at)
        )
        row = await self._database.write(lambda connection: connection.execute(statement).one_or_none())
        return None if row is None or row.expires_at <= now else Flow(row.nonce, row.verifier)

    async def linked(self, subjects: tuple[str, ...]) -> Account | None:
        """The account linked to the first of these that is linked to any."""

        def work(connection: Connection) -> Account | None:
            for subject in subjects:
                found = connection.execute(select(*ACCOUNT_COLUMNS).where(staff.c.subject == subject)).one_or_none()
                if found is not None:
                    return to_account(found)
            return None

        return await self._database.read(work)

    async def pin(self, seat: Seat, old: str, subject: str, now: datetime) -> None:
        """From now on it is the provider's subject that counts."""

        def work(connection: Connection) -> None:
            statement = update(staff).where(staff.c.id == seat.id, staff.c.subject == old).values(subject=subject)
            if connection.execute(statement).rowcount:
                note(connection, now, f"staff:{seat.id}", "login_linked", str(seat.id))

        await self._database.write(work)

    async def refused(self, where: Where, now: datetime) -> None:
        """Note that somebody came whom no account is linked to."""
        await self._database.write(
            lambda connection: note(
                connection, now, "nobody", "login_failed", "unknown", address=where.address, how="oidc"
            )
        )
