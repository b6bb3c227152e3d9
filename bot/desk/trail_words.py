"""What the actions of the audit trail are called, for people."""

from __future__ import annotations

from bot.desk.matters.applications import DECISIONS
from bot.desk.matters.states import NAMES

ACTIONS = {
    "audit_exported": "导出审计记录",
    "audit_proved": "核对审计链",
    "audit_viewed": "查阅审计记录",
    "call_asked": "来访人要求回电",
    "call_ended": "通话结束",
    "call_left": "来电人不再等人工",
    "call_started": "电话打进来",
    "call_to_chat": "通话转到网页对话",
    "callback_done": "完成回访",
    "callback_failed": "回访联系不上",
    "callback_made": "安排回访",
    "callback_taken": "领取回访",
    "callback_tried": "回访未接通",
    "canned_changed": "修改常用语",
    "canned_made": "新增常用语",
    "canned_removed": "删除常用语",
    "claimed": "接手会话",
    "closed": "结束会话",
    "conflict_overridden": "不顾利益冲突提示指派",
    "cover_changed": "修改最低值守要求",
    "downloaded": "下载附件",
    "evidence_kept": "来访人同意保存材料",
    "factor_off": "取消两步验证",
    "factor_on": "开启两步验证",
    "factor_recovery": "用恢复码登录",
    "handed_back": "交还智能助手",
    "letter_again": "再发未送达的消息",
    "letter_sms": "未送达的消息改用短信",
    "letter_void": "作废未送达的消息",
    "login": "登录",
    "login_failed": "登录失败",
    "login_linked": "首次用统一登录，绑定身份",
    "logout": "退出",
    "matter_edited": "修改事项",
    "matter_linked": "关联事项",
    "matter_party": "登记当事人",
    "noted": "写备注",
    "overflowed": "等得太久，转到备用队列",
    "overrode": "不顾提示发送回复",
    "password_changed": "修改密码",
    "password_reset": "重置密码",
    "queue_closed": "队列停用，会话转到别的队列",
    "queue_left": "来访人不再等人工",
    "queue_saved": "修改队列",
    "rated": "来访人评价",
    "replied": "回复来访人",
    "requeued": "换到别的队列",
    "returned": "席位离线，会话退回队列",
    "review_appealed": "质检申诉",
    "review_changed": "改动质检评分",
    "review_scored": "质检评分",
    "review_upheld": "维持质检评分",
    "recording_deleted": "删除通话录音",
    "recording_heard": "听通话录音",
    "recording_kept": "通话录音留作争议材料",
    "roster_imported": "导入排班",
    "sent_file": "发送附件",
    "sessions_ended": "结束登录状态",
    "shift_added": "新增排班",
    "shift_removed": "删除排班",
    "staff_added": "新增账号",
    "staff_changed": "修改账号",
    "staff_disabled": "停用账号",
    "staff_enabled": "恢复账号",
    "swap_agreed": "同意换班",
    "swap_asked": "申请换班",
    "swap_confirmed": "主管批准换班",
    "swap_declined": "不同意换班",
    "swap_withdrawn": "撤回换班申请",
    "took_over": "主管接过会话",
    "topic_accepted": "采纳主题修改",
    "topic_declined": "不采纳主题修改",
    "topic_proposed": "建议修改主题",
    "transferred": "转接会话",
    "viewed": "查看会话",
    "viewed_matter": "查看事项",
    "watched": "旁观会话",
}
_FAMILIES: dict[str, tuple[str, dict[str, str]]] = {
    "application": ("办理申请", {one.action: one.name for one in DECISIONS}),
    "matter": ("事项", NAMES),
    "referral": ("转办", {"sent": "已转出", "accepted": "对方受理", "declined": "对方不受理", "done": "对方办结"}),
}
"""Actions of which there are many: what their names begin with, and the words for the rest."""


def action_name(action: str) -> str:
    """The name of an action; itself where it has none."""
    kind, _, rest = action.partition("_")
    if action in ACTIONS or kind not in _FAMILIES:
        return ACTIONS.get(action, action)
    family, names = _FAMILIES[kind]
    return f"{family}：{names.get(rest, rest)}"
