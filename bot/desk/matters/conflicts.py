"""Conflicts of interest: nobody acts against those they or their office act or acted for.

律师法 39: a lawyer may not act for both sides of one case, nor in affairs that conflict with the interests of himself
or near relatives. The rule here is wider, as the profession's: the office counts as one, past clients count, and a hit
is decided by a supervisor who gives a reason, not by the one it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from bot.desk.matters.refused import MatterRefused

Side = Literal["client", "opposite", "other"]
SIDES: dict[Side, str] = {"client": "来访人一方", "opposite": "对方", "other": "其他有关的人"}


@dataclass(frozen=True, slots=True)
class PartyKey:
    """A party as it is compared."""

    side: Side
    name: str
    folded: str
    identifier: str
    """Keyed hash; "" where no number is known."""


@dataclass(frozen=True, slots=True)
class Known:
    """A party of another matter in which the seat, or somebody of its office, acts or acted."""

    matter: str
    party: PartyKey
    seat: str
    """Who acted."""
    own: bool
    """Whether that is the seat itself."""
    past: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    name: str
    matter: str
    seat: str
    own: bool
    past: bool
    sure: bool
    """False when only the names are the same."""
    turned: bool
    """True when our client is the opposite party there; else our opposite party is the client there."""

    @property
    def text(self) -> str:
        """In words for the desk."""
        who = "本人" if self.own else f"同所的{self.seat}"
        when = "曾经" if self.past else "正在"
        what = "作为对方" if self.turned else "服务的当事人"
        doubt = "" if self.sure else "（仅姓名或名称相同，待核实）"
        return f"“{self.name}”是{who}{when}{what}的一方，见事项 {self.matter}{doubt}"

    def to_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return {"name": self.name, "matter": self.matter, "sure": self.sure, "turned": self.turned, "text": self.text}


def find_conflicts(ours: Iterable[PartyKey], known: Iterable[Known]) -> list[Hit]:
    """Opposite parties of this matter who are clients there, and its clients who are opposite there."""
    found: dict[tuple[str, str, bool], Hit] = {}
    others = list(known)
    for party in ours:
        against = {"opposite": "client", "client": "opposite"}.get(party.side)
        for other in others:
            if other.party.side != against or (same := _same(party, other.party)) is None:
                continue
            turned = party.side == "client"
            hit = Hit(party.name, other.matter, other.seat, other.own, other.past, same, turned)
            found.setdefault((party.folded, other.matter, turned), hit)
    return list(found.values())


def refuse(hits: list[Hit]) -> MatterRefused:
    """What stops an assignment, with what was found."""
    text = "可能有利益冲突，不能接手：" + "；".join(hit.text for hit in hits) + "。需要主管核实并写明理由后才能指派。"
    return MatterRefused("conflict", text, {"hits": [hit.to_dict() for hit in hits]})


def _same(one: PartyKey, other: PartyKey) -> bool | None:
    """True for the same number, False for the same name only, None for two different people."""
    if one.identifier and other.identifier:
        return True if one.identifier == other.identifier else None
    return False if one.folded and one.folded == other.folded else None
