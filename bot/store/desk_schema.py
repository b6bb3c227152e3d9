"""The tables of the desk's own work: queues, presence, notes, clocks, the roster and what comes afterwards."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.schema import Moment, metadata

queues = Table(
    "queues",  # where conversations and matters wait; an administrator may change them
    metadata,
    Column("key", String(32), primary_key=True),
    Column("name", String(40), nullable=False),
    Column("help", String(16), nullable=False),
    Column("areas", JSON, nullable=False),  # of law; none named: all
    Column("region", String(6), nullable=False),  # prefix of a division code; "" is the country
    Column("language", String(8), nullable=False),  # "" is any
    Column("tier", String(12), nullable=False),  # lowest tier of seats that serve it
    Column("overflow", String(32), nullable=False),  # key of the queue that helps out; "" for none
    Column("overflow_after", Integer, nullable=False),  # seconds of waiting
    Column("closed", Boolean, nullable=False),
)

presence = Table(
    "presence",  # a row while somebody is at the desk
    metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("status", String(8), nullable=False),  # online | busy | away
    Column("since", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
)

notes = Table(
    "notes",  # what staff tell each other about a conversation or matter; no citizen ever sees one
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversations.id"), index=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("kind", String(12), nullable=False),  # note | whisper | transfer | consult | answer | override
    Column("to_staff", ForeignKey("staff.id")),
    Column("reply_to", ForeignKey("notes.id")),
    Column("text", Text, nullable=False),
    Column("key", String(96), unique=True),  # seat and client's id: kept once, however often it is sent
    Column("at", Moment, nullable=False),
)

canned = Table(
    "canned",  # replies that are said often
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shortcut", String(24), nullable=False),
    Column("title", String(60), nullable=False),
    Column("text", Text, nullable=False),  # with {variables}
    Column("area", String(32), nullable=False),
    Column("owner_id", ForeignKey("staff.id")),  # NULL: everybody's
    Column("uses", Integer, nullable=False),
    UniqueConstraint("owner_id", "shortcut"),
)
# A unique key holds NULLs to be different, and everybody's must be unique too.
Index(
    "ix_canned_everybodys",
    canned.c.shortcut,
    unique=True,
    sqlite_where=canned.c.owner_id.is_(None),
    postgresql_where=canned.c.owner_id.is_(None),
)

files = Table(
    "files",  # documents of a matter, sent or received
    metadata,
    Column("id", String(32), primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversations.id"), index=True),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("staff_id", ForeignKey("staff.id")),  # NULL: the citizen's
    Column("at", Moment, nullable=False),
)

file_contents = Table(
    "file_contents",  # once each, whatever it is called
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

matter_links = Table(
    "matter_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("other", ForeignKey("matters.number"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),  # related | follows | group
    Column("staff_id", ForeignKey("staff.id")),  # NULL: the machine
    Column("at", Moment, nullable=False),
    UniqueConstraint("matter", "other", "kind"),
)

matter_steps = Table(
    "matter_steps",  # every change of a matter, whether or not its status changed
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("action", String(24), nullable=False),
    Column("reason", Text, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),  # NULL: the machine
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),  # of the matter, after it
)

parties = Table(
    "parties",  # who is concerned, for the check of conflicting interests
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("side", String(12), nullable=False),  # client | opposite | other
    Column("name", String(120), nullable=False),
    Column("folded", String(120), nullable=False, index=True),  # as names are compared
    Column("identifier", String(64), nullable=False, index=True),  # keyed hash of an identity or company number; ""
    Column("at", Moment, nullable=False),
)

assignments = Table(
    "assignments",  # who acts or acted for whom
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("role", String(12), nullable=False),  # lawyer | mediator | officer
    Column("checked", JSON, nullable=False),  # what the check of conflicts found, and who decided in spite of it
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

referrals = Table(
    "referrals",  # to a notary, an appraiser, a mediation committee, another authority
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("receiver", String(120), nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(12), nullable=False),  # sent | accepted | declined | done
    Column("answer", Text, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("answered_at", Moment),
)

timers = Table(
    "timers",  # clocks that run, ran out or were met
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversations.id"), index=True),
    Column("application_id", ForeignKey("applications.id"), index=True),
    Column("started_at", Moment, nullable=False),
    Column("warn_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("red_at", Moment, nullable=False),
    Column("stage", String(8), nullable=False),  # running | warned | yellow | red | paused | met | stopped
    Column("next_at", Moment, index=True),  # when its stage changes; NULL when it is over
    Column("ended_at", Moment),
    Column("late", Boolean, nullable=False),
    Column("basis", String(120), nullable=False),  # the article, for a statutory one
    Column("level", Integer, nullable=False),  # how far up it has been told
    Column("unit", String(12), nullable=False),  # seconds | business | days | working_days
    Column("length", Integer, nullable=False),
    Column("used", Integer, nullable=False),  # of the length, before it was last paused
    Column("paused_at", Moment),
    Column("certain", Boolean, nullable=False),  # whether the holidays of all days it counts over are known
)

notices = Table(
    "notices",  # what a seat is told outside a conversation
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("text", Text, nullable=False),
    Column("link", String(120), nullable=False),
    Column("at", Moment, nullable=False),
    Column("read_at", Moment),
    Index(None, "staff_id", "read_at"),
)

shifts = Table(
    "shifts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("starts_at", Moment, nullable=False, index=True),
    Column("ends_at", Moment, nullable=False),
    Column("area", String(32), nullable=False),
    Column("tier", String(12), nullable=False),
    Column("source", String(12), nullable=False),  # desk | csv | ics
    Column("uid", String(120), nullable=False),  # of the calendar entry; "" else
)

swaps = Table(
    "swaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shift_id", ForeignKey("shifts.id"), nullable=False, index=True),
    Column("from_staff", ForeignKey("staff.id"), nullable=False),
    Column("to_staff", ForeignKey("staff.id"), nullable=False),
    Column("state", String(10), nullable=False),  # asked | agreed | declined | confirmed | withdrawn
    Column("reason", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", ForeignKey("staff.id")),
)

cover = Table(
    "cover",  # how many seats there must be
    metadata,
    Column("id", Integer, primary_key=True),
    Column("area", String(32), nullable=False),
    Column("tier", String(12), nullable=False),
    Column("weekdays", JSON, nullable=False),  # 1 (Monday) to 7
    Column("from_minute", Integer, nullable=False),  # of the day
    Column("to_minute", Integer, nullable=False),
    Column("least", Integer, nullable=False),
)

satisfaction = Table(
    "satisfaction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("staff_id", ForeignKey("staff.id")),
    Column("asked_at", Moment, nullable=False),
    Column("score", Integer),  # 1 to 5; NULL until answered
    Column("comment", Text, nullable=False),
    Column("answered_at", Moment),
)

callbacks = Table(
    "callbacks",  # somebody must call or write to the citizen
    metadata,
    Column("id", Integer, primary_key=True),
    Column("matter", ForeignKey("matters.number"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversations.id"), index=True),
    Column("reason", String(16), nullable=False),  # as bot.desk.afterwards.callbacks says
    Column("contact", String(64), nullable=False),  # a number, or "" where the channel itself reaches
    Column("due_at", Moment, nullable=False, index=True),
    Column("owner_id", ForeignKey("staff.id")),
    Column("queue", String(32), nullable=False),
    Column("state", String(8), nullable=False),  # open | done | failed
    Column("attempts", Integer, nullable=False),
    Column("result", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("message", Text, nullable=False, server_default=""),  # what a caller left, as it was understood
)

reviews = Table(
    "reviews",  # quality: each consultation by rules, some by a person
    metadata,
    Column("id", Integer, primary_key=True),
    Column("claim_id", ForeignKey("claims.id"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("matter", ForeignKey("matters.number"), nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),  # rules | person
    Column("reviewer_id", ForeignKey("staff.id")),
    Column("sheet", JSON, nullable=False),
    Column("score", Integer),
    Column("state", String(10), nullable=False),  # drawn | scored | appealed | upheld | changed
    Column("comment", Text, nullable=False),
    Column("appeal", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("scored_at", Moment),
    UniqueConstraint("claim_id", "kind"),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("name", String(40), nullable=False),
    Column("page", String(16), nullable=False),
    Column("query", Text, nullable=False),
    UniqueConstraint("staff_id", "page", "name"),
)

days_off = Table(
    "days_off",  # where the calendar of the library does not know the year yet
    metadata,
    Column("day", Date, primary_key=True),
    Column("works", Boolean, nullable=False),
    Column("source", String(120), nullable=False),
)
