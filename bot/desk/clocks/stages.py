"""The stages of a running timer, and whom each of them reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.desk.seat import Seat

Stage = Literal["running", "warned", "yellow", "red", "paused", "met", "stopped"]
STAGES: dict[Stage, str] = {
    "running": "进行中",
    "warned": "快到期",
    "yellow": "黄牌：已超时",
    "red": "红牌：严重超时",
    "paused": "暂停",
    "met": "按时完成",
    "stopped": "已停止",
}
LIVE: tuple[Stage, ...] = ("running", "warned", "yellow", "red", "paused")
"""Stages of a timer that is not over."""
LEVELS: dict[Stage, int] = {"running": 0, "warned": 1, "yellow": 2, "red": 3}
"""How far up each stage is told: nobody; the holder; the supervisors of the region too; all supervisors."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a timer has come to."""

    stage: Stage
    next: datetime | None
    """When it comes to the next stage; None when there is none."""


def step(now: datetime, warn: datetime, due: datetime, red: datetime) -> Step:
    """The stage of a running timer: of stages that passed while nobody looked, only the last is told."""
    if now >= red:
        return Step("red", None)
    if now >= due:
        return Step("yellow", red)
    if now >= warn:
        return Step("warned", due)
    return Step("running", warn)


def told(stage: Stage, holder: int | None, region: str, supervisors: Iterable[Seat]) -> tuple[int, ...]:
    """Seats that a stage is told to. Where the chain ends at nobody, it goes on to the next who is somebody."""
    everyone = tuple(supervisors)
    near = tuple(one.id for one in everyone if one.covers(region)) or tuple(one.id for one in everyone)
    held = () if holder is None else (holder,)
    match stage:
        case "warned":
            return held or near
        case "yellow":
            return tuple(dict.fromkeys(held + near))
        case "red":
            return tuple(dict.fromkeys(held + tuple(one.id for one in everyone)))
        case _:
            return ()
