"""Economic compensation when an employment contract ends: a month's wage for each year worked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Months, Yuan, calculator

# 劳动合同法 47: six months or more of a year count as a year, less as half a month's wage.
HALF_YEAR_MONTHS = Decimal(6)
# 劳动合同法 47, paragraph 2: ceiling for wages above three times the local average, then at most twelve years.
WAGE_CEILING_TIMES = Decimal(3)
YEARS_CEILING = Decimal(12)
# The 劳动合同法 came into force on this day.
IN_FORCE = date(2008, 1, 1)


def paid_months(service_months: Decimal) -> Decimal:
    """How many months' wages the service is worth: 14 months → 1.5."""
    years, rest = divmod(service_months, Decimal(12))
    if rest == 0:
        return years
    return years + (1 if rest >= HALF_YEAR_MONTHS else Decimal("0.5"))


def compensation_lines(
    service_months: Decimal, monthly_wage: Decimal, local_average_wage: Decimal | None
) -> tuple[tuple[Line, ...], Decimal, str]:
    """The steps, the amount and what must be noted."""
    months, base, notes = paid_months(service_months), monthly_wage, []
    if local_average_wage is None:
        notes.append(
            "如果月工资高于当地上年度职工月平均工资的三倍，月工资按三倍封顶，年限最多算十二年；"
            "各地数额每年公布，请向当地人社部门核对。"
        )
    elif monthly_wage > WAGE_CEILING_TIMES * local_average_wage:
        base = WAGE_CEILING_TIMES * local_average_wage
        months = min(months, YEARS_CEILING)
        notes.append("月工资超过当地职工月平均工资三倍，已按三倍和最多十二年计算。")
    notes.append("月工资指离开前十二个月的平均工资，含奖金、津贴。")
    amount = cents(base * months)
    line = Line("经济补偿", f"{plain_number(base)} × {plain_number(months)}个月", amount)
    return (line,), amount, "".join(notes)


@calculator("劳动合同法 第四十七条")
def economic_compensation(
    service_months: Months, monthly_wage: Yuan, *, local_average_wage: Yuan | None = None, today: date
) -> Calculation | None:
    """What the employer owes for `service_months` of service at an average `monthly_wage`."""
    lines, amount, note = compensation_lines(service_months, monthly_wage, local_average_wage)
    # 劳动合同法 97, paragraph 3: years before it came into force are compensated as the rules of that time say.
    if service_months > (today.year - IN_FORCE.year) * 12 + today.month - IN_FORCE.month:
        note = "2008年以前的工作年限要按当时的规定算，这里没有区分，请律师核对。" + note
    return Calculation("经济补偿", lines, amount, note=note)
