"""The table of telephone calls: one row a call, for comparing with the exchange's own records."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table

from bot.store.schema import Moment, metadata

calls = Table(
    "calls",
    metadata,
    Column("id", String(64), primary_key=True),  # the telephone's
    Column("transport", String(16), nullable=False),  # sip | audiosocket | websocket | browser
    Column("caller", String(64), nullable=False, server_default=""),  # "" where it is withheld
    Column("called", String(64), nullable=False, server_default=""),
    Column("reference", String(200), nullable=False, server_default=""),  # what the exchange calls it
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, unique=True),
    Column("started_at", Moment, nullable=False, index=True),
    Column("seen_at", Moment, nullable=False),  # by the process that carries it, while it goes on
    Column("ended_at", Moment),
    Column("outcome", String(16), nullable=False, server_default=""),  # as voice.call_events says, or lost
    Column("recordings", JSON, nullable=False, server_default="[]"),  # names, as they were when it ended
    Index(None, "ended_at", "seen_at"),
)
