"""The day on which a loan or a piece of work falls due by its length: 「22年3月借的，说好一年还」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.interviews.facts import Facts, FactValue
from bot.interviews.kept_words import keep, kept
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.durations import find_durations
from bot.understanding.entity import Entity
from bot.understanding.period import shift_days, shift_months

_AGREED = re.compile(
    r"(?:说好|讲好|谈好|约定|约好|答应|讲的|说的|写的|写着|写了|期限|借期|为期|[只就]?借)(?:是|了|我|的|过|用|只|就)*$"
)
_TO_PAY = re.compile(
    r"(?:以后|之后|后|之?内|就|到期|期满|里头|左右|之?期)*(?:归?还|给我?|付|完工|交工|交房|交付|交货|(?:做|干|装|弄|盖|修)(?:完|好))"
)
_SETTLED = re.compile(r"[说讲谈]好|约[定好]")
_TERM_ENDS = re.compile(r"(?:期|的期限|为期)?(?:$|[\s,，。;；!！])")
_PROMISED = re.compile(r"(?:说|讲|答应|写|约|保证)(?:好|定)?(?:了|的|着|是|到|在)*$")
_GIVES_BACK = re.compile(r"(?:之前|以前|前|就|会|要|一定|全部|都|把钱)*(?:还(?!没|了|过|有|是|不|在)|结清)")
_SAID = re.compile(r"(?:说|讲)(?:是)?$")
_WITHIN = re.compile(r"(?:之?内|里头|就)*(?:归?还)(?!没|了|过)")
_LENT = re.compile(r"借|转给|拿走|签|开工|进场|动工")
_REACH = 14
"""Characters between a day and the word for lending that makes it the day of the loan."""
_DUE = re.compile(r"还款|到期|完工日|交房日")


def due_by_term(
    topic: Topic, facts: Facts, said: str, entities: Sequence[Entity]
) -> tuple[Fact, FactValue, Entity] | None:
    """The fact of the day a loan is due, the day by its term, and the day of the loan in the message if it is there."""
    due = _due_fact(topic)
    if due is None:
        return None
    named = next((one for one in entities if one.kind == "date" and _is_promised(said, one)), None)
    if named is not None and isinstance(named.value, date):
        low, high = named.low or named.value, named.high or named.value
        ends = (str(low), str(high)) if low != high else (None, None)
        return (due, FactValue(str(named.value), False, named.text, *ends), named)
    term = next((one for one in entities if one.kind == "duration" and _is_term(said, one, entities)), None)
    if term is None or term.months is None:
        return None
    lent = next((one for one in entities if one.kind == "date" and _is_lent(said, one, term)), None)
    if lent is not None and isinstance(lent.value, date):
        first, last = lent.value, lent.high if isinstance(lent.high, date) else lent.value
    else:
        began = _lent_on(topic, facts)
        if began is None:
            return (due, keep(term.text), term)
        first, last = began
    words = said[min(lent.start, term.start) : max(lent.end, term.end)] if lent is not None else term.text
    return (due, _due(first, last, term, words), lent if lent is not None else term)


def due_of_kept(topic: Topic, facts: Facts, new: Facts) -> tuple[Fact, FactValue] | None:
    """The same from a term told before, now that `new` tells the day of the loan; None where either is missing."""
    due = _due_fact(topic)
    words = kept(facts, due.id) if due is not None else ""
    began = _lent_on(topic, new)
    term = next((one for one in find_durations(words) if one.months is not None), None) if words else None
    return None if due is None or term is None or began is None else (due, _due(*began, term, words))


def _due_fact(topic: Topic) -> Fact | None:
    return next((one for one in topic.facts if one.type == "date" and _DUE.search(one.label)), None)


def _lent_on(topic: Topic, facts: Facts) -> tuple[date, date] | None:
    """The first and the last day that the day of the loan may be."""
    own = next((one for one in topic.facts if one.type == "date" and "借" in one.label), None)
    told = facts.get(own.id) if own is not None else None
    if told is None or not isinstance(told.value, str):
        return None
    first = date.fromisoformat(told.value)
    return first, date.fromisoformat(str(told.high)) if told.high else first


def _due(first: date, last: date, term: Entity, words: str) -> FactValue:
    low, high = _after(first, term), _after(last, term)
    day = low.isoformat()
    return FactValue(day, False, words, day, high.isoformat()) if low != high else FactValue(day, False, words)


def _is_promised(said: str, day: Entity) -> bool:
    """「说去年底还的」: the day on which the money was to be back."""
    before, after = said[max(0, day.start - 8) : day.start], said[day.end : day.end + 8]
    if day.text.endswith("后"):
        return False  # counted from when it was said, which nobody told
    return _PROMISED.search(before) is not None and _GIVES_BACK.match(after) is not None


def _is_term(said: str, span: Entity, entities: Sequence[Entity]) -> bool:
    """「说好一年还」 and 「借一年」 name a term; 「借了一年了」 tells how long it has been."""
    agreed = _AGREED.search(said, max(0, span.start - 8), span.start)
    if agreed is None and _SAID.search(said, max(0, span.start - 3), span.start) and _WITHIN.match(said, span.end):
        # 「前年五月借的 说两年内还」, but not 「借给他五万 上个月他说三个月后还」.
        days = [one for one in entities if one.kind == "date" and one.end <= span.start]
        return len(days) == 1 and _is_lent(said, days[0], span)
    if agreed is None:
        return False
    pays = _TO_PAY.match(said, span.end)
    loan = "借" in agreed[0] and "了" not in agreed[0]
    # 「4月份开工说好80天」: counted from the day that is told before it.
    began = any(one.kind == "date" and one.end <= span.start and _is_lent(said, one, span) for one in entities)
    named = loan or "期" in agreed[0] or (began and _SETTLED.match(agreed[0]) is not None)
    return pays is not None or (named and _TERM_ENDS.match(said, span.end) is not None)


def _is_lent(said: str, day: Entity, term: Entity) -> bool:
    between = (
        said[day.end : min(term.start, day.end + _REACH)] if day.end <= term.start else said[day.end : day.end + 4]
    )
    # 「2023年5月说好半年还」: agreed on the day of the loan.
    return _LENT.search(between) is not None or _SETTLED.fullmatch(between) is not None


def _after(start: date, term: Entity) -> date:
    if term.unit in {"years", "months"} and term.months is not None:
        whole = int(term.months)
        return shift_days(shift_months(start, whole), int((term.months - whole) * 30))
    return shift_days(start, int(term.value) if isinstance(term.value, Decimal) else 0)
