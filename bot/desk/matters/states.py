"""The one state machine of matters: every change of status is a row of MOVES, and there is no other way.

A matter has two conditions, which must not be mixed up. `state` is of the talk: who speaks with the citizen now (bot,
waiting, human, closed); it follows the conversation. `status` is of the matter: where the work on it stands. A talk may
end while the matter goes on (an application is being decided), and the bot may talk while a person owns the matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bot.desk.rights import Right

Kind = Literal[
    "consultation", "crisis", "legal_aid", "mediation", "notary", "appraisal", "complaint", "disclosure", "permit"
]
KINDS: dict[Kind, str] = {
    "consultation": "法律咨询",
    "crisis": "紧急求助",
    "legal_aid": "法律援助",
    "mediation": "调解",
    "notary": "公证",
    "appraisal": "司法鉴定",
    "complaint": "投诉",
    "disclosure": "信息公开",
    "permit": "行政许可",
}
Status = Literal["new", "open", "working", "citizen", "outside", "resolved", "closed", "merged"]
STATUSES: dict[Status, str] = {
    "new": "智能助手接待",
    "open": "待受理",
    "working": "办理中",
    "citizen": "等来访人补充",
    "outside": "等外部答复",
    "resolved": "已答复待办结",
    "closed": "已办结",
    "merged": "已并入",
}
LIVE: tuple[Status, ...] = ("open", "working", "citizen", "outside", "resolved")
"""What people at the desk have to do with."""
BOT = "bot"
"""The queue of matters that nobody but the bot has anything to do with."""
GENERAL = "general"
"""Where a matter waits for which no better queue is known."""

Action = Literal[
    "hand_off", "take", "assign", "release", "ask", "heard", "resume", "refer", "answered", "resolve", "talk_ended",
    "to_bot", "hung_up", "close", "reopen", "comes_back", "merge", "absorbed", "let_go",
]  # fmt: skip
Demand = Literal[
    "holder",  # the matter is nobody's, or the acting seat owns it or may supervise
    "queue",  # a queue it waits in afterwards
    "owner",  # a seat that owns it afterwards
    "clear",  # that seat has no conflict of interest, or a supervisor decided in spite of it
    "reason",
    "result",  # a code of results.yaml
    "summary",
    "receiver",
    "target",  # another matter, live, of the same citizen or chosen by hand
    "settled",  # no application is undecided and no referral unanswered
]
DEMANDS: dict[Demand, str] = {
    "holder": "本人经办、无人经办或主管",
    "queue": "排入的队列",
    "owner": "经办人",
    "clear": "利益冲突检查",
    "reason": "理由",
    "result": "结果代码",
    "summary": "办结摘要",
    "receiver": "接收单位",
    "target": "并入的事项",
    "settled": "没有未决的申请和转办",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table."""

    action: Action
    name: str
    before: tuple[Status, ...]
    after: Status | None
    """None: the status stays."""
    who: Right | None
    """None: the machine alone, because something happened in the talk or to an application."""
    demands: tuple[Demand, ...] = ()


MOVES: tuple[Move, ...] = (
    Move("hand_off", "请求人工", ("new", "resolved", "closed"), "open", None, ("queue",)),
    Move("take", "受理", ("new", "open"), "working", "matter", ("owner", "clear")),
    Move("assign", "指派经办人", ("open",), "working", "supervise", ("owner", "clear")),
    Move("assign", "换经办人", ("working", "citizen", "outside", "resolved"), None, "matter",
         ("holder", "owner", "clear")),
    Move("release", "退回队列", ("working", "citizen", "outside"), "open", "matter", ("holder", "queue", "reason")),
    Move("let_go", "坐席放手", ("open", "working", "citizen", "outside"), "open", None, ("queue",)),
    Move("ask", "请来访人补充", ("working",), "citizen", "matter", ("holder", "reason")),
    Move("heard", "来访人来信", ("citizen", "resolved"), "working", None),
    Move("resume", "继续办理", ("citizen", "outside"), "working", "matter", ("holder",)),
    Move("refer", "转外部办理", ("working", "outside"), "outside", "matter", ("holder", "receiver", "reason")),
    Move("answered", "外部已答复", ("outside",), "working", None),
    Move("resolve", "答复完毕", ("working", "citizen", "outside"), "resolved", "matter", ("holder", "summary")),
    Move("talk_ended", "会话结束", ("working", "citizen"), "resolved", None),
    Move("to_bot", "交还智能助手", ("open", "working", "citizen"), "new", None, ("settled",)),
    Move("hung_up", "通话结束", ("new", "open"), "closed", None, ("result", "summary", "settled")),
    Move("close", "办结", ("working", "citizen", "outside", "resolved"), "closed", "matter",
         ("holder", "result", "summary", "settled")),
    Move("reopen", "重新办理", ("resolved", "closed"), "working", "matter", ("owner", "clear", "reason")),
    Move("comes_back", "来访人找回事项", ("resolved", "closed"), "new", None),
    Move("merge", "并入", ("new", "open", "working", "citizen", "outside", "resolved"), "merged", "matter",
         ("holder", "target", "settled")),
    Move("absorbed", "找回原事项", ("new",), "merged", None, ("target",)),
)  # fmt: skip
NAMES: dict[str, str] = {move.action: move.name for move in MOVES}
"""Names of actions; of one with several rows, the last row's."""


def find_move(action: str, status: str) -> Move | None:
    """The row for this action from this status."""
    return next((move for move in MOVES if move.action == action and status in move.before), None)


def is_action(text: str) -> bool:
    """Whether there is such an action."""
    return text in get_args(Action)
