"""What each role may do at the desk; the region of a row is asked of `Seat.covers` besides."""

from __future__ import annotations

from typing import Literal, get_args

from bot.desk.seat import Role, Seat

Right = Literal[
    "queue",  # see what waits and who is on duty
    "read",  # open a conversation or matter: personal data, so every look is noted
    "converse",  # claim, answer, note, transfer, hand back, close
    "matter",  # change a matter
    "aid",  # decide applications, assign a lawyer
    "supervise",  # watch, whisper, take over, answer consultations, decide swaps and appeals
    "review",  # score quality
    "appeal",  # against the score of one's own
    "roster",  # see the roster, ask for swaps
    "roster_edit",
    "callbacks",
    "letters",  # messages that did not arrive
    "topics",  # read topics, propose corrections
    "topics_decide",
    "canned",  # own canned replies
    "settings",  # queues, everybody's canned replies, minimum cover, days off
    "accounts",
    "audit",
    "own",  # one's own account, notices and filters
]
"""Everything the desk's routes ask for."""

_SEAT: frozenset[Right] = frozenset(
    ("queue", "read", "converse", "matter", "appeal", "roster", "callbacks", "topics", "canned", "own")
)
_MAY: dict[Role, frozenset[Right]] = {
    "agent": _SEAT,
    "lawyer": _SEAT,
    "mediator": _SEAT,
    "legal_aid": _SEAT | {"aid"},
    "supervisor": frozenset(get_args(Right)) - {"accounts", "audit"},
    "auditor": frozenset(("read", "audit", "roster", "topics", "own")),
    "administrator": frozenset(("accounts", "settings", "letters", "roster", "roster_edit", "topics", "own")),
}


def may(seat: Seat, right: Right) -> bool:
    """Whether the seat's role has this right."""
    return right in _MAY[seat.role]
