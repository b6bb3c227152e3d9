"""What a borrower owes: principal and the interest the law protects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Day, Percent, Yuan, calculator
from bot.interviews.calculators.lpr import KNOWN_UNTIL, one_year_lpr

# 民间借贷司法解释 25: four times the one-year LPR when the contract was made.
LPR_TIMES = Decimal(4)
# 民间借贷司法解释 31: from this day the LPR ceiling; interest before follows the former interpretation (24 %).
NEW_CEILING_FROM = date(2020, 8, 20)
OLD_CEILING = Decimal(24)
YEAR_DAYS = Decimal(365)
_KNOWN_UNTIL_TEXT = f"{KNOWN_UNTIL.year}年{KNOWN_UNTIL.month}月{KNOWN_UNTIL.day}日"


@calculator(
    "民法典 第六百七十五条",
    "民法典 第六百七十六条",
    "民法典 第六百八十条",
    refers=(
        (
            "最高人民法院《关于审理民间借贷案件适用法律若干问题的规定》第二十四条至第三十一条",
            "约定利率不得超过合同成立时一年期贷款市场报价利率（LPR）的四倍；没有约定利息的，逾期后可以按LPR要求利息",
        ),
        (
            "一年期贷款市场报价利率（LPR）",
            f"中国人民银行授权全国银行间同业拆借中心公布；{_KNOWN_UNTIL_TEXT}以后的数值请核对",
        ),
    ),
)
def loan_interest(
    principal: Yuan,
    lent_on: Day,
    *,
    annual_rate: Percent = Decimal(0),
    due_on: Day | None = None,
    repaid: Yuan = Decimal(0),
    until: Day | None = None,
    today: date,
) -> Calculation | None:
    """Principal, simple interest to `until` (today) within the ceiling, less what was repaid."""
    end = until or today
    notes: list[str] = []
    lines = [Line("本金", "", cents(principal))]
    if annual_rate > 0:
        lines += _agreed(principal, lent_on, annual_rate, end, today, notes)
    else:
        notes.append("没有约定利息的，借款期内不算利息。")
        lines += _overdue(principal, due_on, end, notes)
    if repaid > 0:
        lines.append(Line("减去已经还的钱", "", -cents(repaid)))
        notes.append("还款的时间会影响利息，这里只是把已还的钱总额减掉，准确数额请按每次还款的日期算。")
    total = max(sum((line.amount for line in lines), Decimal(0)), Decimal(0))
    return Calculation(f"算到{end.year}年{end.month}月{end.day}日的本息", tuple(lines), total, note="".join(notes))


def _agreed(principal: Decimal, lent_on: date, rate: Decimal, end: date, today: date, notes: list[str]) -> list[Line]:
    lines = []
    if lent_on < NEW_CEILING_FROM:
        allowed = min(rate, OLD_CEILING)
        lines.append(_interest("利息（2020年8月20日以前）", principal, allowed, lent_on, min(end, NEW_CEILING_FROM)))
        notes.append("2020年8月20日以前的部分按当时年利率24%以内计算，以后的部分按起诉时LPR的四倍以内计算。")
    start, rate_day = (lent_on, lent_on) if lent_on >= NEW_CEILING_FROM else (NEW_CEILING_FROM, today)
    lpr = one_year_lpr(rate_day)
    if lpr is not None and end > start:
        ceiling = lpr * LPR_TIMES
        lines.append(_interest("利息", principal, min(rate, ceiling), start, end))
        if rate > ceiling:
            notes.append(
                f"约定的年利率{plain_number(rate)}%超过上限{plain_number(ceiling)}%（一年期LPR {lpr}%的四倍），"
                "超过的部分法院不支持。"
            )
        _check_rate(rate_day, notes)
    return [line for line in lines if line.amount > 0]


def _overdue(principal: Decimal, due_on: date | None, end: date, notes: list[str]) -> list[Line]:
    if due_on is None or due_on >= end:
        return []
    lpr = one_year_lpr(due_on)
    if lpr is None:
        notes.append("到期日在2019年8月以前，逾期利息要按当时的规定算，请律师核对。")
        return []
    notes.append("过了约定的还款日，可以从那天起按当时的一年期LPR要求逾期利息。")
    _check_rate(due_on, notes)
    return [_interest("逾期利息", principal, lpr, due_on, end)]


def _check_rate(day: date, notes: list[str]) -> None:
    if day > KNOWN_UNTIL:
        notes.append(f"LPR按{_KNOWN_UNTIL_TEXT}公布的数值算，之后可能有调整，请核对。")


def _interest(label: str, principal: Decimal, rate: Decimal, start: date, end: date) -> Line:
    days = max((end - start).days, 0)
    amount = cents(principal * rate / 100 * days / YEAR_DAYS)
    return Line(label, f"{plain_number(principal)} × {plain_number(rate)}% × {days}天 ÷ 365天", amount)
