"""Swaps: a shift changes hands when the colleague agrees and a supervisor confirms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.desk.roster.shift import Shift

SwapState = Literal["asked", "agreed", "declined", "confirmed", "withdrawn"]
SwapAction = Literal["agree", "decline", "withdraw", "confirm", "refuse"]
STATES: dict[SwapState, str] = {
    "asked": "等同事答复",
    "agreed": "等主管确认",
    "declined": "没有换成",
    "confirmed": "已换",
    "withdrawn": "已撤回",
}
# (from state, action) → (to state, who may: the one asked, the one who asks, or a supervisor).
STEPS: dict[tuple[SwapState, SwapAction], tuple[SwapState, Literal["to", "from", "supervisor"]]] = {
    ("asked", "agree"): ("agreed", "to"),
    ("asked", "decline"): ("declined", "to"),
    ("asked", "withdraw"): ("withdrawn", "from"),
    ("agreed", "withdraw"): ("withdrawn", "from"),
    ("agreed", "decline"): ("declined", "to"),
    ("agreed", "confirm"): ("confirmed", "supervisor"),
    ("agreed", "refuse"): ("declined", "supervisor"),
}
"""Everything that can become of a swap; whoever confirms is neither of the two."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One wish to give a shift to somebody."""

    id: int
    shift: Shift
    giver: int
    giver_name: str
    taker: int
    taker_name: str
    state: SwapState
    reason: str
    asked: datetime
