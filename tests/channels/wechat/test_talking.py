"""Citizens of the official account, by the provider's simulator, through the real endpoint: in every mode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.settings import Settings
from channels.wechat.simulator.pushing import Mode
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.wechat import World, world

MODES: tuple[Mode, ...] = ("plain", "compatible", "safe")


async def shown(made: World, someone: str, *parts: str) -> list[str]:
    """All that is on the screen, once all of these are in it."""
    phone = made.provider.phone(someone)
    async with asyncio.timeout(60):
        while not all(any(part in text for text in phone.texts) for part in parts):
            phone.news.clear()
            await phone.news.wait()
    return phone.texts


@pytest.fixture
async def wechat(settings: Settings) -> AsyncIterator[World]:
    async with world(settings) as made:
        yield made


@pytest.mark.parametrize("mode", MODES)
async def test_a_citizen_talks_and_is_answered_in_the_response(settings: Settings, mode: Mode) -> None:
    async with world(settings, mode) as made:
        someone = made.openid()
        first = await made.provider.say(someone, "老板拖欠我的钱")
        assert first.heard
        assert first.tries == 1
        assert first.answer.startswith("您好，我是法线")
        assert "1. 老板拖欠工资" in first.answer
        assert first.answer.endswith("\n\n（第 1 句）您说：老板拖欠我的钱")
        second = await made.provider.say(someone, "还有呢")
        assert second.answer == "（第 2 句）您说：还有呢"
        assert made.provider.phone(someone).texts[1:] == ["（第 2 句）您说：还有呢"]


@pytest.mark.usefixtures("hurried")
async def test_an_answer_that_takes_long_is_not_waited_for_and_sent_afterwards(settings: Settings) -> None:
    engine = FakeEngine()
    engine.gate = asyncio.Event()
    async with world(settings, engine=engine) as made:
        someone = made.openid()
        pushed = await made.provider.say(someone, "你好")
        assert pushed.heard, "within the five seconds, while the engine has not answered"
        assert pushed.answer == ""
        assert pushed.tries == 1
        engine.gate.set()
        assert (await shown(made, someone, "您说：你好"))[-1] == "（第 1 句）您说：你好"
        assert made.provider.phone(someone).shown[-1].how == "custom"
        assert len(engine.turns) == 1


async def test_a_choice_is_made_by_its_number(wechat: World) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "工资")
    chosen = await wechat.provider.say(someone, "２")
    assert chosen.answer.endswith("您说：给个人帮工")


async def test_what_ends_a_cdata_section_is_shown_as_it_was_written(wechat: World) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "你好")
    odd = "]]></Content><MsgType>image</MsgType> &lt; <b>]]>"
    pushed = await wechat.provider.say(someone, odd)
    assert pushed.answer == f"（第 2 句）您说：{odd}"


async def test_the_same_message_again_is_one_turn_and_answered_as_before(wechat: World) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "你好")
    msgid = wechat.provider.next_id()
    first = await wechat.provider.say(someone, "我要离婚", msgid)
    again = await wechat.provider.say(someone, "我要离婚", msgid)
    assert first.answer == again.answer == "（第 2 句）您说：我要离婚"
    assert len(wechat.engine.turns) == 2


@pytest.mark.usefixtures("hurried")
async def test_a_repetition_while_the_turn_is_under_way_is_one_turn_and_one_answer(settings: Settings) -> None:
    engine = FakeEngine()
    async with world(settings, engine=engine) as made:
        someone, msgid = made.openid(), made.provider.next_id()
        engine.gate = asyncio.Event()
        pushes = [asyncio.create_task(made.provider.say(someone, "你好", msgid)) for _ in range(3)]
        await asyncio.gather(*pushes)
        engine.gate.set()
        await shown(made, someone, "您说：你好")
        await made.provider.say(someone, "在吗")
        told = "\n".join(await shown(made, someone, "您说：在吗"))
        assert told.count("您说：你好") == told.count("您说：在吗") == 1
        assert len(engine.turns) == 2


async def test_after_a_restart_a_repetition_is_answered_as_before(wechat: World) -> None:
    someone, msgid = wechat.openid(), wechat.provider.next_id()
    await wechat.provider.say(someone, "你好")
    first = await wechat.provider.say(someone, "我要离婚", msgid)
    await wechat.stop(wechat.servers[0])
    await wechat.start()
    again = await wechat.provider.say(someone, "我要离婚", msgid)
    assert again.answer == first.answer
    assert len(wechat.engine.turns) == 2


@pytest.mark.usefixtures("hurried")
async def test_what_went_by_customer_service_is_not_said_again_in_the_response(settings: Settings) -> None:
    engine = FakeEngine()
    engine.gate = asyncio.Event()
    async with world(settings, engine=engine) as made:
        someone, msgid = made.openid(), made.provider.next_id()
        await made.provider.say(someone, "你好", msgid)
        engine.gate.set()
        before = await shown(made, someone, "您说：你好")
        again = await made.provider.say(someone, "你好", msgid)
        assert again.heard
        assert again.answer == ""
        assert made.provider.phone(someone).texts == before


async def test_two_messages_at_once_of_somebody_new_are_one_conversation_in_order(wechat: World) -> None:
    someone = wechat.openid()
    await asyncio.gather(wechat.provider.say(someone, "第一句"), wechat.provider.say(someone, "第二句"))
    await shown(wechat, someone, "您说：第一句", "您说：第二句")
    told = "\n".join(wechat.provider.phone(someone).texts)
    assert told.count("您好，我是法线") == 1
    assert told.index("您好") < told.index("（第 1 句）") < told.index("（第 2 句）")
    assert len({turn.conversation for turn in wechat.engine.turns}) == 1


async def test_long_answers_are_split_at_sentences_within_the_bytes(wechat: World) -> None:
    someone = wechat.openid()
    long = "".join(f"第{number}句话说的是同一件事情。" for number in range(140))
    await wechat.provider.say(someone, "你好")
    await wechat.provider.say(someone, long)
    pieces = (await wechat.provider.phone(someone).until_shown(4, 60))[1:]
    assert all(len(text.encode()) <= 2048 for text in pieces)
    assert all(text.endswith("。") for text in pieces[:-1])
    assert "".join(pieces).endswith(long)


async def test_two_processes_on_one_store_are_one_service(postgres_url: str, settings: Settings) -> None:
    """The same message in both at once, and after its answer, is one turn and one answer."""
    async with world(replace(settings, database_url=postgres_url), "safe") as made:
        first = made.address(made.servers[0])
        second = made.address(await made.start())
        provider, someone = made.provider, made.openid()
        for number in range(6):
            text, msgid = f"第{number}件事", provider.next_id()
            pushes = []
            for where in (first, second, first):
                provider.service_url = where
                pushes.append(asyncio.create_task(provider.say(someone, text, msgid)))
                await asyncio.sleep(0)  # the push has read the address
            heard = await asyncio.gather(*pushes)
            assert all(one.heard for one in heard)
            await shown(made, someone, f"您说：{text}")
            # The provider shows one answer to a message, however often it heard it.
            assert len({one.answer for one in heard if one.answer}) <= 1
        told = "\n".join(dict.fromkeys(provider.phone(someone).texts))
        assert [told.count(f"您说：第{number}件事") for number in range(6)] == [1] * 6
        assert [turn.text for turn in made.engine.turns] == [f"第{number}件事" for number in range(6)]
        assert provider.calls["/cgi-bin/stable_token"] <= 1
