"""Damages for unlawful dismissal: twice the economic compensation."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Months, Yuan, calculator
from bot.interviews.calculators.economic_compensation import compensation_lines

# 劳动合同法 87: twice the standard of article 47.
TIMES = Decimal(2)


@calculator(
    "劳动合同法 第四十七条",
    "劳动合同法 第八十七条",
    refers=(
        (
            "劳动合同法实施条例 第二十五条",
            "赔偿金的年限从用工那天起算，2008年以前的也算；付了赔偿金的，不再付经济补偿",
        ),
    ),
)
def double_damages(
    service_months: Months, monthly_wage: Yuan, *, local_average_wage: Yuan | None = None
) -> Calculation | None:
    """What an unlawful dismissal costs the employer; years before 2008 count too, unlike those compensated."""
    lines, amount, note = compensation_lines(service_months, monthly_wage, local_average_wage)
    total = cents(amount * TIMES)
    twice = Line("违法解除的赔偿金", f"{plain_number(amount)} × 2", total)
    return Calculation("违法解除劳动合同的赔偿金", (*lines, twice), total, note=note + "赔偿金与经济补偿不能同时拿。")
