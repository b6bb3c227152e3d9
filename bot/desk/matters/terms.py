"""Terms that the law sets for applications, each with its article.

The articles were read in the index (法律援助法, 行政许可法, 公证法) and in the texts of 政府信息公开条例 (2019) and
信访工作条例 (2022). Nothing here rests on 办理法律援助案件程序规定 (司法部令第148号): its text lies in neither. That
the seven days of legal aid wait while the citizen supplements papers is not said by 法律援助法 43 itself, so the page
shows the day without waiting too, and the desk should keep to that one until somebody has read the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.desk.clocks.term import Term

Supplement = Literal["pause", "restart", "none"]


@dataclass(frozen=True, slots=True)
class LegalTerm:
    """How long the office may take from one action to another."""

    key: str
    """The timer's kind is "statutory:" and this."""
    name: str
    term: Term
    basis: str
    starts: tuple[str, ...]
    """Actions that start it; "submit" is the citizen's."""
    ends: tuple[str, ...]
    """Actions that meet it."""
    supplement: Supplement = "none"
    """What asking for supplements does to it: it waits and goes on, or begins anew when they are there."""
    extension: Term | None = None
    """By how much it may be extended, once, with the head's consent and the citizen told why."""


_DECIDED = ("grant", "refuse", "withdraw", "lapse")
_OVER = ("finish", "refuse", "withdraw", "lapse")
TERMS: dict[str, tuple[LegalTerm, ...]] = {
    "legal_aid": (
        # 43(1): within seven days of receipt, whether aid is given. Not working days: the law says 日.
        LegalTerm("examine", "审查决定", Term(7, "days"), "法律援助法 第四十三条第一款", ("submit",), _DECIDED,
                  "pause"),
        # 43(1): within three days of the decision, somebody is appointed.
        LegalTerm("appoint", "指派人员", Term(3, "days"), "法律援助法 第四十三条第一款", ("grant", "correct"),
                  ("assign", "withdraw", "terminate")),
        # 49(2): the department of justice examines an objection within five days of receipt.
        LegalTerm("objection", "审查异议", Term(5, "days"), "法律援助法 第四十九条第二款", ("object",),
                  ("uphold", "correct")),
    ),
    "disclosure": (
        # 条例 30: unclear requests are told within 7 working days, once, what to supplement.
        LegalTerm("supplement", "告知补正", Term(7, "working_days"), "政府信息公开条例 第三十条", ("submit",),
                  ("take_in", "ask_supplement", *_OVER)),
        # 条例 33(2): answered within 20 working days, 20 more with consent; 30: counted from the supplemented request.
        LegalTerm("answer", "答复", Term(20, "working_days"), "政府信息公开条例 第三十三条第二款", ("submit",), _OVER,
                  "restart", Term(20, "working_days")),
    ),
    "permit": (
        # 32(1)(4): within five days it is told once what is missing; else it counts as accepted. 82: working days.
        LegalTerm("supplement", "告知补正", Term(5, "working_days"), "行政许可法 第三十二条、第八十二条", ("submit",),
                  ("take_in", "ask_supplement", *_OVER)),
        # 42(1): decided within twenty days of acceptance, ten more with consent. 82: working days.
        LegalTerm("decide", "作出决定", Term(20, "working_days"), "行政许可法 第四十二条第一款、第八十二条",
                  ("take_in", "supplemented"), ("grant", "refuse", "withdraw", "lapse"), "restart",
                  Term(10, "working_days")),
        # 44: the permit is handed over within ten days of the decision. 82: working days.
        LegalTerm("deliver", "送达证件", Term(10, "working_days"), "行政许可法 第四十四条、第八十二条", ("grant",),
                  ("finish", "withdraw")),
    ),
    "notary": (
        # 公证法 30: the deed within fifteen working days of acceptance; supplementing papers is not counted.
        LegalTerm("deed", "出具公证书", Term(15, "working_days"), "公证法 第三十条", ("take_in",), _OVER, "pause"),
    ),
    "complaint": (
        # 信访工作条例 23(2): the receiving office tells in writing within 15 days whether and how it is dealt with.
        LegalTerm("tell", "书面告知", Term(15, "days"), "信访工作条例 第二十三条第二款", ("submit",),
                  ("take_in", *_OVER)),
        # 34: dealt with within 60 days of acceptance, 30 more with consent.
        LegalTerm("settle", "办结", Term(60, "days"), "信访工作条例 第三十四条", ("take_in",), _OVER,
                  extension=Term(30, "days")),
    ),
}  # fmt: skip
"""By kind of application. Mediation and appraisals: the laws that were read give the office no term."""


def find_term(kind: str, key: str) -> LegalTerm | None:
    """The term of this key."""
    return next((one for one in TERMS.get(kind, ()) if one.key == key), None)
