"""Gives a day to the only fact that it can be of, once it is known which questions apply."""

from __future__ import annotations

from collections.abc import Mapping

from bot.interviews.facts import FactValue, known
from bot.interviews.hearing import Hearing
from bot.interviews.measures import measure
from bot.interviews.plan import plan
from bot.interviews.topic_parts import Fact
from bot.understanding.extract import extract

_BESIDE = 4
"""Characters that may stand beside a day in a message that tells nothing else: 「十月初六吧」."""


def settle_days(hearing: Hearing) -> None:
    """「复议决定书下来了 昨天收到的」 tells no day on which the first decision came; 「十月初六」 alone, told beside
    another question, is of the one day that is still to be asked.
    """
    told = {**hearing.facts, **hearing.new}
    apply = _applying(hearing, told)
    for fact in hearing.topic.facts:
        moves = fact.type == "date" and fact.asked and fact.id in hearing.new and fact not in apply
        if moves and (other := _sharing(hearing, fact, apply, told)) is not None:
            hearing.new[other.id] = hearing.new.pop(fact.id)
    if hearing.asked is None or hearing.asked.type == "date" or hearing.new:
        return
    days = [one for one in extract(hearing.said, hearing.today) if one.kind == "date"]
    now = known(hearing.topic, told, hearing.today)
    still = [
        fact
        for fact in apply
        if fact.id not in told and (fact.when is None or plan(hearing.topic).expressions[fact.when].value(now) is True)
    ]
    if len(days) != 1 or len(still) != 1 or len(hearing.said) > len(days[0].text) + _BESIDE:
        return
    measured = measure(still[0], days[0], False, hearing.today)
    if measured is not None and hearing.plausible(still[0], measured.value):
        hearing.new[still[0].id] = FactValue(measured.value, False, days[0].text, measured.low, measured.high)


def _applying(hearing: Hearing, told: Mapping[str, FactValue]) -> list[Fact]:
    """The days whose question applies by what is told so far."""
    days = {one.id for one in hearing.topic.facts if one.type == "date" and one.asked}
    stuck = known(hearing.topic, {one: value for one, value in told.items() if one not in days}, hearing.today).stuck
    return [one for one in hearing.topic.facts if one.id in days - stuck]


def _sharing(hearing: Hearing, fact: Fact, apply: list[Fact], told: Mapping[str, FactValue]) -> Fact | None:
    """The day of an applying question that the same words may name."""
    said = [cue for cue in hearing.words[fact.id].cues if cue in hearing.said]
    return next((one for one in apply if one.id not in told and set(said) & set(hearing.words[one.id].cues)), None)
