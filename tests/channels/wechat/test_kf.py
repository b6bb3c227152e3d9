"""WeChat customer service: messages behind a cursor, sessions that are ours or somebody else's."""

from __future__ import annotations

import asyncio
from collections import deque

from bot.settings import Settings
from channels.wechat.simulator.kf import ASSISTANT, OVER, PERSON
from channels.wechat.simulator.phone import Phone
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.wechat import kf_world


async def shown(phone: Phone, what: str) -> list[str]:
    """All texts, once one of them holds `what`."""
    async with asyncio.timeout(60):
        while not any(what in text for text in phone.texts):
            phone.news.clear()
            await phone.news.wait()
    return phone.texts


async def test_messages_are_fetched_behind_the_cursor_and_each_is_answered_once(settings: Settings) -> None:
    engine = FakeEngine()
    async with kf_world(settings, engine) as (provider, restart):
        for number in range(3):
            provider.write("wmA", content=f"第{number}句")
        assert (await provider.call()).heard
        texts = await shown(provider.phone("wmA"), "您说：第2句")
        assert "".join(texts).count("您说") == 3
        assert provider.phone("wmA").state == ASSISTANT
        fetched = provider.calls["/cgi-bin/kf/sync_msg"]
        await restart()
        await provider.call()
        provider.write("wmB", content="你好")
        await provider.call()
        await shown(provider.phone("wmB"), "您说：你好")
        assert [turn.text for turn in engine.turns] == [*(f"第{number}句" for number in range(3)), "你好"]
        assert provider.calls["/cgi-bin/kf/sync_msg"] - fetched < 6, "it does not begin anew"


async def test_what_came_while_nobody_ran_is_fetched_after_the_start(settings: Settings) -> None:
    async with kf_world(settings) as (provider, restart):
        provider.write("wmA", content="你好")
        await provider.call()
        await shown(provider.phone("wmA"), "您说：你好")
        provider.write("wmA", content="没有人叫你")
        await restart()
        texts = await shown(provider.phone("wmA"), "您说：没有人叫你")
        assert sum("您说：" in text for text in texts) == 2, "each once, over the restart too"


async def test_while_a_person_of_the_enterprise_answers_we_are_silent(settings: Settings) -> None:
    engine = FakeEngine()
    async with kf_world(settings, engine) as (provider, _):
        provider.phone("wmA").state = PERSON
        provider.write("wmA", content="和人说的")
        await provider.call()
        provider.write("wmB", content="和我说的")
        await provider.call()
        await shown(provider.phone("wmB"), "您说：和我说的")
        assert [turn.text for turn in engine.turns] == ["和我说的"]
        assert provider.phone("wmA").texts == []


async def test_a_session_that_is_over_holds_the_answer_until_the_citizen_is_back(settings: Settings) -> None:
    engine = FakeEngine()
    engine.gate = asyncio.Event()
    async with kf_world(settings, engine) as (provider, _):
        provider.write("wmA", content="问题")
        await provider.call()
        await asyncio.wait_for(engine.asked.wait(), 10)
        provider.phone("wmA").state = OVER
        engine.gate.set()
        async with asyncio.timeout(60):
            while provider.calls["/cgi-bin/kf/service_state/get"] < 2:
                provider.called.clear()
                await provider.called.wait()
        provider.write("wmA", content="还在吗")
        await provider.call()
        texts = await shown(provider.phone("wmA"), "您说：还在吗")
        assert sum("您说：问题" in text for text in texts) == 1


async def test_who_enters_is_greeted_and_failures_of_the_provider_are_outlived(settings: Settings) -> None:
    async with kf_world(settings) as (provider, _):
        provider.faults["/cgi-bin/kf/sync_msg"] = deque([-1, 42001])
        provider.write("wmA", content="你好")
        provider.enter("wmB")
        await provider.call()
        answered = await shown(provider.phone("wmA"), "您说：你好")
        assert sum("您说：你好" in text for text in answered) == 1, "what was fetched again is not answered again"
        provider.write("wmB", kind="location", latitude=22.53, longitude=113.93)
        await provider.call()
        texts = await shown(provider.phone("wmB"), "广东省深圳市南山区")
        assert "您好" in texts[0]


async def test_forged_calls_are_refused(settings: Settings) -> None:
    async with kf_world(settings) as (provider, _):
        genuine = provider.account
        provider.account = type(genuine)(genuine.appid, "another token", genuine.secret, genuine.key, genuine.api)
        pushed = await provider.call()
        assert (pushed.heard, pushed.status) == (False, 403)
        assert provider.calls["/cgi-bin/kf/sync_msg"] == 0
