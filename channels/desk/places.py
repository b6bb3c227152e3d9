"""The places of the desk that a role may go to, for the bar on top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk.rights import Right, may
from bot.desk.seat import Role, Seat, Session


@dataclass(frozen=True, slots=True)
class Place:
    """One link of the bar."""

    href: str
    text: str
    here: bool


_PLACES: tuple[tuple[str, str, Right], ...] = (
    ("/desk", "会话", "queue"),
    ("/desk/matters", "事项", "read"),
    ("/desk/callbacks", "回访", "callbacks"),
    ("/desk/dead-letters", "未送达", "letters"),
    ("/desk/roster", "值班", "roster"),
    ("/desk/reviews", "质检", "review"),
    ("/desk/reviews/own", "我的评分", "appeal"),
    ("/desk/canned", "常用语", "canned"),
    ("/desk/topics", "主题", "topics"),
    ("/desk/queues", "队列", "settings"),
    ("/desk/accounts", "账号", "accounts"),
    ("/desk/audit", "审计", "audit"),
)
_HOMES: dict[Role, str] = {"administrator": "/desk/accounts", "auditor": "/desk/audit"}
"""Where roles land that are here for one thing; the others at the first of their places."""


def places(seat: Seat, here: str) -> list[Place]:
    """Where this seat may go, in the order of the bar."""
    return [Place(href, text, href == here) for href, text, right in _PLACES if may(seat, right)]


def home(session: Session) -> str:
    """Where somebody lands who has just signed in."""
    if session.owes:
        return "/desk/me"
    return _HOMES.get(session.seat.role) or places(session.seat, "")[0].href
