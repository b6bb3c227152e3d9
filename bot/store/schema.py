"""The tables of the store, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from bot.clock import SHANGHAI


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC because SQLite keeps no zone, given back in Asia/Shanghai."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; naive values are a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """To Asia/Shanghai."""
        if value is None:
            return None
        moment: datetime = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return moment.astimezone(SHANGHAI)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

citizens = Table(
    "citizens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(128)),  # the provider's user id; NULL where a token is the only identity
    Column("created_at", Moment, nullable=False),
    Column("person", String(32), index=True),  # shared by citizens who are one, linked by their consent
    Column("code_tries", Integer, nullable=False, server_default="0"),  # codes of other channels tried since
    Column("code_tried_at", Moment),
    UniqueConstraint("channel", "external_id"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(24), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("person", String(64), nullable=False, server_default=""),  # the name that citizens are told
    Column("tier", String(12), nullable=False, server_default="general"),  # general | professional | expert
    Column("areas", JSON, nullable=False, server_default="[]"),  # of law; none named: all
    Column("regions", JSON, nullable=False, server_default='[""]'),  # prefixes of division codes; "" is the country
    Column("languages", JSON, nullable=False, server_default='["zh"]'),
    Column("capacity", Integer, nullable=False, server_default="5"),  # conversations held at once
    Column("office", String(80), nullable=False, server_default=""),  # law firm: its conflicts of interest are shared
    Column("totp_secret", String(120), nullable=False, server_default=""),  # sealed; "" until a second factor is set up
    Column("totp_step", Integer, nullable=False, server_default="0"),  # the last one used: no code counts twice
    Column("recovery", JSON, nullable=False, server_default="[]"),  # hashes of codes for a lost second factor
    Column("subject", String(200)),  # who this is at the OIDC provider: "sub:…", or "email:…" until the first sign-in
    Column("password_at", Moment),  # NULL while the password is one that somebody else has set
    Column("password_given", Moment),  # when they set it
    Column("extension", String(32), nullable=False, server_default=""),  # where a call is put through; "": none can be
    Index(None, "subject", unique=True),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("proved", Boolean, nullable=False, server_default="1"),  # by the second factor, where there is one
    Column("address", String(64), nullable=False, server_default=""),
    Column("agent", String(200), nullable=False, server_default=""),
    Column("how", String(8), nullable=False, server_default="password"),  # password | oidc
    Column("factor", String(120), nullable=False, server_default=""),  # sealed secret of a second factor being set up
)

sign_in_failures = Table(
    "sign_in_failures",  # by name, whether or not there is such an account: a lock does not tell which there are
    metadata,
    Column("key", String(64), primary_key=True),  # hash of the name
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("at", Moment, nullable=False, index=True),
)

sign_in_flows = Table(
    "sign_in_flows",  # people who are at the OIDC provider now; each comes back once
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

matter_counters = Table(
    "matter_counters",
    metadata,
    Column("day", String(8), primary_key=True),
    Column("last", Integer, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("citizen_id", ForeignKey("citizens.id"), nullable=False, index=True),
    Column("token_hash", String(64), unique=True),
    Column("state", String(8), nullable=False),
    Column("dialogue", JSON, nullable=False),  # Reply.state of the last turn, opaque
    Column("question", JSON(none_as_null=True)),  # the part to repeat when a person hands back
    Column("matter", String(16)),
    Column("last_seq", Integer, nullable=False),
    Column("priority", Integer, nullable=False),  # 0 urgent, 1 high, 2 normal
    Column("waiting_since", Moment),
    Column("claimed_by", ForeignKey("staff.id")),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("region", String(6), nullable=False, server_default=""),  # GB/T 2260; "" where unknown
    Column("language", String(8), nullable=False, server_default="zh"),  # zh, or a dialect or tongue: yue, en …
    Column("queue", String(32), nullable=False, server_default=""),  # where it waits or waited
    Column("help", String(16), nullable=False, server_default=""),  # kind of help, as bot.desk.queues.help says
    Column(
        "returned", Boolean, nullable=False, server_default="0"
    ),  # its seat vanished: comes before all but the urgent
    Column("mood", String(12), nullable=False, server_default=""),
    Column("promised_at", Moment),  # until when an answer was promised while nobody was on duty
    Column("claimed_at", Moment),
    Column("citizen_read", Integer, nullable=False, server_default="0"),  # seq up to which each side has read
    Column("staff_read", Integer, nullable=False, server_default="0"),
    Column("turn_by", String(16), index=True),  # the process that acts on its oldest pending message
    Column("turn_until", Moment),  # when another may, if that one is silent
    Index(None, "state", "priority", "waiting_since"),
    Index(None, "claimed_by", "state"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("key", String(160), nullable=False),  # unique per channel: the provider's id, or conversation/client id
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sender", String(8), nullable=False),
    Column("message_id", String(64), nullable=False),
    Column("parts", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reply_to", ForeignKey("messages.id"), index=True),  # the inbound message this answers
    Column("staff_id", ForeignKey("staff.id")),
    Column("pending", Boolean, nullable=False),  # inbound and not yet acted on
    UniqueConstraint("channel", "key"),
    UniqueConstraint("conversation_id", "seq"),
)
# Partial, because almost every message is done with.
Index(
    "ix_messages_pending",
    messages.c.conversation_id,
    messages.c.seq,
    sqlite_where=messages.c.pending,
    postgresql_where=messages.c.pending,
)

matters = Table(
    "matters",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("citizen_id", ForeignKey("citizens.id"), nullable=False, index=True),
    Column("state", String(8), nullable=False),  # bot | waiting | human | closed, as its conversation
    Column("topic", String(64), nullable=False),
    Column("area", String(32), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("opinion", JSON(none_as_null=True)),
    Column("code", String(6), nullable=False),  # what proves to the machine that a matter is the asker's
    Column("code_failures", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("kind", String(16), nullable=False, server_default="consultation"),
    Column("status", String(16), nullable=False, server_default="new"),  # as bot.desk.matters.states says
    Column("owner_id", Integer),  # of staff; SQLite cannot add a column with a foreign key without writing all anew
    Column("queue", String(32), nullable=False, server_default="bot"),  # whose it is while nobody owns it
    Column("region", String(6), nullable=False, server_default=""),
    Column("title", String(120), nullable=False, server_default=""),
    Column("result", String(24), nullable=False, server_default=""),  # code of how it ended
    Column("closing", Text, nullable=False, server_default=""),  # summary that closing asks for
    Column("merged_into", String(16)),
    Column("version", Integer, nullable=False, server_default="0"),  # raised by each change: nobody overwrites another
    Column("due_at", Moment),  # of its live timer that is due first
    Column("card", String(8), nullable=False, server_default=""),  # yellow or red: the worst of its live timers
    Index(None, "status", "updated_at"),
    Index(None, "owner_id", "status"),
    Index(None, "updated_at", "number"),
    Index(None, "due_at", "number"),
)

applications = Table(
    "applications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("title", String(80), nullable=False),
    Column("state", String(12), nullable=False),  # as bot.desk.matters.applications says
    Column("summary", JSON, nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("due_on", Date),  # by which the law wants it answered
    Column("decided_at", Moment),
    Column("decided_by", Integer),  # of staff
    Column("reason", Text, nullable=False, server_default=""),  # of the decision, as the citizen is told
    Column(
        "course", JSON, nullable=False, server_default="{}"
    ),  # what was asked for and on which ground it was decided
    Column("version", Integer, nullable=False, server_default="0"),
)

claims = Table(
    "claims",  # one row per handoff, whether or not anyone has claimed it yet
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("matter", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("claimed_at", Moment),
    Column("ended_at", Moment),
    Column("outcome", String(16)),  # handed_back | closed | returned | transferred | left
    Column("queue", String(32), nullable=False, server_default=""),
    Column("tier", String(12), nullable=False, server_default="general"),  # of seats that it takes
    Column("reasons", JSON, nullable=False, server_default="[]"),  # why it comes before others
    Column("told_at", Moment),  # when the citizen was last told a place
    Column("told_ahead", Integer),  # how many were told to be in front; NULL where nobody was on duty
    Column("asked", String(8), nullable=False, server_default=""),  # of who was offered a call: offered | number | time
    Index(None, "conversation_id", "ended_at"),
    Index(None, "queue", "ended_at"),
)

proposals = Table(
    "proposals",  # corrections of topics that lawyers propose
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", String(64), nullable=False, index=True),
    Column("field", String(120), nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("patch", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("state", String(12), nullable=False),  # proposed | accepted | declined
    Column("proposed_at", Moment, nullable=False),
    Column("decided_at", Moment),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", String(64), nullable=False, index=True),
    Column("detail", JSON, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),  # over the row and the hash before it
    Index(None, "actor"),
    Index(None, "at"),
)

audit_head = Table(
    "audit_head",  # one row; its lock makes the chain one chain
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first", Integer, nullable=False),  # id of the first row in the chain; those before have no hash
    Column("last", Integer, nullable=False),  # id of the newest
    Column("hash", String(64), nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("message", ForeignKey("messages.id"), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(8), nullable=False, server_default="due"),
    # due | held (until the citizen writes next) | dead (given up on: the desk decides) | void (as it decided)
    Column("sent", Integer, nullable=False, server_default="0"),  # pieces of it that have arrived
    Column("why", String(200), nullable=False, server_default=""),  # the provider did not take it; nothing anyone said
    Column("stopped_at", Moment),  # when it was held or given up on
    Column("reason", String(200), nullable=False, server_default=""),  # of a seat that let it go
    Index(None, "state", "due_at"),
)
