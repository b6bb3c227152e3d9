"""Damages for food below the safety standard."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Yuan, calculator

# 食品安全法 148: ten times the price or three times the loss, at least 1000 yuan, besides the loss itself.
PRICE_TIMES = Decimal(10)
LOSS_TIMES = Decimal(3)
MINIMUM = Decimal(1000)


@calculator("食品安全法 第一百四十八条")
def punitive_food(price: Yuan, *, loss: Yuan = Decimal(0)) -> Calculation | None:
    """What a consumer of unsafe food may ask for; `loss` is actual damage such as medical cost."""
    by_price, by_loss = price * PRICE_TIMES, loss * LOSS_TIMES
    how = (f"价款 {plain_number(price)} × 10" if by_price >= by_loss else f"损失 {plain_number(loss)} × 3") + (
        "，不足1,000元的按1,000元" if max(by_price, by_loss) < MINIMUM else ""
    )
    extra = cents(max(by_price, by_loss, MINIMUM))
    lines = [Line("赔偿金", how, extra)]
    if loss > 0:
        lines.insert(0, Line("赔偿损失", "", cents(loss)))
    return Calculation(
        "食品安全赔偿",
        tuple(lines),
        extra + cents(loss),
        note="要食品确实不符合食品安全标准，并且对方是生产者，或者是明知还卖的经营者；只是标签小瑕疵的不算。货款可另外要求退还。",
    )
