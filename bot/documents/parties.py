"""The opening of a document: who is on which side, every line a gap, as the interview never asks names."""

from __future__ import annotations

from bot.documents.blocks import gap
from bot.documents.template import Party, PartyLine

_USUAL: dict[str, tuple[PartyLine, ...]] = {
    "person": ("sex", "birth_date", "id_number", "address", "phone"),
    "organisation": ("credit_code", "address", "representative", "phone"),
    "either": ("id_number", "address", "representative", "phone"),
}
_NAMES = {"person": "姓名", "organisation": "单位全称", "either": "姓名或单位全称"}
_LABELS: dict[PartyLine, str] = {
    "sex": "性别",
    "birth_date": "出生日期",
    "ethnicity": "民族",
    "occupation": "职业和工作单位",
    "id_number": "身份证号码",
    "address": "住址",
    "phone": "联系电话",
    "credit_code": "统一社会信用代码",
    "representative": "法定代表人（负责人）的姓名和职务",
    "relation": "与犯罪嫌疑人、被告人的关系",
}
# Said otherwise where the party is, or may be, an organisation.
_OTHERWISE: dict[str, dict[PartyLine, str]] = {
    "organisation": {"address": "住所地"},
    "either": {
        "sex": "性别（个人才填）",
        "birth_date": "出生日期（个人才填）",
        "ethnicity": "民族（个人才填）",
        "occupation": "工作单位（个人才填，知道的就写）",
        "id_number": "身份证号码或统一社会信用代码",
        "address": "住址或住所地",
        "representative": "法定代表人或者负责人的姓名和职务（单位才填）",
    },
}


def party_text(party: Party) -> str:
    """「申请人：【姓名】，性别【性别】……」"""
    own = _OTHERWISE.get(party.kind, {})
    labels = [own.get(line, _LABELS[line]) for line in party.lines or _USUAL[party.kind]]
    told = [f"{label.split('（')[0]}{gap(label)}" for label in labels]
    return "，".join([f"{party.role}：{gap(_NAMES[party.kind])}", *told]) + "。"
