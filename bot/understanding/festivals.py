"""Days of the Chinese festivals, fixed and lunar, year by year."""

from __future__ import annotations

from datetime import date, timedelta

from bot.understanding.lunar_months import month_begins

_LUNAR = {"spring": (1, 1), "lantern": (1, 15), "dragon_boat": (5, 5), "mid_autumn": (8, 15)}
"""Month and day of the old calendar."""
_FIXED = {
    "new_year": (1, 1), "women": (3, 8), "tomb_sweeping": (4, 4), "labour": (5, 1), "children": (6, 1),
    "army": (8, 1), "national": (10, 1), "double_eleven": (11, 11), "christmas": (12, 25),
}  # fmt: skip
"""清明 falls on 4 or 5 April; the first of the two is taken."""

FESTIVALS = {
    "春节": "spring", "过年": "spring", "过大年": "spring", "大年初一": "spring", "新春": "spring", "年关": "spring",
    "除夕": "eve", "大年三十": "eve", "年三十": "eve", "年夜": "eve",
    "元宵节": "lantern", "元宵": "lantern", "正月十五": "lantern",
    "端午节": "dragon_boat", "端午": "dragon_boat",
    "中秋节": "mid_autumn", "中秋": "mid_autumn", "八月十五": "mid_autumn",
    "国庆节": "national", "国庆": "national", "十一假期": "national", "十一长假": "national", "十一黄金周": "national",
    "元旦": "new_year", "五一": "labour", "劳动节": "labour", "清明节": "tomb_sweeping", "清明": "tomb_sweeping",
    "妇女节": "women", "三八节": "women", "儿童节": "children", "六一": "children", "八一": "army",
    "双十一": "double_eleven", "双11": "double_eleven", "圣诞节": "christmas", "圣诞": "christmas",
}  # fmt: skip
"""How people name the festivals."""

_LENGTHS = {"spring": 7, "national": 7, "labour": 5}
"""Days that people mean by the name, from the day itself; one day for the others."""


def festival_day(name: str, year: int) -> date | None:
    """The day of a festival (a value of FESTIVALS) in the given year; None for years outside the almanac's."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    month, day = _LUNAR["spring" if name == "eve" else name]
    begins = month_begins(year, month)
    return None if begins is None else begins + timedelta(days=day - 1 - (name == "eve"))


def festival_length(name: str) -> int:
    """How many days people mean by the festival's name."""
    return _LENGTHS.get(name, 1)
