"""The tables of the app API: apps that are known, and files that come in pieces."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from bot.store.schema import Moment, metadata

apps = Table(
    "apps",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("url", String(500), nullable=False, server_default=""),
    Column("secret", String(64), nullable=False),  # what is told to it is signed with, so it must be known
    Column("old_secret", String(64), nullable=False, server_default=""),
    Column("old_until", Moment),
    Column("disabled", Boolean, nullable=False, server_default="0"),
    Column("made_at", Moment, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("message_id", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("size", Integer, nullable=False),
    Column("received", Integer, nullable=False, server_default="0"),
    Column("expires_at", Moment, nullable=False, index=True),
    UniqueConstraint("conversation_id", "message_id"),
)

upload_chunks = Table(
    "upload_chunks",
    metadata,
    Column("upload_id", ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
