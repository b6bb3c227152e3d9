"""The usual range of child support out of a monthly income."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Count, Yuan, calculator

# 最高人民法院关于适用民法典婚姻家庭编的解释（一） 49: 20–30 % of a fixed income; two or more children at most 50 %.
LOW, HIGH, HIGH_SEVERAL = Decimal(20), Decimal(30), Decimal(50)


@calculator(
    "民法典 第一千零八十五条",
    refers=(
        (
            "最高人民法院《关于适用〈中华人民共和国民法典〉婚姻家庭编的解释（一）》第四十九条",
            "有固定收入的，抚养费一般为月总收入的20%至30%；负担两个以上子女的，可以适当提高，一般不超过50%",
        ),
    ),
)
def child_support(monthly_income: Yuan, *, children: Count = Decimal(1)) -> Calculation | None:
    """A monthly range for all children together; `monthly_income` is the paying parent's total."""
    if children < 1:
        return None
    top = HIGH if children == 1 else HIGH_SEVERAL
    low, high = cents(monthly_income * LOW / 100), cents(monthly_income * top / 100)
    line = Line("每月抚养费", f"{plain_number(monthly_income)} × 20%至{plain_number(top)}%", low, high)
    return Calculation(
        "每月抚养费的大致范围",
        (line,),
        low,
        high=high,
        note="先由父母商量，商量不成由法院按孩子的实际需要、父母的负担能力和当地生活水平定；对方没有固定收入的，参照当年总收入或同行业平均收入。",
    )
