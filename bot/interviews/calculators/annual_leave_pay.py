"""Pay for annual leave that was earned and not given."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Count, Yuan, calculator

# 职工带薪年休假条例 5, 企业职工带薪年休假实施办法 10: three days' wages a day, the ordinary wage of that day included.
TIMES, ALREADY_PAID = Decimal(3), Decimal(1)
# 企业职工带薪年休假实施办法 11: the wage of a day is that of a month through the paid days.
PAID_DAYS = Decimal("21.75")


@calculator(
    "劳动法 第四十五条",
    refers=(
        ("职工带薪年休假条例 第三条、第五条", "工作满1年、10年、20年的，每年休5天、10天、15天；没休的按日工资的300%付"),
        (
            "企业职工带薪年休假实施办法 第十条至第十二条",
            "300%里包含平时已经发的工资；日工资＝前12个月不含加班费的平均月工资÷21.75；离职那年按天折算，不足1天的不算",
        ),
    ),
)
def annual_leave_pay(monthly_wage: Yuan, unused_days: Count) -> Calculation | None:
    """What is still to be paid for `unused_days` whole days; `monthly_wage` is the average without overtime pay."""
    days = int(unused_days)
    if days < 1 or monthly_wage <= 0:
        return None
    daily = monthly_wage / PAID_DAYS
    rest = TIMES - ALREADY_PAID
    amount = cents(daily * days * rest)
    return Calculation(
        "未休年休假工资报酬",
        (
            Line("日工资（不计入合计）", f"{plain_number(monthly_wage)} ÷ 21.75天", cents(daily)),
            Line("还应补发", f"日工资 × {days}天 × {plain_number(rest * 100)}%", amount),
        ),
        amount,
        note="法律规定按300%付，其中100%是平时已经发的工资，所以还应补发200%；那几天的工资没有发的，要补300%。"
        "月工资按前12个月的平均数算，不含加班费。单位安排了休假，自己书面提出不休的，没有这笔钱。",
    )
