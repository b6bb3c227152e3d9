"""Compensation by the state for days of liberty lost."""

from __future__ import annotations

from datetime import date

from bot.interviews.calculation import Calculation, Line, cents, plain_number
from bot.interviews.calculators.calculator import Count, calculator
from bot.interviews.calculators.figures import NATION, Figure


@calculator(
    "国家赔偿法 第三十三条",
    refers=(
        (
            "最高人民法院、最高人民检察院《关于办理刑事赔偿案件适用法律若干问题的解释》第二十一条",
            "“上年度”是作出赔偿决定时的上一年度；上一年度的工资还没有公布的，用已经公布的最近一年的",
        ),
        ("全国职工日平均工资标准", "最高人民法院、最高人民检察院每年五月发通知公布，请核对最新一年的数字"),
    ),
)
def detention_compensation(days: Count, *, today: date) -> Calculation | None:
    """Whole days, times the average daily wage in the nation that is in use today."""
    whole = int(days)
    figure = Figure.newest("daily_wage", NATION, today)
    if whole < 1 or figure is None:
        return None
    amount = cents(figure.value * whole)
    line = Line(f"人身自由赔偿金（{figure.year}年度标准）", f"{plain_number(figure.value)} × {whole}天", amount)
    note = f"按{figure.year}年度全国职工日平均工资每天{plain_number(figure.value)}元算，来源：{figure.source}。"
    if figure.is_dated(today):
        note += "现在可能已经公布了更新一年的标准，请向法院或者检察院核对。"
    note += "以作出赔偿决定时的标准为准。造成严重精神损害的，还可以另外要求精神损害抚慰金。"
    return Calculation("人身自由赔偿金", (line,), amount, note=note)
