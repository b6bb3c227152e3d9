"""A month's wage in place of thirty days' notice."""

from __future__ import annotations

from bot.interviews.calculation import Calculation, Line, cents
from bot.interviews.calculators.calculator import Yuan, calculator


@calculator(
    "劳动合同法 第四十条",
    refers=(("劳动合同法实施条例 第二十条", "代通知金按上一个月的工资标准确定"),),
)
def notice_pay(monthly_wage: Yuan) -> Calculation | None:
    """One month's wage (of the month before)."""
    amount = cents(monthly_wage)
    line = Line("额外支付一个月工资", "上一个月工资 × 1", amount)
    return Calculation("代通知金", (line,), amount, note="单位已提前三十日书面通知的，没有这一项。")
