"""A person who may work at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["agent", "lawyer", "legal_aid", "mediator", "supervisor", "auditor", "administrator"]
Tier = Literal["general", "professional", "expert"]
Owed = Literal["", "password", "factor"]
"""What somebody must set up before anything else is open to them: their own password, a second factor."""
How = Literal["password", "oidc"]
ROLES: dict[Role, str] = {
    "agent": "接线员",
    "lawyer": "值班律师",
    "legal_aid": "法律援助工作人员",
    "mediator": "调解员",
    "supervisor": "主管",
    "auditor": "审计员",
    "administrator": "管理员",
}
"""Each role and its name."""
TIERS: dict[Tier, str] = {"general": "综合席", "professional": "专业席", "expert": "专家席"}
"""Each tier of seats, lowest first, and its name."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who is acting at the desk, and what they can take."""

    id: int
    name: str
    """Of the account."""
    role: Role
    person: str = ""
    """The name that citizens are told; the account's where there is none."""
    tier: Tier = "general"
    areas: tuple[str, ...] = ()
    """Areas of law; () for all."""
    regions: tuple[str, ...] = ("",)
    """Prefixes of division codes (GB/T 2260): ("44", "4601"); ("",) is the whole country."""
    languages: tuple[str, ...] = ("zh",)
    capacity: int = 5
    """Conversations held at once."""
    extension: str = ""
    """Number on which calls are put through; without one the seat takes none."""

    @property
    def called(self) -> str:
        """What others call this person."""
        return self.person or self.name

    def covers(self, region: str) -> bool:
        """Whether rows of this division are the seat's to see; where the region is unknown, everybody's."""
        return not region or any(region.startswith(prefix) for prefix in self.regions)

    def shares_region(self, other: Seat) -> bool:
        """Whether the two work somewhere together, so that they may know of each other."""
        return any(one.startswith(two) or two.startswith(one) for one in self.regions for two in other.regions)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in seat."""

    seat: Seat
    csrf: str
    """What every changing request must repeat in its X-CSRF header or form."""
    expires: datetime
    began: datetime
    key: str
    """Names the session to its owner; it opens nothing."""
    owes: Owed = ""
    how: How = "password"
    proved: bool = True
    """False while the second factor is still to be shown: such a session opens nothing but that page."""
