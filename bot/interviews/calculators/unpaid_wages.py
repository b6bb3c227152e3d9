"""Wages owed, and the extra when an order of the labour authority was ignored."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import YesNo, Yuan, calculator

# 劳动合同法 85: 50 to 100 per cent of the sum due, only if the ordered date passed without payment.
EXTRA_LOW, EXTRA_HIGH = Decimal("0.5"), Decimal(1)


@calculator("劳动合同法 第八十五条")
def unpaid_wages(owed: Yuan, *, ordered_and_ignored: YesNo = False) -> Calculation | None:
    """What is owed; a range with the extra if the authority's order was ignored."""
    base = cents(owed)
    lines = [Line("拖欠的工资", "", base)]
    if not ordered_and_ignored:
        return Calculation(
            "应当支付的工资",
            tuple(lines),
            base,
            note="如果劳动行政部门责令限期支付后单位还是不付，可以再责令它加付应付金额50%至100%的赔偿金。",
        )
    low, high = cents(base * EXTRA_LOW), cents(base * EXTRA_HIGH)
    lines.append(Line("加付赔偿金", f"{plain_number(base)} × 50%至100%", low, high))
    return Calculation(
        "应当支付的工资和加付赔偿金",
        tuple(lines),
        base + low,
        high=base + high,
        note="加付赔偿金由劳动行政部门责令，具体比例由它决定。",
    )
