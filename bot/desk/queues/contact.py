"""Reads a telephone number, and a time for a call, from a short message."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.understanding.normalise import fold

_NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+?86[-\s]?)?(1[3-9]\d(?:[-\s]?\d{4}){2})|(0\d{2,3}[-\s]?\d{7,8}(?:[-\s转]\d{1,5})?)|(400[-\s]?\d{3}[-\s]?\d{4}))(?!\d)"
)
_AROUND = re.compile(r"[我的电话手机号码是座机联系方式打这个就行可以请给回拨您你们到好吧:：,，。.!！\s+]|谢谢")
BESIDES = 6
"""Characters beside a number that still leave it the sender's own; in a story it may be anybody's."""
_OTHERS = re.compile(r"[他她]|老板|对方|公司|骗子|房东")
_CALL = re.compile(
    r"打给我|(?:给|跟)我(?:打|回|来)(?:个)?(?:电话)?|打(?:个)?(?:我)?电话(?:给我|过来|来)|回我?电话|联系我|打过来|再打"
)
_CALL_LONGEST = 30
_NUMERALS = {word: at for at, word in enumerate("零一二三四五六七八九十")} | {"两": 2, "十一": 11, "十二": 12}
_HOUR = r"(?P<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])"
_TIME = re.compile(
    rf"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?\s?{_HOUR}\s?(?:[点时](?P<half>半)?(?:(?P<minute>\d{{1,2}})分?)?|:(?P<clock>\d{{2}}))"
)
_DAY = re.compile(
    r"(?P<near>今天|明天|后天|大后天)|(?P<next>下(?:个)?)?(?:周|星期|礼拜)(?P<week>[一二三四五六日天])"
    r"|(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[日号]"
)
_NEAR = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_NOON = {"上午": 9, "早上": 9, "早晨": 9, "中午": 12, "下午": 14, "傍晚": 17, "晚上": 19}
"""The hour that a part of the day means where no hour is said."""


def read_number(text: str, *, asked: bool) -> str:
    """The sender's telephone number, digits and 转 only; "" for none.

    Not `asked` for: only a message that says little else, because a number in a story may be the other side's.
    """
    said = fold(text)
    found = [*_NUMBER.finditer(said)]
    if len(found) != 1:
        return ""
    rest = _DAY.sub("", _TIME.sub("", _AROUND.sub("", said.replace(found[0][0], ""))))
    if not asked and (len(rest) > BESIDES or _OTHERS.search(said)):
        return ""
    return re.sub(r"[-\s]", "", next(group for group in found[0].groups() if group))


def wants_call(text: str) -> bool:
    """Whether a short message asks to be called, 「明天上午十点打给我」, and tells of nobody else's call."""
    said = fold(text)
    return len(said) <= _CALL_LONGEST and _CALL.search(said) is not None and not _OTHERS.search(said)


def masked(number: str) -> str:
    """138****5678: enough to see that it is right."""
    return f"{number[:3]}****{number[-4:]}"


def read_time(text: str, now: datetime) -> datetime | None:
    """The moment after `now` that somebody names; None when they name no day or hour, or one that has passed."""
    said = _NUMBER.sub(" ", fold(text))
    day, hour = _DAY.search(said), _TIME.search(said)
    part = next((word for word in _NOON if word in said), "")
    if day is None and hour is None:
        return None
    date = _date(day, now) if day is not None else now
    if date is None or (hour is None and not part):
        return None
    at = date.replace(hour=_NOON.get(part, 9), minute=0, second=0, microsecond=0)
    if hour is not None:
        clock = _hour(hour)
        if clock is None:
            return None
        at = at.replace(hour=clock[0], minute=clock[1])
    if at <= now and day is None:
        at += timedelta(days=1)
    return at if at > now else None


def _date(found: re.Match[str], now: datetime) -> datetime | None:
    if found["near"]:
        return now + timedelta(days=_NEAR[found["near"]])
    if found["week"]:
        monday = now - timedelta(days=now.weekday())
        day = monday + timedelta(days="一二三四五六日".index(found["week"].replace("天", "日")))
        if found["next"]:
            return day + timedelta(days=7)
        return day if day.date() >= now.date() else day + timedelta(days=7)
    try:
        day = now.replace(day=int(found["day"]), month=int(found["month"] or now.month))
    except ValueError:
        return None
    if day.date() >= now.date():
        return day
    # 「3号」 said on the 20th is next month's; 「3月1号」 said in November next year's.
    month = now.month % 12 + 1
    try:
        return (
            day.replace(year=now.year + 1) if found["month"] else day.replace(month=month, year=now.year + (month == 1))
        )
    except ValueError:
        return None


def _hour(found: re.Match[str]) -> tuple[int, int] | None:
    raw = found["hour"]
    hour = int(raw) if raw.isdigit() else _NUMERALS[raw]
    minute = 30 if found["half"] else int(found["minute"] or found["clock"] or 0)
    part = found["part"] or ""
    # Nobody is called at three in the night: a bare 三点 is the afternoon's.
    if hour < 12 and (part in ("下午", "傍晚", "晚上") or (not part and 1 <= hour <= 6)):
        hour += 12
    return (hour, minute) if hour < 24 and minute < 60 else None
