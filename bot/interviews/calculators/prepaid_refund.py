"""What is left of money paid in advance for a card, a course or a service."""

from __future__ import annotations

from bot.interviews.calculation import Calculation, Line, cents
from bot.interviews.calculators.calculator import Yuan, calculator


# 消费者权益保护法 53: who does not provide what was agreed returns the advance payment, with interest on it.
@calculator("消费者权益保护法 第五十三条")
def prepaid_refund(paid: Yuan, used: Yuan) -> Calculation | None:
    """Paid in advance less the worth of what was used; nothing to compute where more was used than paid."""
    left = cents(paid) - cents(used)
    if left <= 0:
        return None
    lines = (Line("预先交的钱", "", cents(paid)), Line("减去已经用掉的", "", -cents(used)))
    return Calculation(
        "没用完的预付款",
        lines,
        left,
        note="还可以要求这笔预付款的利息和必须花的合理费用。用掉多少怎么折算，按当初说好的价钱算，有赠送、打折的另算。",
    )
