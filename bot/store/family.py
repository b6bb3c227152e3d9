"""Numbers of one matter: its own, and those that were merged into it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.store.schema import matters


def family(connection: Connection, number: str) -> list[str]:
    """The number itself first. Merged matters always point at the one that survives, never at another merged one."""
    merged = select(matters.c.number).where(matters.c.merged_into == number).order_by(matters.c.number)
    return [number, *connection.execute(merged).scalars()]


def surviving(connection: Connection, number: str) -> str:
    """The number under which the matter goes on."""
    into = connection.execute(select(matters.c.merged_into).where(matters.c.number == number)).scalar_one_or_none()
    return into or number
