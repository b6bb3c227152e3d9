"""Subscriptions, clicks, scans, places, and what is no text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.settings import Settings
from bot.store.channel_schema import contacts
from bot.store.database import Database
from bot.store.schema import conversations, messages
from channels.wechat.scene import said_by, scene_of
from tests.fakes.wechat import World, world

SHENZHEN = {"Location_X": "22.53", "Location_Y": "113.93", "Scale": "15", "Label": "广东省深圳市南山区某路1号"}


@pytest.fixture
async def wechat(settings: Settings) -> AsyncIterator[World]:
    async with world(settings) as made:
        yield made


async def stored(settings: Settings, statement: Any) -> Any:
    """One value of the store."""
    database = Database(settings.store_url)
    await database.open()
    found = await database.read(lambda connection: connection.execute(statement).scalar_one_or_none())
    await database.close()
    return found


async def test_who_subscribes_is_greeted_once_and_welcomed_back_later(wechat: World, settings: Settings) -> None:
    someone, at = wechat.openid(), int(time.time())
    first = await wechat.provider.event(someone, "subscribe", at=at)
    assert first.answer.startswith("您好，我是法线")
    again = await wechat.provider.event(someone, "subscribe", at=at)
    assert again.answer == first.answer, "the provider's second try hears the same"
    assert await stored(settings, select(func.count()).select_from(conversations)) == 1
    await wechat.provider.say(someone, "你好")
    await wechat.provider.event(someone, "unsubscribe")
    before = len(wechat.provider.phone(someone).shown)
    for _ in range(2):
        await wechat.provider.event(someone, "subscribe", at=at + 60)
    shown = await wechat.provider.phone(someone).until_shown(before + 1, 60)
    assert shown[-1].startswith("欢迎回来")
    assert sum(text.startswith("欢迎回来") for text in shown) == 1


async def test_a_click_says_what_the_menu_says_once(wechat: World) -> None:
    someone, at = wechat.openid(), int(time.time())
    first = await wechat.provider.event(someone, "CLICK", "我要离婚", at=at)
    assert first.answer.endswith("您说：我要离婚")
    again = await wechat.provider.event(someone, "CLICK", "我要离婚", at=at)
    assert again.answer == first.answer
    assert [turn.text for turn in wechat.engine.turns] == ["我要离婚"]
    assert (await wechat.provider.event(someone, "VIEW", "http://example.org", at=at)).answer == ""
    assert (await wechat.provider.event(someone, "something_new", at=at)).heard


async def test_a_scan_names_the_matter_also_of_who_subscribes_by_it(wechat: World) -> None:
    someone, other = wechat.openid(), wechat.openid()
    await wechat.provider.event(someone, "SCAN", scene_of("20261123-0001", "123456"))
    await wechat.provider.event(other, "subscribe", f"qrscene_{scene_of('20261123-0002')}")
    assert [turn.text for turn in wechat.engine.turns] == [
        "我的事项编号是20261123-0001，查询码是123456",
        "我的事项编号是20261123-0002",
    ]
    assert (await wechat.provider.event(someone, "SCAN", "somebody elses code")).answer == ""
    assert said_by("x") == ""


async def test_a_location_is_asked_about_before_anything_is_said_of_it(wechat: World, settings: Settings) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "你好")
    await wechat.provider.message(someone, "location", **SHENZHEN)
    shown = await wechat.provider.phone(someone).until_shown(2, 60)
    assert "广东省深圳市南山区一带" in shown[-1]
    assert len(wechat.engine.turns) == 1
    msgid = wechat.provider.next_id()
    for _ in range(2):
        pushed = await wechat.provider.say(someone, "是的", msgid)
        assert pushed.answer.endswith("您说：我在广东省深圳市南山区")
    assert [turn.text for turn in wechat.engine.turns][1:] == ["我在广东省深圳市南山区"]
    kept = str(await stored(settings, select(contacts.c.data)))
    assert "22.5" not in kept
    assert "1号" not in kept


async def test_who_says_no_is_not_placed_and_a_later_yes_means_something_else(wechat: World) -> None:
    someone = wechat.openid()
    await wechat.provider.message(someone, "location", **SHENZHEN)
    await wechat.provider.phone(someone).until_shown(2, 60)
    await wechat.provider.say(someone, "不用")
    shown = await wechat.provider.phone(someone).until_shown(3, 60)
    assert "没有记下来" in shown[-1]
    assert (await wechat.provider.say(someone, "是")).answer.endswith("您说：是")
    assert [turn.text for turn in wechat.engine.turns] == ["是"]


async def test_a_position_that_is_reported_is_asked_about_once(wechat: World) -> None:
    someone, at = wechat.openid(), int(time.time())
    await wechat.provider.say(someone, "你好")
    where = {"Latitude": "39.91", "Longitude": "116.40", "Precision": "50"}
    for moment in (at, at, at + 5, at + 10):
        await wechat.provider.event(someone, "LOCATION", at=moment, **where)
    shown = await wechat.provider.phone(someone).until_shown(2, 60)
    await asyncio.sleep(0.3)  # nothing more may come
    assert len(wechat.provider.phone(someone).shown) == 2
    assert "北京市东城区" in shown[-1]
    abroad = wechat.openid()
    await wechat.provider.message(abroad, "location", Location_X="35.68", Location_Y="139.69")
    assert "认不出" in (await wechat.provider.phone(abroad).until_shown(2, 60))[-1]


async def test_what_cannot_be_read_is_answered_kindly_and_once(wechat: World, settings: Settings) -> None:
    someone, msgid = wechat.openid(), wechat.provider.next_id()
    for _ in range(2):
        await wechat.provider.message(someone, "something_new", msgid, X="1")
    await wechat.provider.message(someone, "text", Content=" ")
    shown = await wechat.provider.phone(someone).until_shown(3, 60)
    assert sum("看不了" in text for text in shown) == 2
    said = select(func.count()).select_from(messages).where(messages.c.sender == "citizen")
    assert await stored(settings, said) == 0


async def test_too_many_messages_are_told_of(settings: Settings) -> None:
    from dataclasses import replace

    async with world(replace(settings, rate_conversation_per_minute=6)) as made:
        someone = made.openid()
        for number in range(5):
            assert (await made.provider.say(someone, f"第{number}句")).heard
        async with asyncio.timeout(8):
            while not any("太快" in text for text in made.provider.phone(someone).texts):
                made.provider.phone(someone).news.clear()
                await made.provider.phone(someone).news.wait()
        assert sum("太快" in text for text in made.provider.phone(someone).texts) == 1
