"""The doubled part of the interest on a judgment debt that is paid late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Day, Yuan, calculator

# 法释〔2014〕8号 1: 0.175 per mille a day on what the judgment orders besides ordinary interest.
DAILY_RATE = Decimal("0.000175")
# 法释〔2014〕8号 7: days before the interpretation came into force follow the former rules.
IN_FORCE = date(2014, 8, 1)


@calculator(
    "民事诉讼法 第二百六十四条",
    refers=(
        (
            "最高人民法院《关于执行程序中计算迟延履行期间的债务利息适用法律若干问题的解释》（法释〔2014〕8号）第一条至第三条",
            "加倍部分＝还没付的钱（不含一般利息）×日万分之一点七五×天数，从判决定的付款期限届满算到付清那天",
        ),
    ),
)
def late_payment_interest(amount: Yuan, due_on: Day, *, until: Day | None = None, today: date) -> Calculation | None:
    """Interest from the day after `due_on`, the last day for payment, through `until` (today)."""
    end = until or today
    # The last day that does not count: the end of the term, or the eve of the interpretation.
    start = max(due_on, date.fromordinal(IN_FORCE.toordinal() - 1))
    days = (end - start).days
    if amount <= 0 or days <= 0:
        return None
    interest = cents(amount * DAILY_RATE * days)
    line = Line("加倍部分利息", f"{plain_number(amount)} × 0.0175% × {days}天", interest)
    note = (
        "这只是加倍的那部分。判决书写明要付的一般利息，另外按判决书写的利率和算法继续算到付清为止；判决书没有写一般利息的，就没有这部分。"
        "判决书里本来就是利息的钱，不能再算加倍部分。中间还过钱的，要按每次还款的日期分段算。"
    )
    if due_on < start:
        note += "2014年8月1日以前的天数按当时的规定算，这里没有算进去，请律师核对。"
    title = f"算到{end.year}年{end.month}月{end.day}日的加倍部分迟延履行利息"
    return Calculation(title, (line,), interest, note=note)
