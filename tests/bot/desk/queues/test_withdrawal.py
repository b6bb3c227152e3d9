"""One who waits for a person waits no more: the queue is left, the desk sees it, and the bot goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.calls.call import VOICE
from bot.desk.queues.withdrawal import read_withdrawal
from bot.store import desk_schema, schema
from tests.bot.desk.queues.people import waiting
from tests.fakes.scripted_engine import QUESTION
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def test_who_waits_no_more_is_in_no_queue_and_is_asked_what_was_open(service: Service) -> None:
    seat = await service.seat()
    await service.on_duty(seat)
    conversation = await waiting(service, "老板拖欠工资", "转人工")
    outcome = await service.conversations.handle(inbound(conversation, "w", "算了 不等人了"))
    assert outcome.state == "bot"
    assert outcome.replies[0].parts[-1] == QUESTION
    assert "不等了" in outcome.replies[0].parts[0].text
    assert await service.desk.cases("waiting", seat) == []
    assert ("state", conversation, "bot") in [(e.kind, e.conversation, e.state) for e in service.events]
    matter = select(schema.matters.c.state, schema.matters.c.status).where(schema.matters.c.number == outcome.matter)
    assert tuple(await service.database.read(lambda c: c.execute(matter).one())) == ("bot", "new")
    ended = select(schema.claims.c.outcome)
    assert await service.database.read(lambda c: c.execute(ended).scalar_one()) == "left"
    running_on = desk_schema.timers.c.ended_at.is_(None)
    assert await service.count(desk_schema.timers, running_on) == 0, "nobody owes an answer"
    assert "queue_left" in await service.desk._records.trail(conversation)  # type: ignore[attr-defined]
    later = await service.conversations.handle(inbound(conversation, "x", "单位员工"))
    assert later.replies, "the bot answers again"
    again = await service.conversations.handle(inbound(conversation, "y", "还是转人工吧"))
    assert again.state == "waiting"
    assert len(await service.desk.cases("waiting", seat)) == 1


async def test_what_else_is_said_is_answered_in_the_same_breath(service: Service) -> None:
    await service.on_duty(await service.seat())
    conversation = await waiting(service)
    outcome = await service.conversations.handle(inbound(conversation, "w", "不等了，法条怎么说"))
    assert outcome.state == "bot"
    assert outcome.message.text == "不等了，法条怎么说"
    assert [part.kind for part in outcome.replies[0].parts] == ["text", "articles"]
    assert service.engine.turns[-1].text == "法条怎么说"


async def test_a_call_that_was_asked_for_is_made_all_the_same(service: Service) -> None:
    conversation = await waiting(service)
    await service.conversations.handle(inbound(conversation, "n", "13800001234"))
    outcome = await service.conversations.handle(inbound(conversation, "w", "不等了"))
    assert "电话" in outcome.replies[0].parts[0].text
    open_calls = desk_schema.callbacks.c.state == "open"
    assert await service.count(desk_schema.callbacks, open_calls) == 1
    status = select(schema.matters.c.status)
    assert await service.database.read(lambda c: c.execute(status).scalar_one()) == "open", "the desk still owes it"


async def test_who_may_be_in_danger_keeps_the_place(service: Service) -> None:
    seat = await service.seat()
    await service.on_duty(seat)
    conversation = await waiting(service, "有危险")
    outcome = await service.conversations.handle(inbound(conversation, "w", "算了不等了"))
    assert outcome.state == "waiting"
    assert len(await service.desk.cases("waiting", seat)) == 1


async def test_while_the_bot_goes_on_a_bare_word_is_said_to_the_bot(service: Service) -> None:
    conversation = await waiting(service)
    outcome = await service.conversations.handle(inbound(conversation, "w", "算了"))
    assert outcome.state == "waiting"
    assert service.engine.turns[-1].text == "算了"
    plainly = await service.conversations.handle(inbound(conversation, "x", "不等了"))
    assert plainly.state == "bot"
    await service.on_duty(await service.seat())
    attended = await waiting(service)
    assert (await service.conversations.handle(inbound(attended, "w", "算了"))).state == "bot"


async def test_danger_told_with_it_is_heard_first(service: Service) -> None:
    await service.on_duty(await service.seat())
    conversation = await waiting(service)
    outcome = await service.conversations.handle(inbound(conversation, "w", "不等了，他拿刀要砍我，有危险"))
    assert outcome.state == "waiting"
    assert "110" in outcome.replies[0].text


async def test_once_a_seat_has_it_the_words_are_the_seats(service: Service) -> None:
    seat = await service.seat()
    conversation = await waiting(service)
    await service.desk.claim(conversation, seat)
    outcome = await service.conversations.handle(inbound(conversation, "w", "不等了"))
    assert (outcome.state, outcome.replies) == ("human", ())


async def test_on_the_telephone_the_call_decides(service: Service) -> None:
    conversation = await service.opened(VOICE)
    await service.conversations.handle(inbound(conversation, "m", "转人工", VOICE))
    service.clock.advance(1)
    outcome = await service.conversations.handle(inbound(conversation, "w", "不等了", VOICE))
    assert outcome.state == "waiting"


@pytest.mark.parametrize(
    "said",
    [
        "不等了",
        "算了 不等人了",
        "算了",
        "不用等了谢谢",
        "我不想等了",
        "唔等啦",
        "别等了",
        "不找律师了",
        "不用找人工了",
        "取消排队",
        "你接着问吧",
        "还是你继续说吧",
        "算了算了不排队了",
        "不等律师了，你接着问吧",
        "never mind",
        "I don't want to wait any more",
        "不等了行吗",
    ],
)
def test_words_that_leave_the_queue(said: str) -> None:
    assert read_withdrawal(said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "老板说不等了要把货拉走",
        "等不及了快点",
        "还要等多久",
        "不等了他就跑了怎么办",
        "算了，你们快点吧",
        "我等着",
        "人呢",
        "不是不等，我急啊",
        "工资算了三遍都不对",
        "cancel my contract",
        "不想等到明年再起诉",
        "不用律师行不行，我有别的证据",
        "",
    ],
)
def test_words_that_do_not(said: str) -> None:
    assert read_withdrawal(said) is None


@pytest.mark.parametrize("why", ["怎么还没人来", "等了半天没人理", "太慢了", "人呢", "等不及了"])
def test_why_they_wait_no_more_is_no_question(why: str) -> None:
    assert read_withdrawal(f"{why} 不等了") == ""


def test_what_is_said_besides_is_kept() -> None:
    assert read_withdrawal("不等了，我爸死了没人管老房子怎么分") == "我爸死了没人管老房子怎么分"
    assert read_withdrawal("不等了，我想问离婚要什么材料") == "我想问离婚要什么材料"
