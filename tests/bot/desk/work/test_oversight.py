"""A supervisor reads along, openly, and takes over, once."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk.refused import Refused
from bot.desk.work.replies import Draft
from bot.store.schema import claims
from tests.bot.desk.work.conftest import Desk


async def test_who_reads_along_is_told_to_the_holder_and_noted_once(desk: Desk) -> None:
    seat, boss = await desk.seat("周律师"), await desk.seat("郑主管", "supervisor")
    conversation = await desk.held(seat)
    await desk.work.oversight.watch(conversation, boss, True, True)
    await desk.work.oversight.watch(conversation, boss, True, False)
    await desk.work.oversight.watch(conversation, boss, False, False)
    told = [event.data for event in desk.service.events]
    assert [one["on"] for one in told] == [True, True, False]
    assert told[0]["name"] == "郑主管"
    assert (await desk.trail(conversation)).count("watched") == 1
    far = await desk.seat("王主管", "supervisor", regions=("11",))
    await desk.move(conversation, "440300")
    with pytest.raises(Refused, match="unknown_conversation"):
        await desk.work.oversight.watch(conversation, far, True, True)


async def test_a_conversation_changes_hands_once(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    bosses = [await desk.seat(name, "supervisor") for name in ("郑主管", "王主管")]
    conversation = await desk.held(seat)
    taken = await asyncio.gather(
        *(desk.work.oversight.take_over(conversation, boss, "当事人要求换人") for boss in bosses),
        return_exceptions=True,
    )
    # The second finds it in the first one's hands, and may take it from there: what it must not do is take it unseen.
    assert any(not isinstance(one, BaseException) for one in taken)
    state = await desk.service.database.read(lambda c: c.execute(claims.select().order_by(claims.c.id)).all())
    assert sum(row.ended_at is None for row in state) == 1
    assert state[0].outcome == "transferred"
    with pytest.raises(Refused, match="claimed_by_other"):
        await desk.work.replies.send(conversation, seat, Draft("m1", "还在吗"))
    holder = next(boss for boss in bosses if boss.id == state[-1].staff_id)
    await desk.work.replies.send(conversation, holder, Draft("m1", "您好，我接着帮您。"))
    assert "接管" in (await desk.notices(seat))[0]
    assert [note.kind for note in await desk.work.notes.of(conversation, seat)][0] == "transfer"
    assert len(await desk.service.desk.cases("human", holder)) == 1


async def test_what_nobody_else_holds_cannot_be_taken_over(desk: Desk) -> None:
    boss = await desk.seat("郑主管", "supervisor")
    waiting = await desk.waiting()
    with pytest.raises(Refused, match="wrong_state"):
        await desk.work.oversight.take_over(waiting, boss, "没人接")
    mine = await desk.held(boss)
    with pytest.raises(Refused, match="wrong_state"):
        await desk.work.oversight.take_over(mine, boss, "自己的")
