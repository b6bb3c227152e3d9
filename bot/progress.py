"""How an application stands, in one line for its citizen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.matters.applications import OPEN
from bot.records import Progress

_STATES = {
    "submitted": "已经交上去，等待处理",
    "supplement": "还在等您补材料",
    "accepted": "已经受理，正在审查",
    "advanced": "情况紧急，已经先行提供帮助，请尽快补办手续",
    "granted": "已经通过，正在安排人员",
    "assigned": "已经指派人员为您办理",
    "refused": "没有通过",
    "objected": "您提的异议正在审查",
    "terminated": "已经终止",
    "done": "已经办结",
    "withdrawn": "已经撤回",
}
TAKEN_BACK_BEFORE = ("submitted", "supplement", "accepted")
"""States in which a word of the citizen takes it back: nobody was appointed for it."""
_ANSWERED_BY = ("submitted", "accepted", "advanced", "objected")
"""States in which the citizen waits for an answer that a law gives a day to."""


def progress_line(one: Progress) -> str:
    """「法律援助」：2026年11月23日交的，已经受理；最迟2026年11月30日前答复您。"""
    on = one.submitted.date()
    line = f"「{one.title}」：{on.year}年{on.month}月{on.day}日交的，{_STATES[one.state]}"
    if one.due is not None and one.state in _ANSWERED_BY:
        line += f"；按规定最迟{one.due.year}年{one.due.month}月{one.due.day}日前答复您"
    if one.state == "supplement" and one.asked:
        line += f"：{one.asked}"
    if one.state in ("refused", "terminated"):
        line += f"，理由：{one.reason}；您有异议可以提出，工作人员会告诉您怎么办" if one.reason else ""
    return f"{line}。".replace("。。", "。")


def withdrawal_line(found: Sequence[Progress], kind: str) -> str:
    """What becomes of the wish to take back the latest application of `kind`."""
    mine = [one for one in found if one.kind == kind]
    if any(one.state in TAKEN_BACK_BEFORE for one in mine):
        title = [one.title for one in mine if one.state in TAKEN_BACK_BEFORE][-1]
        return f"「{title}」已经按您的意思撤回，不会再办。以后想办，再来跟我说就行。"
    going = [one for one in mine if one.state in OPEN]
    if going:
        return (
            f"「{going[-1].title}」已经批下来、安排了人，撤回要工作人员来办。请说「转人工」，或者等他联系您时说一声。"
        )
    return "这个事项里没有在办的申请，不用撤回。以前交的，请把当时的事项编号和查询码一起告诉我，我再帮您撤。"
