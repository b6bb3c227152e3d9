"""How a consultation at the desk can end, as the dialog that closes it offers."""

from __future__ import annotations

ENDINGS = {
    "answered": "已解答",
    "paper_given": "已出具意见书或文书",
    "aid_given": "已给予法律援助",
    "mediated": "调解成功",
    "referred": "已转有权单位",
    "withdrawn": "来访人撤回",
    "unreachable": "多次联系不上",
    "not_ours": "不属于受理范围",
}
