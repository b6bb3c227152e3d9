"""Applications: how each kind is decided, as one table, and what the citizen is told at every step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from bot.desk.matters.grounds import GROUNDS
from bot.desk.matters.refused import MatterRefused
from bot.desk.rights import Right, may
from bot.desk.seat import Seat

ApplicationState = Literal[
    "submitted", "supplement", "accepted", "advanced", "granted", "assigned", "refused", "objected", "terminated",
    "done", "withdrawn",
]  # fmt: skip
STATES: dict[ApplicationState, str] = {
    "submitted": "已提交",
    "supplement": "等待补正",
    "accepted": "已受理",
    "advanced": "先行提供援助",
    "granted": "已同意",
    "assigned": "已指派人员",
    "refused": "不予同意",
    "objected": "异议审查中",
    "terminated": "已终止",
    "done": "已办结",
    "withdrawn": "已撤回",
}
OPEN: tuple[ApplicationState, ...] = (
    "submitted", "supplement", "accepted", "advanced", "granted", "assigned", "objected",
)  # fmt: skip
"""States in which somebody still has to do something."""
Need = Literal["reason", "what", "by", "means", "advance", "terminate", "lawyer", "once", "overdue", "unextended"]
AID = "legal_aid"
LAPSES = (AID, "disclosure")
"""Kinds of which a law says that an application lapses when it is not supplemented."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the table."""

    action: str
    name: str
    before: tuple[ApplicationState, ...]
    after: ApplicationState
    needs: tuple[Need, ...] = ()
    kinds: tuple[str, ...] = ()
    """Kinds it is for; () for all."""
    right: Right = "aid"
    says: str = ""
    """What the citizen is told; {title}, {reason}, {what}, {by}, {who}. "" for nothing."""


