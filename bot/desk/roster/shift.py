"""A shift: one person at the desk from one moment to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(hours=16)
"""A longer shift is taken for a slip: 8:00 to 8:00 of the next day instead of 18:00."""


class ShiftError(ValueError):
    """The shift cannot be; the message says why (Simplified Chinese)."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Planned or past."""

    id: int
    """0 until it is stored."""
    staff: int
    staff_name: str
    starts: datetime
    ends: datetime
    area: str
    """Area of law; "" for all."""
    tier: str
    """general | professional | expert"""
    source: str = "desk"
    """desk | csv | ics"""
    uid: str = ""
    """Of the calendar entry it came from."""

    def overlaps(self, other: Shift) -> bool:
        """Whether one person would be at two of them at once."""
        return self.staff == other.staff and self.starts < other.ends and other.starts < self.ends


def check_shift(shift: Shift, others: Iterable[Shift]) -> None:
    """Raises ShiftError for a shift that ends before it starts, is too long, or meets another of the same person."""
    if shift.ends <= shift.starts:
        raise ShiftError("结束时间要晚于开始时间。")
    if shift.ends - shift.starts > LONGEST:
        raise ShiftError(f"一个班最长 {LONGEST.seconds // 3600} 小时，请检查日期和时间。")
    for other in others:
        if other.id != shift.id and shift.overlaps(other):
            raise ShiftError(
                f"{shift.staff_name or '这位同事'}在 {other.starts:%m-%d %H:%M}–{other.ends:%H:%M} 已经有班，时间重叠。"
            )
