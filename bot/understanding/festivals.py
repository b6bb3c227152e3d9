"""Days of the Chinese festivals, fixed and lunar, year by year."""

from __future__ import annotations

from datetime import date, timedelta

SPRING_FESTIVAL = {
    2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8),
    2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22),
    2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
}  # fmt: skip
"""First day of the first lunar month. 2010–2026 agree with the holiday notices of 国务院办公厅, as carried by the
library chinese-calendar and compared in the tests; later years are those of the almanac."""

DRAGON_BOAT = {
    2010: (6, 16), 2011: (6, 6), 2012: (6, 23), 2013: (6, 12), 2014: (6, 2), 2015: (6, 20), 2016: (6, 9),
    2017: (5, 30), 2018: (6, 18), 2019: (6, 7), 2020: (6, 25), 2021: (6, 14), 2022: (6, 3), 2023: (6, 22),
    2024: (6, 10), 2025: (5, 31), 2026: (6, 19), 2027: (6, 9), 2028: (5, 28), 2029: (6, 16), 2030: (6, 5),
}  # fmt: skip
"""Fifth day of the fifth lunar month; sources as above."""

MID_AUTUMN = {
    2010: (9, 22), 2011: (9, 12), 2012: (9, 30), 2013: (9, 19), 2014: (9, 8), 2015: (9, 27), 2016: (9, 15),
    2017: (10, 4), 2018: (9, 24), 2019: (9, 13), 2020: (10, 1), 2021: (9, 21), 2022: (9, 10), 2023: (9, 29),
    2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12),
}  # fmt: skip
"""Fifteenth day of the eighth lunar month; sources as above."""

_LUNAR = {"spring": SPRING_FESTIVAL, "dragon_boat": DRAGON_BOAT, "mid_autumn": MID_AUTUMN}
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
    """The day of a festival (a value of FESTIVALS) in the given year; None where the year is not in the tables."""
    if name == "eve":
        spring = festival_day("spring", year)
        return spring - timedelta(days=1) if spring else None
    if name == "lantern":
        spring = festival_day("spring", year)
        return spring + timedelta(days=14) if spring else None
    if name in _FIXED:
        return date(year, *_FIXED[name])
    table = _LUNAR.get(name, {})
    return date(year, *table[year]) if year in table else None


def festival_length(name: str) -> int:
    """How many days people mean by the festival's name."""
    return _LENGTHS.get(name, 1)
