"""A time as the telephone promises it: it follows 在, and somebody who only hears it must keep it in mind."""

from __future__ import annotations

from datetime import datetime, timedelta

_DAYS = "一二三四五六日"
_STEP = 10
_NEAR = ("今天", "明天", "后天")


def promise(by: datetime, now: datetime) -> str:
    """明天上午10点前; up to ten minutes after `by`, at a time that is easily kept in mind."""
    by += timedelta(minutes=-by.minute % _STEP)
    ahead = (by.date() - now.date()).days
    day = _NEAR[ahead] if 0 <= ahead < len(_NEAR) else f"{by.month}月{by.day}日星期{_DAYS[by.weekday()]}"
    part = "上午" if by.hour < 12 else "中午" if by.hour == 12 else "下午" if by.hour < 18 else "晚上"
    hour = by.hour if by.hour <= 12 else by.hour - 12
    minute = f"{by.minute}分" if by.minute else ""
    return f"{day}{part}{hour}点{minute}前"
