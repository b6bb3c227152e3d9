"""What each heir of the same order gets of an estate without a will."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number, yuan
from bot.interviews.calculators.calculator import Count, YesNo, Yuan, calculator

# 民法典 1153: half of what the spouses own in common is the surviving spouse's and no part of the estate.
SPOUSE_PART = Decimal("0.5")


@calculator("民法典 第一千一百三十条", "民法典 第一千一百五十三条")
def inheritance_shares(estate: Yuan, heirs: Count, *, half_is_spouses: YesNo = False) -> Calculation | None:
    """One equal share as the total; `half_is_spouses`: all of `estate` was the common property of a couple."""
    if estate <= 0 or heirs < 1 or heirs != int(heirs):
        return None
    left, lines = cents(estate), []
    own = Decimal(0)
    if half_is_spouses:
        own = cents(estate * SPOUSE_PART)
        left = cents(estate) - own
        lines.append(Line("先分出配偶自己的一半（不是遗产）", f"{plain_number(estate)} ÷ 2", own))
        lines.append(Line("剩下的才是遗产", f"{plain_number(estate)} - {plain_number(own)}", left))
    share = cents(left / heirs)
    lines.append(Line("每位继承人分到", f"{plain_number(left)} ÷ {plain_number(heirs)}人", share))
    note = "没有遗嘱时，同一顺序的继承人一般平均分。"
    if half_is_spouses:
        note += f"配偶除了自己的一半，还和其他继承人一样分一份，一共是{yuan(own + share)}。"
    note += (
        "有这些情况的可以不平均：生活特别困难又没有劳动能力的，应当照顾；尽了主要赡养、扶养责任或者一起生活的，可以多分；"
        "有能力却不尽责任的，应当少分或者不分；大家商量好了，也可以不平均。"
        "遗产要先清偿去世的人欠的税款和债务。"
    )
    return Calculation("每位继承人的份额", tuple(lines), share, note=note)
