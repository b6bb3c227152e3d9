"""Turn order: one at a time per conversation, none forgotten."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.turn_order import TurnOrder


@given(wakes=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=30))
def test_every_wake_is_followed_by_a_step_and_steps_never_overlap(wakes: list[tuple[str, int]]) -> None:
    async def play() -> None:
        todo: defaultdict[str, int] = defaultdict(int)
        running: set[str] = set()

        async def step(conversation: str) -> bool:
            assert conversation not in running
            running.add(conversation)
            await asyncio.sleep(0)
            if todo[conversation]:
                todo[conversation] -= 1
            await asyncio.sleep(0)
            running.discard(conversation)
            return todo[conversation] > 0

        order = TurnOrder(step)
        for conversation, yields in wakes:
            todo[conversation] += 1
            order.wake(conversation)
            for _ in range(yields):
                await asyncio.sleep(0)
        await order.idle()
        assert not any(todo.values())
        assert order.busy == 0

    asyncio.run(play())
