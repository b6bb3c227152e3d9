"""The second wage for working without a written contract."""

from __future__ import annotations

from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Months, Yuan, calculator

# 劳动合同法 82: from more than one month to less than one year without a contract.
FREE_MONTHS = Decimal(1)
YEAR_MONTHS = Decimal(12)


@calculator(
    "劳动合同法 第八十二条",
    refers=(("劳动合同法实施条例 第六条、第七条", "二倍工资从用工满一个月的次日起算，到满一年的前一日止"),),
)
def double_wage(months_without_contract: Months, monthly_wage: Yuan) -> Calculation | None:
    """The difference (one extra wage a month) from the second to the twelfth month; 0 within the first month."""
    months = max(min(months_without_contract, YEAR_MONTHS) - FREE_MONTHS, Decimal(0))
    amount = cents(months * monthly_wage)
    line = Line("未签书面合同的二倍工资差额", f"{plain_number(monthly_wage)} × {plain_number(months)}个月", amount)
    return Calculation(
        "未签书面劳动合同的二倍工资差额",
        (line,),
        amount,
        note="第一个月不算，最多算十一个月；另一倍工资单位本来就应当按月发。申请仲裁有时间限制，拖得久的部分可能就不支持了。",
    )
