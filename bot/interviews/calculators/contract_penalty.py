"""What of an agreed penalty for breach of contract a court is likely to leave."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Yuan, calculator

# 民法典合同编通则解释 65: a penalty more than 30 % above the loss may as a rule be found excessive.
CEILING = Decimal("1.30")


@calculator(
    "民法典 第五百八十五条",
    refers=(
        (
            "最高人民法院《关于适用〈中华人民共和国民法典〉合同编通则若干问题的解释》第六十四条、第六十五条",
            "违约金超过损失30%的，一般可以认定为过高；要由违约的一方提出并举证；恶意违约的一般不减",
        ),
    ),
)
def contract_penalty(loss: Yuan, agreed: Yuan) -> Calculation | None:
    """The agreed penalty, at most 130 % of the loss; nothing to tell where no loss can be named."""
    if loss <= 0 or agreed <= 0:
        return None
    ceiling = cents(loss * CEILING)
    total = min(cents(agreed), ceiling)
    lines = [
        Line("约定的违约金（不计入合计）", "", cents(agreed)),
        Line("损失的130%（不计入合计）", f"{plain_number(loss)} × 130%", ceiling),
    ]
    if cents(agreed) > ceiling:
        lines.append(Line("法院可能减到", "约定的违约金高于损失的130%", total))
        note = (
            "违约金过高的，违约的一方可以请求法院减少，要自己提出来并举证；不提，法院一般不会主动减。恶意违约的，一般不减。"
            "130%是常用的尺子，不是固定的线，法院还要看合同履行情况、双方过错等。"
        )
    else:
        lines.append(Line("一般按约定付", "约定的违约金没有超过损失的130%", total))
        note = "违约金没有超过损失的130%，一般不算过高，按约定付。"
        if agreed < loss:
            note = "约定的违约金比损失还低，受损失的一方可以请求法院增加。"
    return Calculation("法院可能支持的违约金", tuple(lines), total, note=note)
