"""Refund and threefold damages for consumer fraud."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Yuan, calculator

# 消费者权益保护法 55: three times the price, at least 500 yuan.
TIMES = Decimal(3)
MINIMUM = Decimal(500)


@calculator("消费者权益保护法 第五十五条")
def punitive_consumer(price: Yuan) -> Calculation | None:
    """What a defrauded buyer may ask for."""
    extra = cents(max(price * TIMES, MINIMUM))
    how = f"{plain_number(price)} × 3" + ("，不足500元的按500元" if price * TIMES < MINIMUM else "")
    lines = (Line("退还价款", "", cents(price)), Line("增加赔偿", how, extra))
    return Calculation(
        "退一赔三", lines, cents(price) + extra, note="要能证明对方有欺诈；退款的同时，商品一般要退回去。"
    )
