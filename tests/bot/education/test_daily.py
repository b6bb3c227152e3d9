"""The question of the day goes to who subscribed: once a day, only where it may arrive, and never at a bad moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from bot.clock import SHANGHAI
from bot.dialogue.engine import EngineUnavailable, Part, Reply, Turn, TurnFailed
from bot.education.daily import ASK, LOOK, DailyQuestion
from bot.store.channel_schema import contacts, subscriptions
from bot.store.schema import citizens, conversations, outbox
from bot.store.subscriptions import SubscriptionStore
from tests.fakes.clock import VirtualClock
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.service import Service, inbound, running
from tests.fakes.ticking import settle

CHOICES = ("能", "不能", "换一题", "不学了")
HOUR, DAY = 3600.0, 86400.0


class Quizzing(FakeEngine):
    """Knows the question of the day."""

    async def respond(self, turn: Turn) -> Reply:
        if turn.text != ASK or self.saying or self.failing:
            return await super().respond(turn)
        self.turns.append(turn)
        question = Part("choices", f"今天的一题：{turn.at:%m月%d日}能吗？", CHOICES)
        return Reply((question,), {**turn.state, "quiz": turn.at.day})


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh store: every test here runs on both databases."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'faxian.db'}"


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url, Quizzing(), VirtualClock(datetime(2026, 11, 23, 7, 0, tzinfo=SHANGHAI))) as started:
        yield started


class Citizen:
    """Talks to the official account."""

    def __init__(self, service: Service, name: str) -> None:
        self.service, self.name, self.count, self.talk = service, name, 0, ""

    async def say(self, text: str) -> str:
        """A message, its answer delivered; the answer."""
        self.count += 1
        self.talk = (await self.service.conversations.of("wechat", self.name)).id
        message = inbound(self.talk, f"{self.name}-{self.count}", text, "wechat")
        outcome = await self.service.conversations.handle(message)
        await self.service.database.write(lambda connection: connection.execute(delete(outbox)))
        return "\n".join(reply.text for reply in outcome.replies)

    async def questions(self) -> list[str]:
        """Questions of the day put to them."""
        said = await self.service.conversations.after(self.talk, 0)
        return [one.text for one in said if "今天的一题" in one.text and one.sender == "bot"]


@pytest.fixture
async def citizen(service: Service) -> Citizen:
    """Subscribed, some time ago."""
    made = Citizen(service, "someone")
    assert "每天9点" in await made.say("订阅每日一题")
    return made


def daily(service: Service) -> DailyQuestion:
    """The job, as a process that has just started has it."""
    return DailyQuestion(
        SubscriptionStore(service.database), service.engine, service.clock, service.events.append, hour=9
    )


async def write(service: Service, statement: Any) -> None:
    await service.database.write(lambda connection: connection.execute(statement))


async def test_it_comes_at_its_hour_once_whoever_looks_and_can_be_answered(service: Service, citizen: Citizen) -> None:
    await daily(service).look()
    assert await citizen.questions() == [], "not yet the hour"
    service.clock.advance(2 * HOUR)
    first, second = daily(service), daily(service)
    await first.look()
    await second.look()
    await daily(service).look()  # after a restart
    assert await citizen.questions() == ["今天的一题：11月23日能吗？"]
    assert await service.count(outbox, outbox.c.state == "due") == 1, "it goes the way of every message"
    assert service.events[-1].message is not None, "the sender hears of it"
    assert await service.dialogue_state(citizen.talk) == {"quiz": 23}, "the engine goes on from its own question"
    last = await service.conversations.last_said(citizen.talk)
    assert last is not None
    assert last.parts[-1].choices == CHOICES, "a number names a choice of it"
    await citizen.say("能")
    service.clock.advance(DAY)
    await daily(service).look()
    assert len(await citizen.questions()) == 2
    assert service.engine.turns[-1].state["count"] == 1, "the next one follows the talk"


async def test_two_processes_at_one_moment_put_it_once(service: Service, citizen: Citizen) -> None:
    service.clock.advance(2 * HOUR)
    store, now = SubscriptionStore(service.database), service.clock.now()
    (one,) = await store.due(now, now, "", 10)
    reply = await service.engine.respond(Turn(one.conversation, "m", ASK, now, one.dialogue))
    put = await asyncio.gather(*(store.put(one, reply, now.date(), now) for _ in range(4)))
    assert sum(message is not None for message in put) == 1
    assert await store.put(one, reply, now.date(), now) is None
    assert len(await citizen.questions()) == 1


async def test_a_day_that_was_missed_is_left_out(service: Service, citizen: Citizen) -> None:
    service.clock.advance(3.5 * HOUR)
    await daily(service).look()
    assert await citizen.questions() == []
    await citizen.say("你好")
    service.clock.advance(DAY - HOUR)
    await daily(service).look()
    assert await citizen.questions() == ["今天的一题：11月24日能吗？"], "one, not a heap"


async def test_who_has_not_written_for_two_days_gets_nothing_until_they_do(service: Service, citizen: Citizen) -> None:
    service.clock.advance(2 * HOUR + 2 * DAY)
    await daily(service).look()
    assert await citizen.questions() == []
    assert await service.count(outbox) == 0
    await citizen.say("你好")
    service.clock.advance(0.5 * HOUR)
    await daily(service).look()
    assert len(await citizen.questions()) == 1


@pytest.mark.parametrize("words", ["转人工", "我有危险", "选择"])
async def test_never_while_a_person_is_waited_for_or_an_interview_is_open(
    service: Service, citizen: Citizen, words: str
) -> None:
    await citizen.say(words)
    if words == "选择":
        question = [{"kind": "choices", "text": "？", "choices": ["是"], "data": {"remaining": 3}}]
        await write(service, update(conversations).values(question=question))
    service.clock.advance(2 * HOUR)
    await daily(service).look()
    assert await citizen.questions() == []
    if words == "选择":
        assert "您说" in await citizen.say("退订"), "and a word that may be an answer is one"
        await write(service, update(conversations).values(question=None))
        service.clock.advance(0.5 * HOUR)
        await daily(service).look()
        assert len(await citizen.questions()) == 1


@pytest.mark.parametrize("state", ["human", "closed"])
async def test_never_beside_a_person_nor_behind_an_end(service: Service, citizen: Citizen, state: str) -> None:
    await write(service, update(conversations).values(state=state))
    service.clock.advance(2 * HOUR)
    await daily(service).look()
    assert await citizen.questions() == []


async def test_not_for_a_week_after_a_danger_whoever_of_the_persons_channels_told_of_it(
    service: Service, citizen: Citizen
) -> None:
    other = await service.opened()
    await service.conversations.handle(inbound(other, "m1", "我有危险"))
    await write(service, update(citizens).values(person="same"))
    service.clock.advance(2 * HOUR)
    await daily(service).look()
    assert await citizen.questions() == []
    service.clock.advance(7 * DAY - HOUR)
    await citizen.say("你好")
    service.clock.advance(HOUR)
    await daily(service).look()
    assert len(await citizen.questions()) == 1


@pytest.mark.parametrize("full", [{"blocked": True}, {"sent_since": 3}])
async def test_not_where_the_provider_takes_no_more(service: Service, citizen: Citizen, full: dict[str, Any]) -> None:
    last = {"last_inbound_at": service.clock.now(), "channel": "wechat", "external_id": "someone", "data": {}}
    await write(service, insert(contacts).values({**last, "sent_since": 0, "blocked": False, **full}))
    service.clock.advance(2 * HOUR)
    await daily(service).look()
    assert await citizen.questions() == []
    service.clock.advance(0.1 * HOUR)
    await citizen.say("你好")  # counts anew
    service.clock.advance(0.5 * HOUR)
    await daily(service).look()
    assert len(await citizen.questions()) == 1


async def test_not_behind_letters_that_wait_and_not_into_a_talk(service: Service, citizen: Citizen) -> None:
    message = inbound(citizen.talk, "m9", "你好", "wechat")
    service.clock.advance(2 * HOUR)
    await service.conversations.handle(message)
    service.clock.advance(0.1 * HOUR)
    await daily(service).look()
    assert await citizen.questions() == [], "they are just talking"
    service.clock.advance(0.5 * HOUR)
    await write(service, update(outbox).values(state="held"))
    await daily(service).look()
    assert await citizen.questions() == [], "what waits would be followed by more"


async def test_what_is_said_meanwhile_comes_first(service: Service, citizen: Citizen) -> None:
    service.clock.advance(2 * HOUR)
    store, now = SubscriptionStore(service.database), service.clock.now()
    (one,) = await store.due(now, now, "", 10)
    await citizen.say("你好")
    reply = await service.engine.respond(Turn(one.conversation, "m", ASK, now, one.dialogue))
    assert await store.put(one, reply, now.date(), now) is None
    service.clock.advance(0.5 * HOUR)
    await daily(service).look()
    assert len(await citizen.questions()) == 1, "the day is not lost"


async def test_a_subscription_made_after_the_hour_begins_tomorrow(service: Service) -> None:
    service.clock.advance(2.2 * HOUR)
    late = Citizen(service, "late")
    await late.say("订阅每日一题")
    service.clock.advance(0.5 * HOUR)
    await daily(service).look()
    assert await late.questions() == []


async def test_one_failure_is_one_citizens_and_an_engine_that_is_away_is_tried_again(
    service: Service, citizen: Citizen
) -> None:
    running_job = daily(service)
    service.clock.advance(2 * HOUR)
    service.engine.saying = "法律条文库暂时打不开。"
    await running_job.look()
    service.engine.saying, service.engine.failing = "", TurnFailed("this turn")
    await running_job.look()
    assert await citizen.questions() == []
    service.engine.failing = EngineUnavailable("away")
    with pytest.raises(EngineUnavailable):
        await running_job.look()
    service.engine.failing = None
    await running_job.look()
    assert len(await citizen.questions()) == 1


async def test_many_are_served_in_pages(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.education.daily.BATCH", 2)
    everyone = [Citizen(service, f"c{number}") for number in range(5)]
    for one in everyone:
        await one.say("订阅每日一题")
    service.clock.advance(2 * HOUR)
    await daily(service).look()
    assert [len(await one.questions()) for one in everyone] == [1] * 5


async def test_it_runs_by_itself(service: Service, citizen: Citizen) -> None:
    job = asyncio.create_task(daily(service).run())
    async with asyncio.timeout(20):
        while not service.clock.sleeping:
            await settle()
        service.clock.advance(2 * HOUR + LOOK)
        while not await citizen.questions():
            await settle()
    job.cancel()
    assert len(await citizen.questions()) == 1


async def test_who_is_erased_is_subscribed_no_more(service: Service, citizen: Citizen) -> None:
    lonely = {"id": "x" * 32, "channel": "wechat", "external_id": "gone", "created_at": service.clock.now()}
    await write(service, insert(citizens).values(**lonely))
    await write(service, insert(subscriptions).values(citizen_id="x" * 32, since=service.clock.now()))
    await write(service, delete(citizens).where(citizens.c.id == "x" * 32))
    service.clock.advance(HOUR)
    assert await service.count(subscriptions) == 1, "only the other's is left"
    assert "已经订阅" in await citizen.say("每天给我发")
