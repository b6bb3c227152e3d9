"""The question of the day on WeChat, from the wish to the answer, and the end of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.clock import SHANGHAI
from bot.dialogue.engine import Part, Reply, Turn
from bot.education.daily import ASK
from bot.settings import Settings
from bot.store.channel_schema import subscriptions
from bot.store.database import Database
from bot.store.schema import messages
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


async def said_long_ago(settings: Settings) -> None:
    """Two hours."""
    database = Database(settings.store_url)
    await database.open()
    before: Any = datetime.now(SHANGHAI) - timedelta(hours=2)

    def work(connection: Any) -> None:
        connection.execute(update(messages).values(at=before))
        connection.execute(update(subscriptions).values(since=before))

    await database.write(work)
    await database.close()


async def test_subscribed_asked_once_answered_by_number_and_stopped(settings: Settings) -> None:
    hour = datetime.now(SHANGHAI).hour
    async with world(replace(settings, daily_hour=hour), engine=Quizzing()) as wechat:
        someone = wechat.openid()
        assert f"每天{hour}点" in (await wechat.provider.say(someone, "订阅每日一题")).answer
        await said_long_ago(settings)
        await wechat.stop(wechat.servers[0])
        await wechat.start()  # and looks at once
        shown = await wechat.provider.phone(someone).until_shown(2, 60)
        assert shown[-1].startswith("今天的一题：能吗？")
        assert "1. 能" in shown[-1]
        await wechat.stop(wechat.servers[0])
        await wechat.start()
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
