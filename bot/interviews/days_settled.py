"""Gives a day to the fact whose question applies, where another one's words name it as well."""

from __future__ import annotations

from collections.abc import Mapping

from bot.interviews.facts import FactValue, known
from bot.interviews.hearing import Hearing
from bot.interviews.topic_parts import Fact


def settle_days(hearing: Hearing) -> None:
    """「复议决定书下来了 昨天收到的」 tells no day on which the first decision came."""
    told = {**hearing.facts, **hearing.new}
    apply = _applying(hearing, told)
    for fact in hearing.topic.facts:
        moves = fact.type == "date" and fact.asked and fact.id in hearing.new and fact not in apply
        if moves and (other := _sharing(hearing, fact, apply, told)) is not None:
            hearing.new[other.id] = hearing.new.pop(fact.id)


def _applying(hearing: Hearing, told: Mapping[str, FactValue]) -> list[Fact]:
    """The days whose question applies by what is told so far."""
    days = {one.id for one in hearing.topic.facts if one.type == "date" and one.asked}
    stuck = known(hearing.topic, {one: value for one, value in told.items() if one not in days}, hearing.today).stuck
    return [one for one in hearing.topic.facts if one.id in days - stuck]


def _sharing(hearing: Hearing, fact: Fact, apply: list[Fact], told: Mapping[str, FactValue]) -> Fact | None:
    """The day of an applying question that the same words may name."""
    said = [cue for cue in hearing.words[fact.id].cues if cue in hearing.said]
    return next((one for one in apply if one.id not in told and set(said) & set(hearing.words[one.id].cues)), None)
