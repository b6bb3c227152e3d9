"""Referrals: kinds, states, and who receives which complaint."""

from __future__ import annotations

REFERRALS: dict[str, str] = {
    "notary": "公证机构",
    "appraisal": "司法鉴定机构",
    "mediation": "人民调解委员会",
    "legal_aid": "法律援助机构",
    "complaint": "投诉受理单位",
    "police": "公安机关",
    "authority": "其他有权机关",
}
"""Each kind, by who receives it."""
STATES: dict[str, str] = {"sent": "已转出", "accepted": "对方已收", "declined": "对方不受理", "done": "已有结果"}
_AFTER = {"sent": ("accepted", "declined", "done"), "accepted": ("declined", "done")}
COMPLAINTS: tuple[tuple[str, str, str], ...] = (
    ("律师、律师事务所", "所在地县级司法局", "律师法 第五十二条"),
    ("法律援助机构、法律援助人员", "设立该法律援助机构的司法局", "法律援助法 第五十五条、第五十六条"),
    ("公证机构、公证员", "所在地司法局", "公证法 第五条"),
)
"""Against whom, where it goes, and the article."""


def may_become(before: str, after: str) -> bool:
    """Whether a referral in one state may come to the other."""
    return after in _AFTER.get(before, ())
