"""What somebody who took earnest money and broke the deal has to give back."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Yuan, calculator

# 民法典 587: the party that received it returns it twofold. 586: at most a fifth of the price of the main contract
# counts as earnest money; what was paid above that is only given back.
TIMES = Decimal(2)
CEILING = Decimal("0.20")


@calculator("民法典 第五百八十七条", "民法典 第五百八十六条")
def earnest_double(earnest: Yuan, *, contract_price: Yuan | None = None) -> Calculation | None:
    """Twice the earnest money within the ceiling; `contract_price` is what the whole contract is worth."""
    if earnest <= 0:
        return None
    counts = cents(earnest)
    if contract_price is not None and contract_price > 0:
        counts = min(counts, cents(contract_price * CEILING))
    lines = [Line("双倍返还定金", f"{plain_number(counts)} × 2", cents(counts * TIMES))]
    over = cents(earnest) - counts
    if over > 0:
        lines.append(Line("超过合同总价20%的部分，原数退还", "", over))
    note = "" if contract_price else "定金不能超过合同总价（租房是整个租期的租金）的20%，超过的部分只退一份。"
    return Calculation("定金双倍返还", tuple(lines), sum((line.amount for line in lines), Decimal(0)), note=note)
