"""The table of what citizens have sent and we have yet to fetch from their provider."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, UniqueConstraint

from bot.store.schema import Moment, metadata

incoming_media = Table(
    "incoming_media",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("key", String(128), nullable=False),  # of the message it came with: the same again is once
    Column("external_id", String(128), nullable=False),  # of who sent it
    Column("kind", String(12), nullable=False),  # voice | image | video | shortvideo | file | location | link
    Column("media", String(200), nullable=False),  # by which the provider gives it out; "" where there is no file
    Column("data", JSON, nullable=False),  # of a location or link; the format of a voice, the name of a file
    Column("state", String(8), nullable=False),  # due | done | lost
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("channel", "key"),
    Index(None, "state", "due_at"),
)
