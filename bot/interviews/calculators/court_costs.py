"""What a court charges for hearing a case about money or property."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Yuan, calculator

# 诉讼费用交纳办法 13 (1) 1: a fixed fee for the first 10,000 yuan.
FIRST_UP_TO = Decimal(10_000)
FIRST_FEE = Decimal(50)
# 诉讼费用交纳办法 13 (1) 2–10: the part up to the bound, in yuan, is charged at the rate, in per cent.
BRACKETS: tuple[tuple[Decimal | None, Decimal], ...] = (
    (Decimal(100_000), Decimal("2.5")),
    (Decimal(200_000), Decimal(2)),
    (Decimal(500_000), Decimal("1.5")),
    (Decimal(1_000_000), Decimal(1)),
    (Decimal(2_000_000), Decimal("0.9")),
    (Decimal(5_000_000), Decimal("0.8")),
    (Decimal(10_000_000), Decimal("0.7")),
    (Decimal(20_000_000), Decimal("0.6")),
    (None, Decimal("0.5")),
)
# 诉讼费用交纳办法 15, 16: half after mediation or withdrawal and under simplified procedure; 民诉法解释 206: once only.
REDUCED = Decimal("0.5")


@calculator(
    "民事诉讼法 第一百二十一条",
    refers=(
        (
            "诉讼费用交纳办法 第十三条、第十五条、第十六条、第二十条、第二十九条",
            "财产案件按金额分段计算；调解结案、撤诉或者适用简易程序的减半；由原告先交，最后由败诉的一方承担",
        ),
    ),
)
def court_costs(amount: Yuan) -> Calculation | None:
    """The fee for a claim of `amount`; the halved fee stands in a line of its own and is not in the total."""
    if amount <= 0:
        return None
    lines = [Line("1万元以内", "每件50元", FIRST_FEE)]
    low = FIRST_UP_TO
    for bound, rate in BRACKETS:
        part = (amount if bound is None else min(amount, bound)) - low
        if part <= 0:
            break
        lines.append(
            Line(_label(low, bound), f"{plain_number(part)} × {plain_number(rate)}%", cents(part * rate / 100))
        )
        low = bound or low
    total = sum((line.amount for line in lines), Decimal(0))
    half = Line("减半交纳时（不计入合计）", f"{plain_number(total)} ÷ 2", cents(total * REDUCED))
    return Calculation(
        "案件受理费",
        (*lines, half),
        total,
        note="适用简易程序、调解结案或者撤诉的，减半交。起诉时先由原告交，打赢了一般由对方承担。"
        "这里按要钱、要财物的案件算：劳动争议每件只交10元，离婚、人格权等案件另有标准。"
        "交钱确实有困难的，可以向法院申请缓交、少交或者免交。",
    )


def _label(low: Decimal, bound: Decimal | None) -> str:
    start = f"{plain_number(low / 10_000)}万元"
    return f"超过{start}的部分" if bound is None else f"{start}至{plain_number(bound / 10_000)}万元的部分"
