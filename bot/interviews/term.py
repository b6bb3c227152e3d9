"""The last day of a topic's deadline."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.interviews.topic_parts import Deadline, Plus
from knowledge_base.deadlines.deadline import last_day


def end_of_term(deadline: Deadline, start: date) -> date:
    """The last day of the term that runs from `start`; carried past days off unless the deadline says `roll: false`.

    民法典 203 carries the last day of a period in which somebody must act; a term that simply ends, as that of a
    protection order, ends on a Sunday too.
    """
    plus = deadline.plus
    if deadline.roll:
        return after(plus, start)
    # 民法典 202: the day of the same number, or the last day of a month that has none.
    year, month = divmod(start.year * 12 + start.month - 1 + plus.years * 12 + plus.months, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1])) + timedelta(days=plus.days)


def after(plus: Plus, start: date) -> date:
    """The last day of a term in which somebody must act, carried past days off."""
    return last_day(start, years=plus.years, months=plus.months, days=plus.days, working_days=plus.working_days).day
