"""A person who may work at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """Who is acting at the desk; roles come with the full desk, today everyone is a lawyer on duty."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in seat."""

    seat: Seat
    csrf: str
    """What every changing request must repeat in its X-CSRF header or form."""
    expires: datetime
