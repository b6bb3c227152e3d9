"""How strongly a cue of a fact points to a value."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.interviews.message_told import Message
from bot.interviews.phrases import places
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity

_CUE_REACH = 14
"""A cue further away than this many characters says nothing about a number."""
_SENTENCE_END = re.compile(r"[。!?;！？；\n]")
SPENT = frozenset(
    ("花", "花了", "花的", "花费", "花掉", "交了", "交的", "付了", "付的", "给了", "给的", "收了", "收我", "收了我")
    + ("用了", "转了", "买", "买了", "买的", "一共", "总共", "做了", "要我")
)
"""Verbs of any sum: 「修车花了1200」 tells of the car, not of whatever else 花了 may stand for."""
_AHEAD = frozenset({"剩"})
"""Stand before their sum only: 「扣五百，工资没剩多少了」."""
_ANY_SUM = 4.0
"""What such a verb counts less than a name of the thing."""
_OWN_UNIT = 17.0
"""Of a count in a unit that is a cue."""
_COMMAS = ",，、 "
"""A blank ends a clause for whoever types without commas."""


def counts_its_own(message: Message, fact: Fact, entity: Entity) -> bool:
    """「一共七户」: what is counted is itself a cue of the fact."""
    of_kind = fact.type == entity.kind == "count" and isinstance(entity.value, Decimal) and entity.value > 1
    return of_kind and bool(entity.unit) and entity.unit in message.words[fact.id].cues


def strength(message: Message, fact: Fact, entity: Entity) -> float:
    """How strongly a cue of the fact points to the entity; 0 when none does."""
    best = _OWN_UNIT if counts_its_own(message, fact, entity) else 0.0
    label = (fact.label,) if message.corrects else ()
    for cue in (*message.words[fact.id].cues, *label):
        # Only so far from the entity as a cue can reach, so that a long message costs no more per entity.
        first = max(0, entity.start - len(cue) - _CUE_REACH)
        around = message.said[first : entity.end + _CUE_REACH + len(cue)]
        for at in places(around, cue):
            start = first + at
            end = start + len(cue)
            if entity.kind == "count" and entity.start < start < entity.end < end:
                gap, cost = "", 0.0  # 「几十个人」: the cue 个人 begins in the count and names what is counted
            elif end <= entity.start:
                gap, cost = message.said[end : entity.start], 0.0
            elif start >= entity.end and cue not in _AHEAD:
                gap, cost = message.said[entity.end : start], 2.0
                if any(entity.end <= other < start for other in message.starts.get(entity.kind, ())):
                    continue  # 「去年11月说好今年三月完工」: the cue is the nearer one's
                if cue in SPENT and any(end in starts for starts in message.starts.values()):
                    continue  # 「半包8万6 交了百分之60」
            else:
                continue
            if _SENTENCE_END.search(gap):
                continue
            if fact.type == "amount" and cue in SPENT:
                cost += _ANY_SUM
            reach = len(gap) + cost + 3 * sum(gap.count(mark) for mark in _COMMAS)
            if reach <= _CUE_REACH:
                best = max(best, 20 - reach + len(cue) / 10)
    return best
