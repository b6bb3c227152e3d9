"""Read marks go up only, lists count what nobody has read, and long talks come page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.desk.refused import Refused
from bot.desk.work.reading import PAGE, Marks
from bot.desk.work.replies import Draft
from bot.dialogue.engine import Part
from bot.message import parts_to_json
from bot.store.schema import conversations, messages
from tests.bot.desk.work.conftest import Desk


async def test_marks_go_up_only_and_never_past_the_end(desk: Desk) -> None:
    seat, other = await desk.seat("周律师"), await desk.seat("吴律师")
    conversation = await desk.held(seat)
    last = len(await desk.texts(conversation))
    reading = desk.work.reading
    await reading.by_seat(conversation, other, last)
    assert await reading.marks(conversation) == Marks(0, 0)
    await reading.by_seat(conversation, seat, last + 1)
    await reading.by_seat(conversation, seat, last)
    await reading.by_seat(conversation, seat, 1)
    await reading.by_citizen(conversation, 2)
    await reading.by_citizen(conversation, 1)
    assert await reading.marks(conversation) == Marks(2, last)
    told = [(event.who, event.data["seq"]) for event in desk.service.events if event.kind == "read"]
    assert told == [("staff", last), ("citizen", 2)]


async def test_ones_own_list_counts_what_was_not_read(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    first = await desk.held(seat)
    desk.service.clock.advance(5)
    second = await desk.held(seat)
    await desk.work.reading.by_seat(first, seat, len(await desk.texts(first)))
    desk.service.clock.advance(5)
    for number in range(3):
        await desk.citizen(first, f"c{number}", f"第{number}句")
    held = await desk.work.reading.held(seat)
    assert [(one.conversation, one.unread) for one in held] == [(first, 3), (second, 1)]
    assert held[0].last.text == "第2句"
    assert await desk.work.reading.held(await desk.seat("吴律师")) == []


async def test_two_thousand_messages_come_page_by_page(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    have = len(await desk.texts(conversation))
    now = desk.service.clock.now()
    rows = [
        {
            "channel": "web", "key": f"{conversation}/x{seq}", "conversation_id": conversation, "seq": seq,
            "sender": "citizen", "message_id": f"x{seq}", "parts": parts_to_json((Part("text", f"第{seq}句"),)),
            "at": now + timedelta(seconds=seq), "pending": False,
        }
        for seq in range(have + 1, 2001)
    ]  # fmt: skip

    def fill(connection: object) -> None:
        connection.execute(insert(messages), rows)  # type: ignore[attr-defined]
        connection.execute(  # type: ignore[attr-defined]
            update(conversations).where(conversations.c.id == conversation).values(last_seq=2000)
        )

    await desk.service.database.write(fill)
    dossier = await desk.service.desk.open(conversation, seat)
    seen = [message.seq for message in dossier.messages]
    assert seen == list(range(2001 - PAGE, 2001))
    while seen[0] > 1:
        seen = [message.seq for message in await desk.work.reading.before(conversation, seat, seen[0])] + seen
    assert seen == list(range(1, 2001))
    assert await desk.work.reading.before(conversation, seat, 1) == []
    far = await desk.seat("李律师", regions=("11",))
    await desk.move(conversation, "440300")
    with pytest.raises(Refused, match="unknown_conversation"):
        await desk.work.reading.before(conversation, far, 2000)


async def test_the_last_words_that_say_something_are_found(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    await desk.citizen(conversation, "b", "公司一直不给我交社保怎么办")
    await desk.citizen(conversation, "c", "好的")
    await desk.work.replies.send(conversation, seat, Draft("m1", "您好"))
    assert (await desk.work.reading.gist(conversation, seat)).asked == "公司一直不给我交社保怎么办"
