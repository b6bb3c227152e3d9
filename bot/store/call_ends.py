"""What a call leaves behind, inside a transaction that is already open: words, call-backs, a verdict, its end."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.calls.call import ENDS, End
from bot.desk.afterwards.survey import DISSATISFIED
from bot.desk.matters.states import GENERAL
from bot.dialogue.engine import Part
from bot.message import Message
from bot.store.append import append, lock, next_slot
from bot.store.audit import note
from bot.store.claims import follow, on_claim
from bot.store.desk_schema import callbacks, satisfaction
from bot.store.schema import claims, conversations, matters, messages
from bot.store.steps import machine
from bot.store.timers import answered, handed_off, over, waits_no_more


def keep(connection: Connection, conversation: str, key: str, part: Part, now: datetime) -> Message | None:
    """A message of the caller that nobody answers, once for each key."""
    lock(connection, conversation)
    unique = f"{conversation}/{key}"
    there = select(messages.c.id).where(messages.c.conversation_id == conversation, messages.c.key == unique)
    if connection.execute(there).first() is not None:
        return None
    slot = next_slot(connection, conversation, now)
    if slot is None:
        return None
    name = secrets.token_hex(16)
    return append(connection, slot, "citizen", (part,), message_id=name, now=now, key=unique)


def owe(
    connection: Connection, conversation: str, contact: str, due: datetime, reason: str, message: str, now: datetime
) -> None:
    """One open call-back for each call; a later word on it counts, but a message that was left stays its reason."""
    lock(connection, conversation)
    talk = _talk(connection, conversation)
    mine = callbacks.c.conversation_id == conversation, callbacks.c.state == "open"
    known = connection.execute(select(callbacks).where(*mine)).first()
    if known is not None:
        changed: dict[str, Any] = {"due_at": due, "contact": contact or known.contact}
        changed |= {"message": message, "reason": reason} if message or reason == "dissatisfied" else {}
        connection.execute(update(callbacks).where(callbacks.c.id == known.id).values(**changed))
        return
    new = {"matter": talk.matter, "conversation_id": conversation, "reason": reason, "contact": contact, "due_at": due}
    new |= {"queue": talk.queue or GENERAL, "state": "open", "attempts": 0, "result": "", "made_at": now}
    connection.execute(insert(callbacks), new | {"message": message})
    _put_on_desk(connection, conversation, talk, now)
    note(connection, now, "telephone", "callback_made", talk.matter, reason=reason)


def rate(connection: Connection, conversation: str, score: int, now: datetime) -> None:
    """The verdict, as in a chat; the last one counts."""
    matter = _talk(connection, conversation).matter
    mine = satisfaction.c.conversation_id == conversation
    told = {"score": score, "answered_at": now}
    if not connection.execute(update(satisfaction).where(mine).values(**told)).rowcount:
        new = {"matter": matter, "conversation_id": conversation, "asked_at": now, "comment": ""}
        connection.execute(insert(satisfaction), {**new, **told})
    note(connection, now, "citizen", "rated", matter, score=score)


def end_talk(connection: Connection, conversation: str, outcome: End, now: datetime) -> None:
    """The caller is gone. A seat that was put through goes on, and closes the conversation when it is done."""
    lock(connection, conversation)
    talk = _talk(connection, conversation)
    if talk.state == "human" and outcome == "transferred":
        answered(connection, conversation, now)  # by voice
        return
    if talk.state == "closed":
        return
    gone: dict[str, Any] = {"state": "closed", "claimed_by": None, "claimed_at": None, "waiting_since": None}
    slot = next_slot(connection, conversation, now, **gone)
    assert slot is not None  # its row is locked
    said = (Part("text", f"通话结束：{ENDS[outcome]}。"),)
    append(connection, slot, "system", said, message_id=secrets.token_hex(16), now=now)
    on_claim(connection, conversation, ended_at=now, outcome="left")
    waits_no_more(connection, conversation, now)
    follow(connection, conversation, "closed", now)
    if talk.state == "human":  # a seat had taken it and was not reached in time: what remains is the seat's
        machine(connection, talk.matter, "talk_ended", now)
        return
    owed = select(callbacks.c.id).where(callbacks.c.conversation_id == conversation, callbacks.c.state == "open")
    if connection.execute(owed).first() is not None:
        return  # the matter waits at the desk, for whoever calls
    result = "hung_up" if outcome != "advised" else "paper_given" if talk.opinion is not None else "answered"
    if machine(connection, talk.matter, "hung_up", now, result=result, summary=f"电话咨询：{ENDS[outcome]}。"):
        over(connection, talk.matter, now)


def dissatisfied(connection: Connection, conversation: str) -> bool:
    """Whether the caller has said so."""
    found = select(satisfaction.c.score).where(satisfaction.c.conversation_id == conversation)
    score = connection.execute(found).scalar_one_or_none()
    return score is not None and score <= DISSATISFIED


def _put_on_desk(connection: Connection, conversation: str, talk: Any, now: datetime) -> None:
    """Whoever calls back must find the talk at the desk, and the matter among those that are open."""
    handed = select(claims.c.id).where(claims.c.conversation_id == conversation)
    if connection.execute(handed).first() is None:
        new = {"conversation_id": conversation, "matter": talk.matter, "kind": "asked", "reason": "来电人等回电。"}
        new |= {"priority": talk.priority, "asked_at": now, "ended_at": now, "outcome": "left"}
        connection.execute(insert(claims), new | {"queue": talk.queue or GENERAL})
    if talk.status == "new":
        handed_off(connection, conversation, talk.matter, now, queue=talk.queue or GENERAL)
        waits_no_more(connection, conversation, now)


def _talk(connection: Connection, conversation: str) -> Any:
    columns = (conversations.c.state, conversations.c.matter, conversations.c.queue, conversations.c.priority)
    return connection.execute(
        select(*columns, matters.c.status, matters.c.opinion)
        .join(matters, matters.c.number == conversations.c.matter)
        .where(conversations.c.id == conversation)
    ).one()
