"""The one-year loan prime rate by date, as published through the National Interbank Funding Center."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

# Source: 中国人民银行授权全国银行间同业拆借中心公布; each rate holds from its day until the next.
# That of 2025-05-20 was left as it was every month from June 2025 to March 2026 (news agencies, read 2026-11-28).
ONE_YEAR: tuple[tuple[date, Decimal], ...] = (
    (date(2019, 8, 20), Decimal("4.25")),
    (date(2019, 9, 20), Decimal("4.20")),
    (date(2019, 11, 20), Decimal("4.15")),
    (date(2020, 2, 20), Decimal("4.05")),
    (date(2020, 4, 20), Decimal("3.85")),
    (date(2021, 12, 20), Decimal("3.80")),
    (date(2022, 1, 20), Decimal("3.70")),
    (date(2022, 8, 22), Decimal("3.65")),
    (date(2023, 6, 20), Decimal("3.55")),
    (date(2023, 8, 21), Decimal("3.45")),
    (date(2024, 7, 22), Decimal("3.35")),
    (date(2024, 10, 21), Decimal("3.10")),
    (date(2025, 5, 20), Decimal("3.00")),
)

KNOWN_UNTIL = date(2026, 3, 20)
"""Last publication known, which changed nothing since 2025-05-20; a figure for a later day must be checked."""


def one_year_lpr(day: date) -> Decimal | None:
    """Per cent a year on `day`; None before the rate existed. After KNOWN_UNTIL the last known rate."""
    rate = None
    for start, value in ONE_YEAR:
        if start <= day:
            rate = value
    return rate
