"""Facts in the words of a text: amounts, durations, dates and options as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.interviews.facts import Facts, FactValue
from bot.interviews.optional_words import chosen
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact

_WIDE = 1.5
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def day_text(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def fact_text(fact: Fact, told: FactValue) -> str:
    """The answer as people read it; 「不清楚」 for an unknown one."""
    if told.value is None:
        return "不清楚"
    about = "约" if told.low is not None and told.high is not None and told.low != told.high else ""
    match fact.type:
        case "choice":
            return next((option.label for option in fact.options if option.value == told.value), str(told.value))
        case "yes_no":
            return "是" if told.value else "否"
        case "date":
            return about + day_text(date.fromisoformat(str(told.value)))
        case "place" | "text":
            return str(told.value)
    number = Decimal(str(told.value))
    if fact.type in {"duration", "count"} and (ends := _wide(told)) is not None:
        # The middle of 好几个月 is nobody's word: both ends are told.
        low, high = (duration_text(one, fact.unit) if fact.type == "duration" else plain_number(one) for one in ends)
        unit = fact.unit if fact.type == "count" else ""
        return _between(low, high) + unit
    match fact.type:
        case "amount":
            return f"{about}{plain_number(number)}元"
        case "percent":
            return f"{about}{plain_number(number)}%"
        case "duration":
            return about + duration_text(number, fact.unit)
        case _ if fact.unit == "岁" and 0 < number < 1:
            return "不满1岁"
        case _:
            return f"{about}{plain_number(number)}{fact.unit}"


_WHETHER = re.compile(r"^(?P<before>.*?)(?:是不是|是否|有没有|有无|能不能|会不会|在不在)(?P<rest>.+)$")
_NOT = {"是": "不是", "有": "没有", "能": "不能", "会": "不会", "还在": "不在", "在": "不在"}
_HOW_TOLD = {
    "是不是": ("是", "不是"), "是否": ("", "没有"), "有没有": ("有", "没有"), "有无": ("有", "没有"),
    "能不能": ("能", "不能"), "会不会": ("会", "不会"), "在不在": ("在", "不在"),
}  # fmt: skip


def told_text(fact: Fact, told: FactValue) -> str:
    """What was told in words that can be said aloud: 「没有工伤保险」 and not 「有没有工伤保险：否」."""
    if fact.type != "yes_no" or told.value is None:
        return f"{fact.label}：{fact_text(fact, told)}"
    if fact.label.endswith("没有") and not _WHETHER.match(fact.label):
        return ("" if told.value else "没") + fact.label.removesuffix("没有")
    whether = _WHETHER.match(fact.label)
    if whether is not None:
        word = fact.label[len(whether["before"]) : len(fact.label) - len(whether["rest"])]
        return f"{whether['before']}{_HOW_TOLD[word][not told.value]}{whether['rest']}"
    if told.value:
        return f"{fact.label}，是的"
    begins = next((one for one in _NOT if fact.label.startswith(one)), "")
    if begins and not re.search(r"[、，]", fact.label):
        return _NOT[begins] + fact.label.removeprefix(begins)
    return f"不是“{fact.label}”这种情况"


def _wide(told: FactValue) -> tuple[Decimal, Decimal] | None:
    """The ends of a range so wide that what lies between them is only a guess."""
    low, high = told.low, told.high
    if not isinstance(low, float | int) or not isinstance(high, float | int) or not isinstance(told.value, float | int):
        return None
    wide = 0 < low < told.value < high and high >= low * _WIDE
    return (Decimal(str(low)), Decimal(str(high))) if wide else None


def _between(low: str, high: str) -> str:
    """2到9个月, 10天到1年: a unit that both ends share is said once."""
    unit = re.search(r"^\d+(\D+)$", high)
    if unit is not None and re.fullmatch(r"\d+" + re.escape(unit[1]), low):
        low = low.removesuffix(unit[1])
    return f"{low}到{high}"


def duration_text(length: Decimal, unit: str) -> str:
    """3年2个月; 45天; parts of a month are told as 半 or rounded."""
    if unit == "days":
        return f"{plain_number(length)}天"
    months = length * 12 if unit == "years" else length
    years, rest = divmod(months, Decimal(12))
    if rest == rest.to_integral_value():
        rest_text = f"{int(rest)}个月" if rest else ""
    elif rest % 1 == Decimal("0.5"):
        rest_text = f"{int(rest)}个半月" if rest >= 1 else "半个月"
    else:
        rest_text = f"{rest.quantize(Decimal('0.1')).normalize():f}个月"
    return (f"{int(years)}年" if years else "") + rest_text or "0个月"


def fill(text: str, topic: Topic, facts: Facts, more: Mapping[str, str] | None = None) -> str:
    """The text with its placeholders filled, and its optional parts as they read for what is known.

    What is unknown outside of such a part is named as still to be found out.
    """

    def is_known(name: str) -> bool:
        return (more is not None and name in more) or (name in facts and facts[name].value is not None)

    def one(match: re.Match[str]) -> str:
        name = match[1]
        if more is not None and name in more:
            return more[name]
        if name == "total":
            return "（金额待核算）"
        fact = topic.fact(name)
        told = facts.get(name)
        return fact_text(fact, told) if told is not None and told.value is not None else f"（{fact.label}待核实）"

    return _PLACEHOLDER.sub(one, chosen(text, is_known))
