"""The one-off grant to the family of a worker who died of a work injury."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Yuan, calculator
from bot.interviews.calculators.figures import NATION, Figure

# 工伤保险条例 39 (3): twenty times the disposable income a head of urban residents in the nation in the year before.
TIMES = Decimal(20)


@calculator(
    "社会保险法 第三十八条",
    refers=(
        (
            "工伤保险条例 第三十九条",
            "一次性工亡补助金是上一年度全国城镇居民人均可支配收入的20倍；丧葬补助金是6个月当地上年度职工月平均工资；"
            "供养亲属抚恤金按月发，配偶40%，其他亲属每人30%，孤寡老人或者孤儿再加10%，合计不超过本人工资",
        ),
        ("全国城镇居民人均可支配收入", "国家统计局每年一月公布上一年的数字，请核对去世前一年的数字"),
    ),
)
def work_injury_death(*, yearly_income: Yuan | None = None, today: date) -> Calculation | None:
    """Twenty times `yearly_income`, or the newest national figure where it is not given."""
    if yearly_income is None:
        figure = Figure.newest("urban_disposable_income", NATION, today)
        if figure is None:
            return None
        income, label = figure.value, f"一次性工亡补助金（{figure.year}年标准）"
        note = f"按{figure.year}年全国城镇居民人均可支配收入{plain_number(income)}元算，来源：{figure.source}。"
        if figure.is_dated(today):
            note += "现在可能已经公布了更新一年的数字，请核对。"
        note += "不是今年去世的，要换成去世前一年的数字。"
    else:
        income, label, note = yearly_income, "一次性工亡补助金", "要用去世前一年的全国城镇居民人均可支配收入算。"
    if income <= 0:
        return None
    amount = cents(income * TIMES)
    note += (
        "全国一个标准，不分地方和工资高低。另外还有丧葬补助金（6个月的当地上年度职工月平均工资），"
        "以及按月发给靠他生活、没有劳动能力的亲属的供养亲属抚恤金：配偶每月为本人工资的40%，其他亲属每人30%，"
        "孤寡老人或者孤儿再加10%，加起来不超过本人生前的工资。没有参加工伤保险的，由单位付。"
    )
    return Calculation("一次性工亡补助金", (Line(label, f"{plain_number(income)} × 20", amount),), amount, note=note)
