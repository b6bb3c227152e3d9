"""The question of the day on WeChat, from the wish to the answer, and the end of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.clock import SHANGHAI
from bot.dialogue.engine import Part, Reply, Turn
from bot.education.daily import ASK, DailyQuestion
from bot.settings import Settings
from bot.store.channel_schema import subscriptions
from bot.store.database import Database
from bot.store.schema import messages
from bot.store.subscriptions import SubscriptionStore
from tests.fakes.clock import VirtualClock
from tests.fakes.wechat import World, world


class Quizzing:
    """Asks the question of the day, and tells what it hears."""

    async def respond(self, turn: Turn) -> Reply:
        if turn.text == ASK:
            return Reply((Part("choices", "今天的一题：能吗？", ("能", "不能")),), {"open": True})
        return Reply((Part("text", f"您说：{turn.text}{'（在答题）' if turn.state.get('open') else ''}"),), {})


@pytest.fixture
async def wechat(settings: Settings) -> AsyncIterator[World]:
    async with world(settings, engine=Quizzing()) as made:
        yield made


async def subscribers(settings: Settings) -> int:
    database = Database(settings.store_url)
    await database.open()
    count = select(func.count()).select_from(subscriptions)
    found = await database.read(lambda connection: connection.execute(count).scalar_one())
    await database.close()
    return int(found)


async def the_hour_comes(settings: Settings, wechat: World) -> None:
    """As if all had been said two hours ago, and this were the hour."""
    database = Database(settings.store_url)
    await database.open()
    now = datetime.now(SHANGHAI).replace(minute=0, second=1)
    before: Any = now - timedelta(hours=2)

    def work(connection: Any) -> None:
        connection.execute(update(messages).values(at=before))
        connection.execute(update(subscriptions).values(since=before))

    await database.write(work)
    job = DailyQuestion(
        SubscriptionStore(database), wechat.engine, VirtualClock(now), lambda _event: None, hour=now.hour
    )
    await job.look()
    await job.look()
    await database.close()


async def test_subscribed_asked_once_answered_by_number_and_stopped(wechat: World, settings: Settings) -> None:
    someone = wechat.openid()
    assert "每天9点" in (await wechat.provider.say(someone, "订阅每日一题")).answer
    await the_hour_comes(settings, wechat)
    # Whoever sends looks at what is due by itself; a restart makes it look at once.
    await wechat.stop(wechat.servers[0])
    await wechat.start()
    shown = await wechat.provider.phone(someone).until_shown(2, 60)
    assert shown[-1].startswith("今天的一题：能吗？")
    assert "1. 能" in shown[-1]
    assert (await wechat.provider.say(someone, "2")).answer == "您说：不能（在答题）"
    assert "不再发了" in (await wechat.provider.say(someone, "退订")).answer
    assert await subscribers(settings) == 0
    assert sum("今天的一题" in text for text in wechat.provider.phone(someone).texts) == 1


async def test_who_unsubscribes_from_the_account_is_asked_no_more(wechat: World, settings: Settings) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "每天给我发")
    assert await subscribers(settings) == 1
    await wechat.provider.event(someone, "unsubscribe")
    assert await subscribers(settings) == 0
