"""What somebody wants done with a matter, and what comes of it by the state machine. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.matters.refused import MatterRefused
from bot.desk.matters.results import results_of
from bot.desk.matters.states import DEMANDS, STATUSES, Demand, Move, Status, find_move
from bot.desk.rights import may
from bot.desk.seat import Seat

_OFFERED = ("take", "resume", "ask", "refer", "resolve", "close", "reopen", "assign", "release", "merge")
LONGEST = 2000
COMES_BACK = timedelta(days=30)
"""A closed matter is taken up again when its citizen comes back within this; later, a new one follows it."""


@dataclass(frozen=True, slots=True)
class Order:
    """An action with what it was given; what it does not need is ignored."""

    action: str
    owner: int | None = None
    queue: str = ""
    reason: str = ""
    result: str = ""
    summary: str = ""
    receiver: str = ""
    referral: str = ""
    """Kind of the referral: notary, appraisal …"""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The matter as it stands when the order comes."""

    number: str
    kind: str
    status: Status
    owner: int | None
    queue: str
    version: int
    unsettled: int
    """Applications not yet decided and referrals not yet answered."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the order makes of it."""

    move: Move
    status: Status
    owner: int | None
    queue: str


def decide(now: Standing, order: Order, seat: Seat | None) -> Change:
    """What `order` of `seat`, or of the machine, makes of the matter. Raises MatterRefused."""
    move = find_move(order.action, now.status)
    if move is None or (seat is None) != (move.who is None):
        raise MatterRefused("wrong_status", f"事项现在是“{STATUSES[now.status]}”，不能这样做。")
    if seat is not None and move.who is not None and not may(seat, move.who):
        raise MatterRefused("no_right", "您的角色不能做这件事，需要的话请找主管。")
    owner, queue = _after(now, order, move, seat)
    for demand in move.demands:
        if not _met(demand, now, order, owner, queue, seat):
            raise MatterRefused("demand", _words(demand))
    return Change(move, move.after or now.status, owner, queue)


def allowed(now: Standing, seat: Seat) -> list[Move]:
    """Actions that the page offers this seat."""
    offered = (find_move(action, now.status) for action in _OFFERED)
    return [
        move
        for move in offered
        if move is not None
        and move.who is not None
        and may(seat, move.who)
        and ("holder" not in move.demands or _holds(now, seat))
        and ("settled" not in move.demands or not now.unsettled)
    ]


def returns(status: Status, closed_at: datetime | None, now: datetime) -> bool:
    """Whether a citizen who comes back takes up this matter itself; else a new one follows it."""
    return status != "closed" or (closed_at is not None and now - closed_at <= COMES_BACK)


def _after(now: Standing, order: Order, move: Move, seat: Seat | None) -> tuple[int | None, str]:
    """Owner and queue afterwards; a matter has the one or the other."""
    if move.after == "new":
        return None, "bot"
    if "queue" in move.demands:
        return None, order.queue
    if "owner" in move.demands:
        takes_it = move.action in ("take", "reopen")
        return (seat.id if takes_it and seat is not None else order.owner), ""
    return now.owner, now.queue


def _holds(now: Standing, seat: Seat) -> bool:
    return now.owner in (None, seat.id) or may(seat, "supervise")


def _met(demand: Demand, now: Standing, order: Order, owner: int | None, queue: str, seat: Seat | None) -> bool:
    match demand:
        case "holder":
            return seat is not None and _holds(now, seat)
        case "queue":
            return queue != ""
        case "owner":
            return owner is not None
        case "reason" | "summary" | "receiver":
            return 0 < len(getattr(order, demand).strip()) <= LONGEST
        case "result":
            return any(one.code == order.result for one in results_of(now.kind))
        case "target":
            return order.target not in ("", now.number)
        case "settled":
            return now.unsettled == 0
        case "clear":
            return True  # what it takes is in the store, which asks `bot.desk.matters.conflicts`


def _words(demand: Demand) -> str:
    match demand:
        case "holder":
            return "这个事项由同事经办，只有经办人和主管可以这样做。"
        case "settled":
            return "还有没有决定的申请或没有答复的转办，请先办完。"
        case _:
            return f"请填写：{DEMANDS[demand]}（文字不超过 {LONGEST} 字）。"
