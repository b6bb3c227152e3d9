"""How satisfied: what counts as an answer, until when, and that whoever is not is always called back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock import SHANGHAI
from bot.desk.afterwards.survey import SCORES, call_back_by, read_score
from bot.message import BadMessage
from bot.store.desk_schema import callbacks, satisfaction
from tests.fakes.service import Service, inbound, running


@pytest.mark.parametrize(
    ("text", "score"),
    [
        *SCORES.items(),
        *[("5", 5), ("5分", 5), ("给4分", 4), ("打三分。", 3), ("２", 2), ("一星", 1), ("⭐⭐⭐⭐", 4)],
        *[("满意，谢谢", 4), ("很满意！", 5), ("太差了", 1), ("不太满意", 2), ("没帮上忙", 2), ("还行吧", 3)],
        *[("一点用都没用", 2)],
        *[("挺好的", 4), ("垃圾服务", 1), ("非常不满意", 1), ("不行", 2), ("白问了", 2), ("好", 4)],
        *[("", None), ("6", None), ("0", None), ("55", None), ("我还有个问题", None), ("押金怎么要回来", None)],
        *[("可以再帮我看看合同吗？", None)],
        *[("我上个月被公司辞退了，一共干了三年多，老板说不赔，不知道满意不满意的事", None)],
    ],
)  # fmt: skip
def test_what_is_a_verdict(text: str, score: int | None) -> None:
    assert read_score(text) == score


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert read_score(text) in (None, 1, 2, 3, 4, 5)


def test_the_call_is_due_on_the_next_working_day() -> None:
    def due(*when: int) -> str:
        return f"{call_back_by(datetime(*when, tzinfo=SHANGHAI)):%Y-%m-%d %H:%M}"  # type: ignore[arg-type,misc]

    assert due(2026, 11, 23, 10) == "2026-11-24 17:30"
    assert due(2026, 11, 27, 18) == "2026-11-30 17:30"  # Friday evening → Monday
    assert due(2026, 9, 30, 9) == "2026-10-08 17:30"  # over the National Day holiday


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def closed(service: Service) -> str:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "m1", "转人工"))
    seat = await service.seat()
    await service.desk.claim(conversation, seat)
    message = await service.desk.close(conversation, seat)
    assert message.parts[-1].choices == tuple(SCORES)
    return conversation


async def rows(service: Service) -> tuple[list[tuple[int | None, str]], list[str]]:
    found = await service.database.read(lambda connection: connection.execute(select(satisfaction)).all())
    calls = await service.database.read(lambda connection: connection.execute(select(callbacks)).all())
    return [(row.score, row.comment) for row in found], [row.reason for row in calls]


async def test_a_good_verdict_is_thanked_for(service: Service) -> None:
    conversation = await closed(service)
    outcome = await service.conversations.handle(inbound(conversation, "m2", "非常满意"))
    assert outcome.state == "closed"
    assert "谢谢" in outcome.replies[0].text
    again = await service.conversations.handle(inbound(conversation, "m2", "非常满意"))
    assert again.replies == outcome.replies
    assert await rows(service) == ([(5, "")], [])
    with pytest.raises(BadMessage, match="conversation_closed"):
        await service.conversations.handle(inbound(conversation, "m3", "我还有个问题"))


async def test_who_is_not_satisfied_is_always_called_back_once(service: Service) -> None:
    conversation = await closed(service)
    await service.conversations.handle(inbound(conversation, "m2", "2"))
    await service.conversations.handle(inbound(conversation, "m3", "太差了"))
    said = await service.conversations.handle(inbound(conversation, "m4", "问了半天等于没说"))
    assert "记下来" in said.replies[0].text
    assert await rows(service) == ([(1, "问了半天等于没说")], ["dissatisfied"])
    with pytest.raises(BadMessage):
        await service.conversations.handle(inbound(conversation, "m5", "喂"))


async def test_after_a_day_nothing_is_taken(service: Service) -> None:
    conversation = await closed(service)
    service.clock.advance(timedelta(hours=24, seconds=1).total_seconds())
    with pytest.raises(BadMessage):
        await service.conversations.handle(inbound(conversation, "m2", "满意"))
    assert await rows(service) == ([(None, "")], [])


async def test_a_consultation_that_the_bot_had_alone_asks_nothing(service: Service) -> None:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "m1", "满意"))
    assert await rows(service) == ([], [])
