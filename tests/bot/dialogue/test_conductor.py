"""What is asked before anybody is served."""

from __future__ import annotations

import asyncio

from bot.dialogue.conductor import Conductor
from bot.dialogue.engine import Part, Reply, Turn
from bot.understanding.syllables import splits


class Listening(Conductor):
    """Notes what it is asked, and in which state."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def respond(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        return Reply((Part("text", "好的。"),), {"turn": len(self.turns)})


def test_what_takes_its_time_when_first_asked_for_is_asked_for_before_citizens_come() -> None:
    conductor = Listening()
    asyncio.run(conductor.warm_up())
    assert any(splits(one.text) for one in conductor.turns), "the first pinyin makes the table of syllables"
    known = [one.state.get("turn") for one in conductor.turns]
    assert known[:4] == [None] * 4, "conversations do not know each other"
    assert known[4:] == list(range(4, 9)), "an interview as far as its opinion"
