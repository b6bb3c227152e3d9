"""Kinds of help that people come for, and which roles give each."""

from __future__ import annotations

from typing import Literal, get_args

from bot.desk.seat import Role

Help = Literal["consultation", "legal_aid", "mediation", "complaint", "notary", "appraisal", "crisis"]
HELPS: dict[Help, str] = {
    "consultation": "法律咨询",
    "legal_aid": "法律援助",
    "mediation": "人民调解",
    "complaint": "投诉",
    "notary": "公证",
    "appraisal": "司法鉴定",
    "crisis": "紧急求助",
}
"""Each kind and its name."""
GIVEN_BY: dict[Help, frozenset[Role]] = {
    "consultation": frozenset(("agent", "lawyer", "legal_aid", "supervisor")),
    "legal_aid": frozenset(("legal_aid", "lawyer", "supervisor")),
    "mediation": frozenset(("mediator", "supervisor")),
    "complaint": frozenset(("agent", "legal_aid", "supervisor")),
    "notary": frozenset(("agent", "lawyer", "legal_aid", "supervisor")),
    "appraisal": frozenset(("agent", "lawyer", "legal_aid", "supervisor")),
    # Whoever is there first.
    "crisis": frozenset(("agent", "lawyer", "legal_aid", "mediator", "supervisor")),
}
"""Roles that answer each kind."""
_TOPICS: dict[str, Help] = {
    "legal_aid": "legal_aid",
    "mediation": "mediation",
    "complaint": "complaint",
    "notary": "notary",
    "appraisal": "appraisal",
}


def help_of(topic: str, kind: str) -> Help:
    """The kind of help that a handoff of this kind, on this topic, is for."""
    return "crisis" if kind == "danger" else _TOPICS.get(topic, "consultation")


def as_help(name: str) -> Help | None:
    """`name` if it is a kind of help."""
    return next((one for one in get_args(Help) if one == name), None)
