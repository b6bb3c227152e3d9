"""The last day for a payment by its rule: 「收到十天内付，5月20收到的」, 「次月15号结，最后一笔是6月的货」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.interviews.facts import FactValue
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity
from bot.understanding.numerals import parse_numeral
from bot.understanding.period import make_date, shift_days, shift_months

_PAYS = re.compile(r"付|履行|交货|还款|到期")
"""In the label of such a day."""
_FROM = re.compile(
    r"(?:收到|送达|签收|生效|拿到|领到)(?:之日|的?那天|判决|裁决|文书|调解书)?(?:起|以?后|之后)?(?:的|算|往后)?$"
)
_WITHIN = re.compile(r"(?:之|以)?内")
_RECEIVED = re.compile(r"[^,，。;；\s]{0,3}(?:收|送达|签收|生效|拿|领)")
_OF_PAPER = re.compile(r"文书")
"""In the label of a day that a judgment or an award sets."""
_TO_PAY = re.compile(r"(?:(?:之|以)?内|里头|里)(?:要|得|必须|应该|应当|一次)*(?:全部|都)?(?:付|给|还|履行|支付|结|交)")
_CAME = re.compile(r"[^,，。;；\s]{0,4}(?:收|送达|签收|生效|拿|领|判|裁|下来|出来|宣判)(?!了?钱|到钱)")
_CAME_BEFORE = re.compile(r"(?:判决|裁决|调解)书?(?:是|在)?$")
_BINDING = re.compile(r"生效(?:之日|起|以?后|之后)")
_APPEAL_DAYS = 15
"""A judgment of first instance takes effect once nobody has appealed: 民事诉讼法 171 and 158; an award likewise,
劳动争议调解仲裁法 50. What was served on appeal binds at once, as do awards under its 47, so that both days stay
possible. The day from which days are counted is not one of them: 民事诉讼法 85."""
_USUAL_TERM = 10
"""Days that judgments and awards give from when they bind, where the words name none."""
_NEXT_MONTH = re.compile(
    r"(?:次月|下个?月|隔月|第二个月)的?(?P<day>[0-9]{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十)[号日]"
    r"[^,，。;；]{0,3}[结付给发打]"
)


def due_worked(fact: Fact, said: str, entities: Sequence[Entity]) -> FactValue | None:
    """The day by such a rule with its words; None where the message tells none, or not what it is counted from."""
    if fact.type != "date" or not _PAYS.search(fact.label):
        return None
    if is_of_paper(fact) and _BINDING.search(said) and (worked := _by_paper(said, entities)) is not None:
        return worked  # 「生效后十天内付，5月20收到的」: nobody is told yet when it bound
    worked = _after_receipt(said, entities) or _in_next_month(said, entities)
    return worked or (_by_paper(said, entities) if is_of_paper(fact) else None)


def is_of_paper(fact: Fact) -> bool:
    """Whether it is the day for payment that a judgment or an award sets."""
    return fact.type == "date" and bool(_PAYS.search(fact.label) and _OF_PAPER.search(fact.label))


def _by_paper(said: str, entities: Sequence[Entity]) -> FactValue | None:
    """「判决书5月20号收到的，让他十天内付」, 「今年6月判的」: a range, as nobody is told yet on which day it bound."""
    term = next((one for one in entities if one.kind == "duration" and _TO_PAY.match(said, one.end)), None)
    came = [one for one in entities if one.kind == "date" and _is_of_its_coming(said, one)]
    if len(came) != 1 or not isinstance(came[0].value, date):
        return None
    day, given = came[0], _USUAL_TERM
    if term is not None and isinstance(term.value, Decimal):
        given = int(term.value)
    first = day.low if isinstance(day.low, date) else came[0].value
    last = day.high if isinstance(day.high, date) else came[0].value
    low = shift_days(first, given if term is not None else 0)
    high = shift_days(last, given + _APPEAL_DAYS)
    words = said[min(day.start, term.start) : max(day.end, term.end)] if term is not None else day.text
    return FactValue(low.isoformat(), False, words, low.isoformat(), high.isoformat())


def _is_of_its_coming(said: str, day: Entity) -> bool:
    before = said[max(0, day.start - 6) : day.start]
    return _CAME.match(said, day.end) is not None or _CAME_BEFORE.search(before) is not None


def _after_receipt(said: str, entities: Sequence[Entity]) -> FactValue | None:
    term = next((one for one in entities if one.kind == "duration" and _counts_from_receipt(said, one)), None)
    day = next((one for one in entities if one.kind == "date" and _RECEIVED.match(said, one.end)), None)
    if term is None or day is None or not isinstance(day.value, date) or not isinstance(term.value, Decimal):
        return None
    due = (
        shift_months(day.value, int(term.months))
        if term.unit in {"months", "years"} and term.months is not None
        else shift_days(day.value, int(term.value))
    )
    return FactValue(due.isoformat(), False, said[min(term.start, day.start) : max(term.end, day.end)])


def _counts_from_receipt(said: str, term: Entity) -> bool:
    before = said[max(0, term.start - 12) : term.start]
    return _FROM.search(before) is not None and _WITHIN.match(said, term.end) is not None


def _in_next_month(said: str, entities: Sequence[Entity]) -> FactValue | None:
    rule = _NEXT_MONTH.search(said)
    months = [one for one in entities if one.kind == "date" and one.start >= (rule.end() if rule else 0)]
    if rule is None or len(months) != 1 or not isinstance(months[0].value, date):
        return None
    number, first = parse_numeral(rule["day"]), shift_months(months[0].value.replace(day=1), 1)
    due = make_date(first.year, first.month, int(number.value)) if number is not None else None
    return None if due is None else FactValue(due.isoformat(), False, said[rule.start() : months[0].end])
