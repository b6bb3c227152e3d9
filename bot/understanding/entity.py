"""One fact found in a citizen's words, with the words it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

EntityKind = Literal["amount", "duration", "date", "count", "percent", "relation", "place", "law_ref"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A value, how exact it is and where it stands in the text."""

    kind: EntityKind
    value: Decimal | date | str | bool
    """amount: yuan; duration: days; date: the day, of a period its first day (counting a deadline from the earliest
    day is the safe side); count: the number; percent: 20 for 20 %; relation: canonical English word;
    place: canonical province or 「province city」; law_ref: the reference without spaces."""
    low: Decimal | date | None
    """Lower end when the words leave a range (一两万, 上个月); None when exact."""
    high: Decimal | date | None
    """Upper end of the range, inclusive; None when exact."""
    unit: str
    """amount: "yuan"; duration: "hours", "days", "months" or "years" as said (weeks become days); date: the precision,
    "day", "month", "year" or "period"; count: the classifier as said (人, 次, 个…), "" for a bare number;
    percent: "%", "%/day", "%/month" or "%/year"; place: "province" or "city"; otherwise ""."""
    text: str
    """The words, exactly as in the text given."""
    start: int
    """Offset of the first character in the text given."""
    end: int
    """Offset after the last character."""
    months: Decimal | None = None
    """Durations only: the same length in months (a month counts 30 days, a year 12 months)."""
