"""Runs migrations on the connection that the store hands over; see `bot.store.migrate`."""

from __future__ import annotations

from typing import Literal

from alembic import context

from bot.store import app_schema, call_schema, channel_schema, desk_schema, media_schema  # noqa: F401  their tables belong to the metadata
from bot.store.schema import Moment, metadata


def _plain(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration keeps what a column was on that day, whatever our own types become."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
    render_item=_plain,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
