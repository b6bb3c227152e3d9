"""Overtime pay on working days, rest days and public holidays."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Hours, Months, Yuan, calculator

# 劳动法 44: not less than 150, 200 and 300 per cent.
WORKDAY, RESTDAY, HOLIDAY = Decimal("1.5"), Decimal(2), Decimal(3)
# 关于职工全年月平均工作时间和工资折算问题的通知: paid days a month, (365 - 104) / 12; eight hours a day by 劳动法 36.
PAID_DAYS = Decimal("21.75")
DAY_HOURS = Decimal(8)


@calculator(
    "劳动法 第四十四条",
    refers=(
        (
            "人力资源社会保障部《关于职工全年月平均工作时间和工资折算问题的通知》",
            "月计薪天数21.75天、每天8小时，用来把月工资折成小时工资（2026年11月核对时适用）",
        ),
    ),
)
def overtime_pay(
    monthly_wage: Yuan,
    *,
    workday_hours: Hours = Decimal(0),
    restday_hours: Hours = Decimal(0),
    holiday_hours: Hours = Decimal(0),
    months: Months = Decimal(1),
    paid: Yuan = Decimal(0),
) -> Calculation | None:
    """Hours are per month, `months` how many such months, `paid` what was paid for overtime in all."""
    hourly = monthly_wage / PAID_DAYS / DAY_HOURS
    lines = [Line("小时工资", f"{plain_number(monthly_wage)} ÷ 21.75天 ÷ 8小时", cents(hourly))]
    total = Decimal(0)
    for label, hours, times in (
        ("工作日延长工作时间", workday_hours, WORKDAY),
        ("休息日加班（没有补休）", restday_hours, RESTDAY),
        ("法定休假日加班", holiday_hours, HOLIDAY),
    ):
        if hours > 0:
            amount = cents(hourly * hours * times * months)
            every = f" × {plain_number(months)}个月" if months != 1 else ""
            percent = plain_number(times * 100)
            lines.append(Line(label, f"小时工资 × {plain_number(hours)}小时 × {percent}%{every}", amount))
            total += amount
    if total == 0:
        return None
    if paid > 0:
        lines.append(Line("减去已经发的加班费", "", -cents(paid)))
    return Calculation(
        "加班费",
        tuple(lines),
        max(total - cents(paid), Decimal(0)),
        note="按标准工时计算；实行综合计算工时或不定时工作制的，算法不同。休息日已安排补休的，不再付加班费。",
    )
