"""Notes: for staff only, told at once to whom they are for, kept once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import update

from bot.desk.refused import Refused
from bot.store.schema import staff
from tests.bot.desk.work.conftest import Desk


async def test_a_note_is_for_staff_and_kept_once(desk: Desk) -> None:
    seat, other = await desk.seat("周律师"), await desk.seat("吴律师")
    conversation = await desk.held(seat)
    before = await desk.texts(conversation)
    await asyncio.gather(*(desk.work.notes.note(conversation, seat, "k1", "先要工资条") for _ in range(3)))
    [note] = await desk.work.notes.of(conversation, other)
    assert (note.kind, note.author, note.text) == ("note", "周律师", "先要工资条")
    assert await desk.texts(conversation) == before
    assert {event.kind for event in desk.service.events} == {"desk"}
    assert (await desk.trail(conversation)).count("noted") == 1


async def test_a_whisper_reaches_the_holder(desk: Desk) -> None:
    seat, boss = await desk.seat("周律师"), await desk.seat("郑主管", "supervisor")
    conversation = await desk.held(seat)
    note = await desk.work.notes.whisper(conversation, boss, "k1", "提醒他仲裁时效")
    assert (note.to, note.to_name) == (seat.id, "周律师")
    [text] = await desk.notices(seat)
    assert "郑主管" in text
    assert "仲裁" not in text, "a notice may be seen by others"
    assert [event.staff for event in desk.service.events if event.kind == "notice"] == [seat.id]


async def test_a_question_goes_to_the_supervisors_of_the_region_and_its_answer_back(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    here, away = await desk.seat("郑主管", "supervisor"), await desk.seat("王主管", "supervisor")
    await desk.service.database.write(lambda c: _regions(c, away.id, ["11"]))
    conversation = await desk.held(seat)
    await desk.move(conversation, "440300")
    question = await desk.work.notes.consult(conversation, seat, "k1", "加班费怎么算")
    assert len(await desk.notices(here)) == 1
    assert await desk.notices(away) == []
    answer = await desk.work.notes.answer(conversation, here, "k1", "按四十四条", question.id)
    assert (answer.to, answer.reply_to) == (seat.id, question.id)
    assert len(await desk.notices(seat)) == 1
    with pytest.raises(Refused):
        await desk.work.notes.answer(conversation, here, "k2", "没有这个问题", 999)


async def test_what_is_not_the_seats_to_see_is_not_there(desk: Desk) -> None:
    seat, far = await desk.seat("周律师"), await desk.seat("李律师", regions=("11",))
    conversation = await desk.held(seat)
    await desk.work.notes.note(conversation, far, "k1", "区域未知的，谁都可以看")
    await desk.move(conversation, "440300")
    with pytest.raises(Refused, match="unknown_conversation"):
        await desk.work.notes.of(conversation, far)
    with pytest.raises(Refused, match="unknown_conversation"):
        await desk.work.notes.note(conversation, far, "k2", "不行")
    with pytest.raises(Refused, match="unknown_conversation"):
        await desk.work.notes.of(await desk.service.opened(), seat)


def _regions(connection: object, seat: int, regions: list[str]) -> None:
    connection.execute(update(staff).where(staff.c.id == seat).values(regions=regions))  # type: ignore[attr-defined]
