"""The tables of the channels: what providers want remembered, links between channels, evidence, SMS."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.schema import Moment, metadata

contacts = Table(
    "contacts",  # how far a provider lets us write to somebody
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("external_id", String(128), primary_key=True),
    Column("last_inbound_at", Moment),
    Column("sent_since", Integer, nullable=False, server_default="0"),  # messages since then, where they are counted
    Column("blocked", Boolean, nullable=False, server_default="0"),  # the citizen has unsubscribed or blocked us
    Column("data", JSON, nullable=False, server_default="{}"),  # what else the adapter must know
)

provider_tokens = Table(
    "provider_tokens",  # access tokens, shared by all processes; one refreshes while it holds the lease
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("token", Text, nullable=False, server_default=""),
    Column("expires_at", Moment),
    Column("lease_by", String(32), nullable=False, server_default=""),
    Column("lease_until", Moment),
)

link_codes = Table(
    "link_codes",  # codes said on one channel, to be typed on another
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("citizen_id", ForeignKey("citizens.id"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("asked_by", String(32), nullable=False, server_default=""),  # citizen who typed it and has yet to consent
)

evidence = Table(
    "evidence",  # what a citizen has sent besides words; kept with the matter once they agree
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("key", String(160), nullable=False),  # unique per channel, as of messages
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("kind", String(12), nullable=False),  # image | voice | video | location | link | file
    Column("name", String(200), nullable=False, server_default=""),
    Column("media_type", String(100), nullable=False, server_default=""),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("sha256", String(64), nullable=False, server_default=""),  # of file_contents; "" where there is no file
    Column("data", JSON, nullable=False, server_default="{}"),  # of a location or link
    Column("state", String(8), nullable=False),  # asked | kept | refused
    Column("at", Moment, nullable=False),
    Column("decided_at", Moment),
    UniqueConstraint("channel", "key"),
    Index(None, "conversation_id", "state"),
    Index(None, "state", "at"),
)

sms = Table(
    "sms",  # text messages to telephones, waiting to be sent or sent
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(160), nullable=False, unique=True),  # what it is about: said once
    Column("number", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # matter | opinion | appointment | letter
    Column("text", Text, nullable=False),
    Column("matter", String(16), nullable=False, server_default=""),
    Column("state", String(8), nullable=False),  # due | sent | dead
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment, nullable=False),
    Column("why", String(200), nullable=False, server_default=""),
    Column("made_at", Moment, nullable=False),
    Index(None, "state", "due_at"),
)

phones = Table(
    "phones",  # a citizen's own telephone, and whether it may be written to
    metadata,
    Column("citizen_id", ForeignKey("citizens.id"), primary_key=True),
    Column("number", String(32), nullable=False),
    Column("sms", String(8), nullable=False, server_default=""),  # "" not asked | asked | yes | no
    Column("at", Moment, nullable=False),
)

subscriptions = Table(
    "subscriptions",  # citizens who want the question of the day; erased with them
    metadata,
    Column("citizen_id", ForeignKey("citizens.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("sent_on", Date),  # the last day whose question was put
)
