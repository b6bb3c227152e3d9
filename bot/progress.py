"""How an application stands, in one line for its citizen."""

from __future__ import annotations

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
