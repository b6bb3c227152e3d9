"""How an application stands, in one line for its citizen."""

from __future__ import annotations

from bot.records import Progress

_STATES = {
    "submitted": "已经交上去，等待处理",
    "accepted": "已经受理",
    "refused": "没有通过，可以请工作人员告诉您原因和怎么申诉",
    "done": "已经办结",
    "withdrawn": "已经撤回",
}


def progress_line(one: Progress) -> str:
    """「法律援助」：2026年11月23日交的，已经受理；最迟2026年11月30日前答复您。"""
    on = one.submitted.date()
    line = f"「{one.title}」：{on.year}年{on.month}月{on.day}日交的，{_STATES[one.state]}"
    if one.due is not None and one.state == "submitted":
        line += f"；按规定最迟{one.due.year}年{one.due.month}月{one.due.day}日前答复您"
    return f"{line}。"
