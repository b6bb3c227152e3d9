"""A caller whose line broke rings again: the talk before may be taken up, but by nobody else on that telephone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.records import Recalled
from bot.store.append import lock
from bot.store.call_schema import calls
from bot.store.channel_schema import phones
from bot.store.desk_schema import callbacks
from bot.store.matters import take_up
from bot.store.schema import claims, conversations, matters, messages
from bot.understanding.danger import find_danger, mentions_violence

SOON = timedelta(hours=2)
"""Who rings later may be another member of the family."""
_NO_PERSON = ("hung_up", "advised", "lost")


def take_up_broken(connection: Connection, conversation: str, topic: str, now: datetime) -> Recalled | None:
    """Put the call on the matter of the caller's last call, where that was about this topic too.

    The caller has said that they called before, and what about: nothing is told to who does not know it. Nor is
    anything where danger or violence was told of, where texts are not wanted, or where a person has dealt with it.
    """
    lock(connection, conversation)
    mine = select(conversations.c.citizen_id, conversations.c.matter).where(conversations.c.id == conversation)
    citizen, opened = connection.execute(mine).one()
    of = (
        select(conversations.c.id, conversations.c.matter, calls.c.outcome)
        .join(calls, calls.c.conversation_id == conversations.c.id)
        .where(conversations.c.citizen_id == citizen, conversations.c.id != conversation)
        .where(calls.c.ended_at.is_not(None), calls.c.ended_at >= now - SOON)
        .order_by(calls.c.ended_at.desc())
        .limit(1)
    )
    last = connection.execute(of).one_or_none()
    if last is None or last.matter == opened or last.outcome not in _NO_PERSON or _secret(connection, citizen, last.id):
        return None
    which = select(matters).where(matters.c.number == last.matter, matters.c.topic == topic).with_for_update()
    given = connection.execute(which).one_or_none()
    return None if given is None else take_up(connection, conversation, given, now)


def _secret(connection: Connection, citizen: str, talk: str) -> bool:
    """Whether somebody else on that telephone must not hear of it, or a person has to do with it."""
    unwanted = select(phones.c.number).where(phones.c.citizen_id == citizen, phones.c.sms.in_(("asked", "no")))
    with_people = (
        select(claims.c.id).where(claims.c.conversation_id == talk),
        select(callbacks.c.id).where(callbacks.c.conversation_id == talk),
    )
    if any(connection.execute(one.limit(1)).first() is not None for one in (unwanted, *with_people)):
        return True
    told = select(messages.c.parts).where(messages.c.conversation_id == talk, messages.c.sender == "citizen")
    said = [str(part["text"]) for (parts,) in connection.execute(told) for part in parts]
    return any(mentions_violence(one) or find_danger(one) is not None for one in said)
