"""Why something at the desk cannot be done."""

from __future__ import annotations

from bot.desk.seat import Seat
from bot.message import State


class Refused(Exception):
    """The desk action cannot be done; `code` for programs, `text` (Simplified Chinese) for the seat."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


def why(found: tuple[State, int | None] | None, seat: Seat) -> Refused:
    """Why a change was refused, as far as the seat may know. `found`: state and holder of the conversation."""
    if found is None:
        return Refused("unknown_conversation", "没有这个会话。")
    state, holder = found
    if state == "human" and holder != seat.id:
        return Refused("claimed_by_other", "这个会话已经由其他同事接待。")
    return Refused(
        "wrong_state",
        {
            "bot": "这个会话现在由智能助手接待。",
            "waiting": "这个会话还在等待，请先接手。",
            "human": "您已经在接待这个会话。",
            "closed": "这个会话已经结束。",
        }[state],
    )
