"""Which fact each value in a message is offered to: by the cue that stands near it, and by what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.interviews.cue_strength import counts_its_own, strength
from bot.interviews.days_meant import has_been, is_day, since_owed
from bot.interviews.facts import FactValue
from bot.interviews.inference import ESTIMATED
from bot.interviews.measures import Measured, measure
from bot.interviews.message_told import Message
from bot.interviews.per_period import asked_per, beyond_a_day, scaled, split, told_per
from bot.interviews.served import began, is_leaving, is_service, served, since_beginning
from bot.interviews.sums_meant import alone, is_rate, months_of, named_otherwise, priced, rate_of, strange, telling
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_told import earned
from bot.understanding.entity import Entity

_CUE_REACH = 14
"""A cue further away than this many characters says nothing about a number."""
_ASKED_SCORE = 6
_WAS_DUE = re.compile(
    r"[^,，。;；!！\s]{0,6}的(?:$|[\s,，。;；!！])|[^。;；!！]{0,10}(?:现在|至今|一直|还)(?:都|还)?没"
)
"""「说好5月1号完工的」 looks back, though a day to come would be as near."""
_PAY = 12
"""Strength of a sum per day or month that nothing but its period names."""
_ANOTHER_ONE = re.compile(r"又|再|另|还有|加上|平均|后来|除了|不算|别的|别人|其他|人家")
_STRONG_CUE = 17
"""A cue at most three characters away."""
_SLIP = 12
"""How many times as much a sum may be that was told by a slip: a 万 for a 千."""
_LAST = "最后一次"
"""In the label of a day: the last one of several counts."""
_LATER = 4
"""What each further day counts more there."""
_BESIDE = 1
"""Characters beside a day in a message that tells nothing else."""
_WHICH_DAY = re.compile(r"什么时候|哪[天年]|几时")
_DAY_FRAME = re.compile(
    r"(?:说|讲|谈|约|好|定|的|是|在|到|就|要|得|大概|差不多|左右|之?前|以前|还|吧|呢|啊|[\s,，。.!！])*"
)
"""What may stand around the only day of an answer; 「还了」 tells of a payment."""
_MEASURED = frozenset({"amount", "duration", "date", "count", "percent", "place"})


def _is_whether(fact: Fact, asked: Fact | None) -> bool:
    """Whether a choice was asked by 什么时候 to which this day is one answer."""
    choice = asked is not None and asked.type == "choice" and _WHICH_DAY.search(asked.question) is not None
    return choice and asked is not None and fact.type == "date" and asked.id in fact.implies


def _within(measured: Measured, before: FactValue) -> bool:
    """「上个月十二号」 after 「上个月」 says more exactly what was told."""
    low, high = before.low, before.high
    if not isinstance(low, str) or not isinstance(high, str) or not isinstance(measured.value, str):
        return False
    first, last = str(measured.low or measured.value), str(measured.high or measured.value)
    return low <= first and last <= high and (low, high) != (first, last)


def _is_later(fact: Fact, measured: Measured, before: FactValue) -> bool:
    """「五月又还了三千」 after 「四月还了五千」: of what happened again the last day counts."""
    last = fact.type == "date" and _LAST in fact.label
    return last and isinstance(before.value, str) and str(measured.value) > before.value


def _far(measured: Measured, before: FactValue) -> bool:
    """「不对 是850」 takes back no 24,000: it is of another sum, which no fact holds."""
    if not isinstance(measured.value, float) or not isinstance(before.value, float):
        return False
    low, high = sorted((measured.value, before.value))
    return low > 0 and high / low > _SLIP


@dataclass(slots=True)
class Offers:
    """The values of one message, weighed."""

    message: Message
    silent: frozenset[str]
    """Facts whose question does not apply."""
    doubts: dict[str, FactValue] = field(default_factory=dict)
    """Values told in passing that contradict an earlier answer; that one is kept until it is plainly corrected."""
    _fitting: int | None = None
    """How many of the values told could answer the question."""

    def _measured(self, fact: Fact, entity: Entity, asked: bool) -> Measured | None:
        if fact.future and _WAS_DUE.match(self.message.said, entity.end):
            fact = fact.model_copy(update={"future": False})
        inner, per = split(fact, entity, self.message.today)
        measured = measure(fact, inner, asked, self.message.today)
        if measured is not None and fact.type == "duration" and not asked and since_owed(self.message, entity):
            return None
        if measured is None or not asked_per(fact):
            return None if measured is not None and is_rate(self.message, fact, entity, asked) else measured
        per = per or told_per(self.message.said, entity)
        if "多干" in fact.question and per in {"", "day"}:
            return beyond_a_day(self.message.said, entity, measured)
        return scaled(fact, measured, per)

    def of(self, entities: Sequence[Entity]) -> Iterator[tuple[float, Fact, int, Measured]]:
        """(strength, fact, place among `entities`, value): each value for each fact that it may be of."""
        starts: dict[str, list[int]] = {}
        for one in entities:
            starts.setdefault(one.kind, []).append(one.start)
        self.message = replace(self.message, starts=starts)
        earlier = self._earlier_fact(entities)
        for fact in self.message.topic.facts:
            if fact.type not in _MEASURED or fact.id in self.silent:
                continue
            asked = self.message.asked is not None and fact.id == self.message.asked.id
            is_earlier = earlier is not None and fact.id == earlier.id
            before = self.message.facts.get(fact.id)
            answered = before is not None and before.value is not None and not before.said.startswith(ESTIMATED)
            for place, entity in enumerate(entities):
                of_total = self.message.asked
                rate = of_total is not None and fact in (
                    rate_of(self.message, of_total, entity),
                    months_of(self.message, of_total, entity),
                )
                pay = earned(self.message.topic, self.message.said, entity) is fact
                since = has_been(self.message, fact, entity)
                loose = asked or is_earlier or rate or pay or since or priced(self.message, fact, entity)
                loose = loose or counts_its_own(self.message, fact, entity)
                worked = served(self.message, fact, entity, entities)
                measured = worked or self._measured(fact, entity, loose)
                if asked and worked is None and is_service(fact) and entity.kind == "date" and measured is not None:
                    measured = since_beginning(self.message, fact, entity, entities)
                if (
                    measured is None
                    or strange(self.message, fact, entity)
                    or named_otherwise(self.message, fact, entity)
                    or (fact.type == "date" and not since and not is_day(self.message, fact, entity))
                    or (is_leaving(fact) and began(self.message, entity))
                ):
                    continue
                cue = strength(self.message, fact, entity)
                score = max(cue, _PAY) if pay or worked else cue or alone(self.message, fact, entity, entities)
                if not measured.exact and not worked and self._belongs_elsewhere(fact, entity, cue):
                    continue
                alone_said = cue > 0 or len(self.message.said) <= len(entity.text) + _BESIDE
                refines = fact.type == "date" and before is not None and alone_said and _within(measured, before)
                later = cue > 0 and before is not None and _is_later(fact, measured, before)
                has_answer = answered and not refines and not later
                if refines and not asked:
                    score = max(score, _PAY)
                if has_answer and not asked and not self.message.corrects:
                    if self._contradicts(fact, entity, entities, measured, cue):
                        self.doubts.setdefault(fact.id, FactValue(measured.value, False, entity.text))
                    continue
                if asked and (earlier is None or cue):
                    score += _ASKED_SCORE + self._owned(fact, entity, entities)
                if score > 0:
                    score += telling(self.message, fact, entity, asked)
                if rate:
                    score += _ASKED_SCORE * 2
                if is_earlier:
                    score += _ASKED_SCORE * 2
                if _is_whether(fact, self.message.asked) and self._only_day(entity):
                    score = max(score, _PAY)  # 「去年八月十五」 to 说好什么时候还了吗
                if fact.type == "place" and not cue and not asked and self._only_place(fact):
                    score = 1
                if cue > 0 and fact.type == "date" and _LAST in fact.label:
                    score += _LATER * place
                if score > 0:
                    # In a correction the last word counts, else the first.
                    order = place if self.message.corrects else -place
                    vague = measured.low is not None and measured.low != measured.high
                    yield score - (0 if measured.exact else 3) - vague / 2 + order / 1000, fact, place, measured

    def _belongs_elsewhere(self, fact: Fact, entity: Entity, cue: float) -> bool:
        """A day named with another fact's cue (去年三月离职的) is no beginning of the length of time asked for."""
        return any(
            other.id != fact.id and other.type == entity.kind and strength(self.message, other, entity) > cue
            for other in self.message.topic.facts
        )

    def _contradicts(
        self, fact: Fact, entity: Entity, entities: Sequence[Entity], measured: Measured, cue: float
    ) -> bool:
        """Another value told for a fact that has one, so plainly that it must be a slip, then or now."""
        if cue < _STRONG_CUE or not measured.exact or measured.value == self.message.facts[fact.id].value:
            return False
        if _ANOTHER_ONE.search(self.message.said):
            return False
        alike = [one for one in entities if measure(fact, one, False, self.message.today) is not None]
        rivals = [one for one in self.message.topic.facts if one.type == fact.type and one.id != fact.id]
        return len(alike) == 1 and all(strength(self.message, one, entity) < cue for one in rivals)

    def _earlier_fact(self, entities: Sequence[Entity]) -> Fact | None:
        """In a correction without a cue: the fact told last that the new value fits, 「不对，是五千」."""
        if not self.message.corrects:
            return None
        for fact_id in reversed(list(self.message.facts)):
            fact = self.message.topic.fact(fact_id)
            worked_out = self.message.facts[fact_id].said.startswith(ESTIMATED)
            if fact.type in _MEASURED and self.message.facts[fact_id].value is not None and not worked_out:
                for entity in entities:
                    measured = measure(fact, entity, False, self.message.today) or (
                        measure(fact, entity, True, self.message.today)
                        if entity.kind == "count" and not entity.unit
                        else None
                    )
                    if measured is not None and not _far(measured, self.message.facts[fact_id]):
                        return fact
        return None

    def _only_day(self, entity: Entity) -> bool:
        rest = self.message.said[: entity.start] + self.message.said[entity.end :]
        return entity.kind == "date" and _DAY_FRAME.fullmatch(rest) is not None

    def _only_place(self, fact: Fact) -> bool:
        return [one.id for one in self.message.topic.facts if one.type == "place"] == [fact.id]

    def _owned(self, asked: Fact, entity: Entity, entities: Sequence[Entity]) -> float:
        """The only value that fits the question is its answer, unless another fact's cue stands right before it."""
        before = self.message.said[max(0, entity.start - _CUE_REACH) : entity.start]
        own = self.message.words[asked.id]
        rivals = [
            cue
            for other in self.message.topic.facts
            if other.id != asked.id and other.type == asked.type and other.id not in self.message.facts
            for cue in self.message.words[other.id].cues
            if (
                cue in before[-len(cue) - 2 :]
                or (asked.type == "date" and self.message.said.startswith(cue, entity.end))
            )
            and cue not in own.question
            and cue not in own.cues
        ]
        if self._fitting is None:
            self._fitting = sum(measure(asked, one, True, self.message.today) is not None for one in entities)
        return 0 if rivals or self._fitting > 1 else 20
