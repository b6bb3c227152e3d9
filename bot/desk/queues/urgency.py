"""Who comes before others, and why: danger, a deadline of today, a child, many workers unpaid, old age, disability."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.dialogue.engine import Handoff
from bot.understanding.danger import find_danger
from bot.understanding.normalise import fold

PRIORITIES = {"urgent": 0, "high": 1, "normal": 2}
"""Priority names of a handoff in the order they are served."""
MANY = 10
"""People from which on a claim is a group's: 劳动争议调解仲裁法 第七条, 劳动者一方在十人以上，并有共同请求的,
可以推举代表."""
AGED = 60
"""Years: 老年人权益保障法 第二条, 本法所称老年人是指六十周岁以上的公民."""
CHILD = 18
"""Years: 未成年人保护法 第二条, 本法所称未成年人是指未满十八周岁的公民."""
_DAY = re.compile(r"(\d{4})\s?[-年]\s?(\d{1,2})\s?[-月]\s?(\d{1,2})")
_AGE = re.compile(
    r"(?:我|本人|他|她|孩子|儿子|女儿|老人|妈|爸|母亲|父亲)[^,，。;；]{0,6}?(?:今年|才|已经|都)?\s?(\d{1,3})\s?周?岁"
)
_MINOR = re.compile(
    r"未成年|童工|我是(?:小学|初中|高中|中学)生|"
    r"我们?还?在?(?:上|读|念)(?:小学|初中|高[中一二]|[一二三四五六七八九]年级)"
)
_OLD = re.compile(
    r"我(?:是|一个|们)*(?:老人|老头|老太|老年人|孤寡)|[六七八九]十(?:多|几|来)?岁(?:的)?(?:老人|了)|"
    r"老人家?(?:自己|一个人)"
)
_DISABLED = re.compile(r"残疾|残障|聋哑|听障|视障|盲人|眼睛看不(?:见|到)|耳朵听不(?:见|到)|坐轮椅|瘫痪|失能|智障")
_GROUP = re.compile(
    r"(\d{2,4}|十几|几十|上百|一百多|[二三四五六七八九]十)(?:多|几|来)?\s?[个名位]?(?:工人|农民工|工友|同事|员工|人)"
)
_WAGES = re.compile(r"工资|工钱|薪|血汗钱|劳务费")


def read_urgency(
    handoff: Handoff, said: Sequence[str], area: str, summary: Mapping[str, Any], today: date
) -> tuple[int, tuple[str, ...]]:
    """The priority (0 urgent, 1 high, 2 normal) and why, for the seat (Simplified Chinese).

    Never lower than the handoff says.
    """
    text = fold("\n".join(said))
    found: list[tuple[int, str]] = []
    if handoff.kind == "danger" or any(find_danger(one) is not None for one in said[-3:]):
        found.append((0, "可能有人身危险"))
    days = _days_left(handoff, summary, today)
    if days is not None and 0 <= days <= 1:
        found.append((0, "期限就在今天" if days == 0 else "期限就在明天"))
    elif handoff.kind == "deadline" or (days is not None and days <= 7):
        found.append((1, "期限快到了"))
    ages = [int(age) for age in _AGE.findall(text)]
    if _MINOR.search(text) or any(age < CHILD for age in ages):
        found.append((1, "涉及未成年人"))
    if (area in ("labour", "") and _WAGES.search(text)) and any(map(_many, _GROUP.findall(text))):
        found.append((1, "多人讨要工资"))
    if _OLD.search(text) or any(AGED <= age < 120 for age in ages):
        found.append((1, "来访人是老年人"))
    if _DISABLED.search(text):
        found.append((1, "涉及残疾人"))
    least = min((priority for priority, _ in found), default=2)
    return min(PRIORITIES[handoff.priority], least), tuple(why for _, why in sorted(found, key=lambda one: one[0]))


def _days_left(handoff: Handoff, summary: Mapping[str, Any], today: date) -> int | None:
    """Until the nearest deadline that has not passed: as the engine computed it, or as the summary's texts say."""
    left = [] if handoff.deadline is None else [(handoff.deadline - today).days]
    for text in summary.get("deadlines") or ():
        for year, month, day in _DAY.findall(str(text)):
            try:
                left.append((date(int(year), int(month), int(day)) - today).days)
            except ValueError:
                continue  # no day of the calendar
    return min((days for days in left if days >= 0), default=None)


def _many(said: str) -> bool:
    """Whether as many as that are a group."""
    return int(said) >= MANY if said.isdigit() else True