DECISIONS: tuple[Decision, ...] = (
    Decision("take_in", "受理", ("submitted",), "accepted", says="您的「{title}」申请已经收到并受理，正在审查。"),
    # 法律援助法 43(2), 行政许可法 32(1)(4), 政府信息公开条例 30: all that is missing is told once.
    Decision("ask_supplement", "请补正材料", ("submitted", "accepted"), "supplement", ("what", "by", "once"), LAPSES,
             says="您的「{title}」申请还缺下面的材料或说明，请最迟在{by}补上，我们一次说全：\n{what}\n"
                  "到期没有补、也没有正当理由的，按规定视为您撤回申请。"),
    Decision("ask_supplement", "请补正材料", ("submitted", "accepted"), "supplement", ("what", "by", "once"), (
        "lawyer", "notary", "appraisal", "mediation", "complaint", "permit", "other"),
             says="您的「{title}」申请还缺下面的材料或说明，请最迟在{by}补上，我们一次说全：\n{what}"),
    Decision("supplemented", "材料已补齐", ("supplement",), "accepted", says="您补的材料收到了，「{title}」继续审查。"),
    # 法律援助法 43(2): who does not supplement counts as withdrawing; 政府信息公开条例 30: as giving the request up.
    Decision("lapse", "逾期未补，视为撤回", ("supplement",), "withdrawn", ("overdue",), LAPSES,
             says="「{title}」到期没有收到您要补的材料，按规定视为您撤回申请。需要的话可以重新申请。"),
    # 法律援助法 44: urgent aid goes ahead of the decision.
    Decision("advance", "先行提供援助", ("submitted", "accepted"), "advanced", ("advance",), (AID,),
             says="情况紧急，我们先为您提供法律援助，请尽快补办手续、补齐材料。"),
    Decision("grant", "决定给予法律援助", ("submitted", "accepted", "advanced"), "granted", ("means",), (AID,),
             says="您的「{title}」申请已经通过，我们会在三日内为您指派律师等法律援助人员。"),
    Decision("grant", "同意", ("submitted", "accepted"), "granted", (), (
        "lawyer", "notary", "appraisal", "mediation", "complaint", "disclosure", "permit", "other"),
             says="您的「{title}」申请已经同意办理。"),
    # 法律援助法 43(1): refused in writing, with the reason; 49(1): and who objects turns to the department of justice.
    Decision("refuse", "不予法律援助", ("submitted", "accepted", "advanced"), "refused", ("reason",), (AID,),
             says="您的「{title}」申请没有通过。理由：{reason}\n您有异议的，可以向设立法律援助机构的司法局提出，"
                  "司法局五日内审查；仍不服的，可以依法申请行政复议或者提起行政诉讼。"),
    Decision("refuse", "不予同意", ("submitted", "accepted"), "refused", ("reason",), (
        "lawyer", "notary", "appraisal", "mediation", "complaint", "disclosure", "permit", "other"),
             says="您的「{title}」申请没有同意。理由：{reason}\n您不同意这个结果的，可以告诉我们，我们说明怎么申诉。"),
    Decision("assign", "指派人员", ("granted",), "assigned", ("lawyer",), says="「{title}」已经为您指派：{who}。"),
    Decision("assign", "指派人员", ("advanced",), "advanced", ("lawyer",), (AID,),
             says="「{title}」已经先为您指派：{who}。"),
    Decision("extend", "延长期限", ("accepted",), "accepted", ("reason", "unextended"), (
        "disclosure", "permit", "complaint"),
             says="「{title}」需要延长办理期限。理由：{reason}"),
    Decision("finish", "办结", ("granted", "assigned"), "done", ("reason",), says="「{title}」已经办结：{reason}"),
    Decision("object", "登记异议", ("refused", "terminated"), "objected", ("reason",), (AID,),
             says="您对「{title}」的异议已经登记，司法局会在五日内审查。"),
    Decision("uphold", "维持原决定", ("objected",), "refused", ("reason",), (AID,), "supervise",
             "司法局审查后维持原决定。理由：{reason}\n您仍不服的，可以依法申请行政复议或者提起行政诉讼。"),
    Decision("correct", "责令改正，给予援助", ("objected",), "granted", ("reason",), (AID,), "supervise",
             "司法局审查后改正：给予您法律援助，三日内指派人员。"),
    # 法律援助法 48 gives eight grounds; 49(1): an objection is open against this too.
    Decision("terminate", "终止援助", ("granted", "assigned"), "terminated", ("terminate", "reason"), (AID,),
             says="「{title}」已经终止。理由：{reason}\n您有异议的，可以向设立法律援助机构的司法局提出。"),
    Decision("withdraw", "来访人撤回", OPEN[:-1], "withdrawn", ("reason",), says="「{title}」已经按您的意思撤回。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What an action was given; what it does not need is ignored."""

    reason: str = ""
    what: str = ""
    by: date | None = None
    ground: str = ""
    lawyer: int | None = None


def state_name(state: str) -> str:
    """The name of a state."""
    return dict[str, str](STATES.items()).get(state, state)


def find_decision(action: str, kind: str, state: str) -> Decision | None:
    """The row for this action on an application of this kind in this state."""
    return next(
        (one for one in DECISIONS if one.action == action and state in one.before and _for(one, kind)),
        None,
    )


def decide_application(
    action: str, kind: str, state: str, course: dict[str, Any], given: Given, seat: Seat, today: date
) -> Decision:
    """The row that may be carried out. Raises MatterRefused."""
    found = find_decision(action, kind, state)
    if found is None:
        raise MatterRefused("wrong_status", f"申请现在是“{state_name(state)}”，不能这样做。")
    if not may(seat, found.right):
        raise MatterRefused("no_right", "您的角色不能做这件事，需要的话请找主管。")
    for need in found.needs:
        wrong = _wrong(need, course, given, today)
        if wrong:
            raise MatterRefused("demand", wrong)
    # What was objected to stands when the objection fails.
    return replace(found, after=course["objected_to"]) if action == "uphold" else found


def offered(kind: str, state: str, seat: Seat) -> list[Decision]:
    """What the page offers."""
    return [one for one in DECISIONS if state in one.before and _for(one, kind) and may(seat, one.right)]


def _for(one: Decision, kind: str) -> bool:
    return not one.kinds or kind in one.kinds


def _wrong(need: Need, course: dict[str, Any], given: Given, today: date) -> str:
    """Why `given` does not do; "" when it does."""
    match need:
        case "reason":
            return "" if 0 < len(given.reason.strip()) <= 2000 else "请写明理由或结果（不超过 2000 字）。"
        case "what":
            return "" if 0 < len(given.what.strip()) <= 2000 else "请一次写全要补的材料或说明（不超过 2000 字）。"
        case "by":
            return "" if given.by is not None and given.by > today else "请给出补正的最后一天，要在今天以后。"
        case "once":
            return "已经发过一次补正通知，依法只能一次告知。" if course.get("supplement") else ""
        case "unextended":
            return "已经延长过一次，依法不能再延长。" if course.get("extended") else ""
        case "overdue":
            last = course.get("supplement", {}).get("by", "")
            return "" if last and today.isoformat() > last else "补正的期限还没有到。"
        case "means" | "advance" | "terminate":
            return "" if given.ground in GROUNDS[need] else "请选择依据的情形。"
        case "lawyer":
            return "" if given.lawyer is not None else "请选择指派的人员。"
