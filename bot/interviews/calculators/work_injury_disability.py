"""The one-off grant and the monthly allowance by grade of disability after a work injury."""

from __future__ import annotations

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Count, Yuan, calculator

# 工伤保险条例 35, 36, 37: months of the worker's own wage by grade.
GRANT_MONTHS = {1: 27, 2: 25, 3: 23, 4: 21, 5: 18, 6: 16, 7: 13, 8: 11, 9: 9, 10: 7}
# 工伤保险条例 35 (grades 1–4, from the fund) and 36 (5 and 6, from the employer if it cannot arrange work): per cent.
ALLOWANCE_PERCENT = {1: 90, 2: 85, 3: 80, 4: 75, 5: 70, 6: 60}


@calculator(
    "社会保险法 第三十八条",
    "社会保险法 第三十九条",
    refers=(
        ("工伤保险条例 第三十五条、第三十六条、第三十七条", "各伤残等级一次性伤残补助金的月数和伤残津贴的比例"),
        ("工伤保险条例 第六十四条", "“本人工资”怎么算，以及过高、过低时的限度"),
    ),
)
def work_injury_disability(grade: Count, monthly_wage: Yuan) -> Calculation | None:
    """The grant as the total; the allowance, which is monthly, stands in its own line and the note."""
    months = GRANT_MONTHS.get(int(grade)) if grade == int(grade) else None
    if months is None:
        return None
    amount = cents(monthly_wage * months)
    lines = [Line("一次性伤残补助金", f"{plain_number(monthly_wage)} × {months}个月", amount)]
    note = "工资按受伤前十二个月的平均月缴费工资算，高于当地平均工资300%或低于60%的有限度。"
    percent = ALLOWANCE_PERCENT.get(int(grade))
    if percent is not None:
        monthly = cents(monthly_wage * percent / 100)
        lines.append(Line("另有：伤残津贴（每月，不计入合计）", f"{plain_number(monthly_wage)} × {percent}%", monthly))
        if int(grade) in (5, 6):
            note += "五级、六级的伤残津贴，是在单位难以安排工作时由单位按月发。"
    else:
        note += "合同到期或自己离职时，"
    if int(grade) in (5, 6):
        note += "自己提出离职时，"
    if int(grade) >= 5:
        note += "还有一次性工伤医疗补助金和一次性伤残就业补助金，标准由各省规定，请向当地人社部门核对。"
    return Calculation("一次性伤残补助金", tuple(lines), amount, note=note)
