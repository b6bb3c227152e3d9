"""Matters as JSON for the desk's pages, with the names of every code beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.desk.clocks.stages import STAGES
from bot.desk.clocks.targets import targets
from bot.desk.clocks.term import Term, due
from bot.desk.matters import applications, referrals
from bot.desk.matters.conflicts import SIDES
from bot.desk.matters.grounds import GROUNDS
from bot.desk.matters.orders import allowed
from bot.desk.matters.records import LINKS, Line, MatterFile
from bot.desk.matters.results import results, results_of
from bot.desk.matters.states import KINDS, NAMES, STATUSES
from bot.desk.rights import may
from bot.desk.seat import Seat
from channels.desk.topic_view import AREAS

_STEPS = {
    **NAMES, "edit": "修改信息", "link": "关联事项", "party": "登记当事人", "override": "核准利益冲突",
    "merged_here": "并入了另一事项", "referral_accepted": "对方已收", "referral_declined": "对方不受理",
    "referral_done": "对方已有结果",
}  # fmt: skip


def line_json(line: Line) -> dict[str, Any]:
    """A line of the list."""
    return {
        **{name: plain(getattr(line, name)) for name in Line.__dataclass_fields__},
        "kind_name": _name(KINDS, line.kind),
        "status_name": _name(STATUSES, line.status),
        "area_name": AREAS.get(line.area, line.area),
    }


def file_json(file: MatterFile, seat: Seat, now: datetime) -> dict[str, Any]:
    """Everything about one matter, and what this seat may do."""
    # An action has a row for each group of kinds; that of the matter's own kind names it, if there is one.
    rows = sorted(applications.DECISIONS, key=lambda one: file.standing.kind in one.kinds)
    decided = {one.action: one.name for one in rows} | {"amend": "来访人改了内容"}
    return {
        **line_json(file.line),
        "version": file.standing.version,
        "topic": file.topic,
        "summary": file.summary,
        "result": results()[file.result].name if file.result in results() else file.result,
        "closing": file.closing,
        "created": plain(file.created),
        "closed": plain(file.closed),
        "merged": list(file.merged),
        "actions": [
            {"action": one.action, "name": one.name, "demands": one.demands} for one in allowed(file.standing, seat)
        ],
        "results": [{"code": one.code, "name": one.name} for one in results_of(file.standing.kind)],
        "may_override": may(seat, "supervise"),
        "steps": [
            {**one, "name": _step_name(one["action"], decided), "after_name": _name(STATUSES, one["after"])}
            for one in _rows(file.steps)
        ],
        "talks": _rows(file.talks),
        "notes": _rows(file.notes),
        "files": _rows(file.files),
        "parties": [{**one, "side_name": _name(SIDES, one["side"])} for one in _rows(file.parties)],
        "links": [
            {**one, "kind_name": _name({**LINKS, "followed": "由它接续"}, one["kind"]),
             "status_name": _name(STATUSES, one["status"])}
            for one in _rows(file.links)
        ],
        "assignments": _rows(file.assignments),
        "applications": [_application(one, seat, file.timers) for one in _rows(file.applications)],
        "referrals": [
            {**one, "kind_name": _name(referrals.REFERRALS, one["kind"]),
             "state_name": _name(referrals.STATES, one["state"]),
             "open": [state for state in referrals.STATES if referrals.may_become(one["state"], state)]}
            for one in _rows(file.referrals)
        ],
        "timers": [{**one, "stage_name": _name(STAGES, one["stage"])} for one in _rows(file.timers)],
        "now": plain(now),
    }  # fmt: skip


def _application(one: dict[str, Any], seat: Seat, timers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    offered = applications.offered(one["kind"], one["state"], seat)
    return {
        **one,
        "state_name": applications.state_name(one["state"]),
        "strict": _strict(one, timers),
        "actions": [{"action": each.action, "name": each.name, "needs": each.needs} for each in offered],
        "grounds": {
            need: [{"code": code, "text": f"{words}（{article}）"} for code, (words, article) in found.items()]
            for need, found in GROUNDS.items()
        },
    }


def _strict(one: dict[str, Any], timers: Iterable[Mapping[str, Any]]) -> str:
    """The last day of a term that waited, counted as if it had not; "" where none waited."""
    for timer in timers:
        if timer["application_id"] == one["id"] and timer["kind"] == "statutory:examine" and timer["used"]:
            start = datetime.fromisoformat(one["submitted_at"])
            return due(Term(timer["length"], timer["unit"]), start, targets().business({})).due.date().isoformat()
    return ""


def _rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def _name(names: Mapping[Any, str], code: str) -> str:
    return names.get(code, code)


def _step_name(action: str, decided: Mapping[str, str]) -> str:
    if action.startswith("application_"):
        return f"申请：{decided.get(action.removeprefix('application_'), action)}"
    return _STEPS.get(action, action)


def plain(value: Any) -> Any:
    """Moments and days as text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
