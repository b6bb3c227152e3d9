"""A stretch of time as a target or an article gives it, and when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.clock import SHANGHAI
from bot.desk.clocks.business import DAY, BusinessTime

Unit = Literal["seconds", "business", "days", "working_days"]


@dataclass(frozen=True, slots=True)
class Term:
    """So many of a unit. "seconds" run always, "business" are seconds of business time; days count by the calendar."""

    length: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Due:
    """The moments of one run of a term, in this order."""

    warn: datetime
    due: datetime
    red: datetime
    certain: bool
    """False when a year it touches has no published plan of holidays: then only weekends counted as days off."""


def due(term: Term, start: datetime, business: BusinessTime, *, used: int = 0, warn_at: float = 2 / 3) -> Due:
    """When `term` begun at `start`, of which `used` had passed in earlier runs, is nearly over, over, and long over.

    Short terms warn at the fraction `warn_at` of what is left and are long over after twice their length; terms of days
    warn when work begins on the working day before the last, and are long over when work ends on the one after it.
    """
    left = max(0, term.length - used)
    start = start.astimezone(SHANGHAI)
    if term.unit in ("seconds", "business"):
        moments = [_later(start, seconds, term.unit, business) for seconds in _thirds(left, term.length, warn_at)]
        return Due(moments[0], moments[1], moments[2], business.certain(start.date(), moments[2].date()))
    # 民法典 201: the day on which it begins is not counted. 203: a last day that is off is carried to the next worked.
    end = start.date() + DAY * left if term.unit == "days" else business.add_days(start.date(), left)
    end = business.working_day(end)
    over = business.close_of(end)
    if over <= start:  # nothing was left and business had ended: the next working day is the first on which it can be
        over = business.close_of(business.working_day(end + DAY))
    warn = max(start, min(business.open_of(business.previous_working_day(over.date())), over))
    red = business.close_of(business.working_day(over.date() + DAY))
    return Due(warn, over, red, business.certain(start.date(), red.date()))


def used(term: Term, start: datetime, until: datetime, business: BusinessTime) -> int:
    """How much of `term` passes between two moments; of days, the one on which it pauses is counted."""
    start, until = start.astimezone(SHANGHAI), until.astimezone(SHANGHAI)
    match term.unit:
        case "seconds":
            return max(0, int((until - start).total_seconds()))
        case "business":
            return business.seconds(start, until)
        case "days":
            return max(0, (until.date() - start.date()).days)
        case "working_days":
            return business.working_days(start.date(), until.date())


def _thirds(left: int, length: int, warn_at: float) -> tuple[int, int, int]:
    return int(left * warn_at), left, left + length


def _later(start: datetime, seconds: int, unit: Unit, business: BusinessTime) -> datetime:
    return start + timedelta(seconds=seconds) if unit == "seconds" else business.add(start, seconds)
