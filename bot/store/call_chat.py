"""A call goes on in the chat of the page it came from, inside a transaction that is already open."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.calls.call import Moved
from bot.dialogue.engine import Handoff, Part
from bot.message import Message, Sender, parts_from_json
from bot.reception import Placed
from bot.store.append import append, lock, next_slot
from bot.store.audit import note
from bot.store.call_queue import join, raised
from bot.store.claims import follow, on_claim
from bot.store.matters import absorb, relate
from bot.store.merging import move_talks
from bot.store.schema import conversations, matters, messages
from bot.store.steps import locked, machine
from bot.store.timers import waits_no_more

OVER = "通话转到网页的对话里了。"
SUMMARY = "刚才语音通话里说过的，工作人员也能看到："
NOTHING_SAID = "刚才的语音通话里还没有说到情况，请在这里说。"
_LINES = 40
_LONGEST = 200


def move(
    connection: Connection,
    call: str,
    page: str,
    handoff: Handoff,
    placed: Placed,
    news: Sequence[Part],
    now: datetime,
) -> Moved | None:
    """See `bot.calls.records`; what was said in the call is told there once, and a place in the queue too."""
    for one in sorted((call, page)):
        lock(connection, one)
    talk, chat = _talk(connection, call), _talk(connection, page)
    if chat is None or chat.channel != "web" or chat.state == "closed":
        return None
    told: list[Message] = []
    if talk.state != "closed":
        _end(connection, call, now)
        _one_matter(connection, call, page, now)
        told.append(_say(connection, page, "system", summary(connection, call), now))
        note(connection, now, "telephone", "call_to_chat", call, chat=page)
    if chat.state == "bot":
        told.append(join(connection, page, handoff, placed, "bot", news, now))
    else:
        raised(connection, page, handoff, placed, now)
    chat = _talk(connection, page)
    return Moved(tuple(told), chat.state, chat.matter)


def summary(connection: Connection, call: str) -> Part:
    """What was asked and said in the call, the newest."""
    statement = (
        select(messages.c.sender, messages.c.parts)
        .where(messages.c.conversation_id == call, messages.c.sender.in_(("bot", "citizen")), messages.c.seq > 1)
        .order_by(messages.c.seq.desc())
        .limit(_LINES)
    )
    rows = connection.execute(statement).all()
    lines = [_line(row.sender, parts_from_json(row.parts)) for row in reversed(rows)]
    said = any(row.sender == "citizen" for row in rows)
    return Part("text", "\n".join((SUMMARY, *lines)) if said else NOTHING_SAID, data={"call": True})


def _line(sender: str, parts: Sequence[Part]) -> str:
    text = " ".join("".join(part.text for part in parts).split())
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    unsure = any(part.data.get("confirmed") is False for part in parts)
    return f"{'说' if sender == 'citizen' else '问'}：{text}{'（没有核对过）' if unsure else ''}"


def _end(connection: Connection, call: str, now: datetime) -> None:
    """The talk by voice is over; its matter is not."""
    on_claim(connection, call, ended_at=now, outcome="left")
    waits_no_more(connection, call, now)
    gone: dict[str, Any] = {"state": "closed", "claimed_by": None, "claimed_at": None, "waiting_since": None}
    _say(connection, call, "system", Part("text", OVER), now, **gone)


def _one_matter(connection: Connection, call: str, page: str, now: datetime) -> None:
    """The desk has one matter of both: what is told of in the call, unless the chat is about that already."""
    talk, chat = _talk(connection, call), _talk(connection, page)
    ours = locked(connection, talk.matter)
    theirs = locked(connection, chat.matter) if chat.matter else None
    if theirs is not None and theirs.status not in ("closed", "merged"):
        same = ours.topic in ("", theirs.topic) or chat.state != "bot"
        if same and machine(connection, ours.number, "absorbed", now, target=theirs.number):
            _merge(connection, ours, theirs, now)
            return
    if theirs is not None and not theirs.topic:
        absorb(connection, page, theirs.number, ours.number, now)
    elif theirs is not None:
        relate(connection, ours.number, theirs.number, "related", now)
    also: dict[str, Any] = {}
    if ours.topic:  # the bot goes on there where nobody comes, or after a person has handed back
        kept = select(conversations.c.dialogue, conversations.c.question).where(conversations.c.id == call)
        also = dict(connection.execute(kept).one()._mapping)
    there = update(conversations).where(conversations.c.id == page)
    connection.execute(there.values(matter=ours.number, **also))
    connection.execute(update(matters).where(matters.c.number == ours.number).values(conversation_id=page))
    follow(connection, page, chat.state, now)


def _merge(connection: Connection, ours: Any, theirs: Any, now: datetime) -> None:
    """The call's matter goes into the chat's, with what was found out where that knows less."""
    move_talks(connection, ours.number, theirs.number, now)
    gone = {"state": "closed", "merged_into": theirs.number, "summary": {"merged_into": theirs.number}}
    connection.execute(update(matters).where(matters.c.number == ours.number).values(**gone))
    found = {"topic": ours.topic, "area": ours.area, "summary": ours.summary}
    if theirs.topic or not ours.topic:
        found = {"summary": ours.summary} if ours.topic else {}
    if ours.opinion is not None:
        found["opinion"] = ours.opinion
    if found:
        connection.execute(update(matters).where(matters.c.number == theirs.number).values(**found))


def _say(connection: Connection, conversation: str, sender: Sender, said: Part, now: datetime, **also: Any) -> Message:
    slot = next_slot(connection, conversation, now, **also)
    assert slot is not None  # its row is locked
    return append(connection, slot, sender, (said,), message_id=secrets.token_hex(16), now=now)


def _talk(connection: Connection, conversation: str) -> Any:
    columns = (conversations.c.channel, conversations.c.state, conversations.c.matter)
    return connection.execute(select(*columns).where(conversations.c.id == conversation)).one_or_none()
