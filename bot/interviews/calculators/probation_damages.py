"""Damages for a probation longer than the law allows."""

from __future__ import annotations

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Months, Yuan, calculator


@calculator("劳动合同法 第八十三条")
def probation_damages(full_wage: Yuan, excess_months: Months) -> Calculation | None:
    """The wage after probation for every month of probation served beyond what 劳动合同法 19 allows."""
    if full_wage <= 0 or excess_months <= 0:
        return None
    amount = cents(full_wage * excess_months)
    line = Line("违法约定试用期的赔偿金", f"{plain_number(full_wage)} × {plain_number(excess_months)}个月", amount)
    return Calculation(
        "违法约定试用期的赔偿金",
        (line,),
        amount,
        note="按试用期满以后的月工资算，只算已经做过的、超过法定试用期的那段时间；还没有做的不算。"
        "这笔钱在平时的工资之外另付。",
    )
