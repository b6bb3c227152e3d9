"""Citizens on Weibo, by the provider's simulator, through the real endpoint."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession

from bot.settings import Settings
from channels.providers.passive import WITHIN
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.weibo.provider import Provider
from tests.fakes.weibo.world import world

_PEOPLE = itertools.count(2489518277)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


@pytest.fixture
def someone() -> int:
    return next(_PEOPLE)


@pytest.fixture
async def weibo(settings: Settings) -> AsyncIterator[Provider]:
    async with world(settings) as (provider, _):
        yield provider


async def test_a_citizen_is_answered_in_the_response(weibo: Provider, someone: int) -> None:
    first = await weibo.happens(someone, "follow")
    assert first.answer.startswith("您好，我是法线")
    assert "1. 老板拖欠工资" in first.answer
    said = await weibo.say(someone, "老板拖欠我的钱")
    assert (said.status, said.tries) == (200, 1)
    assert said.seconds < 4.5
    shown = await weibo.until_says(someone, "（第 1 句）您说：老板拖欠我的钱")
    if said.seconds < WITHIN:  # on a machine that is busy with other tests the answer may come too late for it
        assert shown[-1].how == "response"


async def test_a_slow_answer_is_acknowledged_and_sent_afterwards(settings: Settings, someone: int) -> None:
    async with world(settings, FakeEngine(slow=2.5)) as (weibo, _):
        pushed = await weibo.say(someone, "慢慢说")
        assert (pushed.status, pushed.answer) == (200, "")
        shown = await weibo.until_says(someone, "（第 1 句）您说：慢慢说")
        assert {one.how for one in shown} == {"reply"}


async def test_the_same_message_in_two_processes_is_one_turn(settings: Settings, someone: int) -> None:
    engine = FakeEngine()
    async with world(settings, engine, processes=2) as (weibo, addresses):
        told = weibo.message(someone, "在吗")
        await weibo.push(told)
        weibo.service_url = addresses[1]
        again = await weibo.push(told)
        assert again.status == 200
        assert len(engine.turns) == 1


async def test_two_messages_of_one_second_are_two(weibo: Provider, someone: int) -> None:
    at = datetime.now(UTC)
    first = await weibo.push(weibo.message(someone, "第一件事", at=at))
    second = await weibo.push(weibo.message(someone, "第二件事", at=at))
    assert first.answer.endswith("您说：第一件事")
    assert second.answer == "（第 2 句）您说：第二件事"


async def test_who_unfollows_is_written_to_again_after_they_write(weibo: Provider, someone: int) -> None:
    await weibo.say(someone, "在吗")
    left = await weibo.happens(someone, "unfollow")
    assert left.answer == ""
    before = weibo.calls
    weibo.unfollowed.clear()
    said = await weibo.say(someone, "我又来了")
    assert said.answer.endswith("您说：我又来了")
    assert weibo.calls == before


async def test_errors_of_the_moment_are_waited_out(settings: Settings, someone: int) -> None:
    async with world(settings, FakeEngine(slow=2.0)) as (weibo, _):
        weibo.refusals = [1, 20019]
        await weibo.say(someone, "慢慢说")
        shown = await weibo.until_says(someone, "（第 1 句）您说：慢慢说")
        assert sum(one.text.endswith("您说：慢慢说") for one in shown) == 1


async def test_who_names_us_in_public_is_asked_into_private(weibo: Provider, someone: int) -> None:
    told = weibo.message(someone, "@法线 老板欠我钱", "mention", subtype="status", key="1201000000")
    answered = await weibo.push(told)
    assert "私信" in answered.answer
    assert "老板" not in answered.answer
    greeted = await weibo.happens(someone, "subscribe")
    assert greeted.answer.startswith("您好，我是法线"), "nothing of it was kept"


@pytest.mark.parametrize("subtype", ["unsubscribe", "view", "of_another_year"])
async def test_what_needs_no_answer_gets_none(weibo: Provider, someone: int, subtype: str) -> None:
    happened = await weibo.happens(someone, subtype)
    assert (happened.status, happened.answer) == (200, "")


async def test_a_click_is_what_its_key_says(weibo: Provider, someone: int) -> None:
    clicked = await weibo.happens(someone, "click", "转人工")
    assert clicked.status == 200
    assert "值班" in clicked.answer or (await weibo.until_shown(someone, 1))


async def test_a_picture_is_kept_if_the_citizen_wants(weibo: Provider, someone: int) -> None:
    weibo.files["77"] = JPEG
    await weibo.push(weibo.message(someone, "发了一张图片", "image", vfid=1, tovfid=77))
    shown = await weibo.until_shown(someone, 2)
    assert "要存进您的事项" in shown[-1].text
    kept = await weibo.say(someone, "存进材料")
    assert "已经存进事项" in kept.answer


async def test_voice_without_recogniser_is_asked_for_in_writing(weibo: Provider, someone: int) -> None:
    await weibo.push(weibo.message(someone, "发了一段语音", "voice", vfid=1, tovfid=78))
    shown = await weibo.until_shown(someone, 2)
    assert "打字" in shown[-1].text


async def test_the_address_is_checked_by_get(weibo: Provider) -> None:
    async with ClientSession() as session:
        query = {**weibo.signed(), "echostr": "dnPdpTZz85"}
        async with session.get(weibo.service_url, params=query) as answer:
            assert (answer.status, await answer.text()) == (200, "dnPdpTZz85")
        async with session.get(weibo.service_url, params={**query, "signature": "0" * 40}) as answer:
            assert (answer.status, await answer.text()) == (403, "")


async def test_under_a_signature_that_was_seen_nothing_else_comes(weibo: Provider, someone: int) -> None:
    query, told = weibo.signed(), weibo.message(someone, "在吗")
    assert (await weibo.push(told, query)).status == 200
    assert (await weibo.push(told, query)).status == 200
    assert (await weibo.push(weibo.message(someone + 1, "我是别人"), query)).status == 403


async def test_what_is_forged_stale_or_broken_is_refused_and_nothing_of_it_logged(
    weibo: Provider, someone: int, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "我丈夫打我"
    told = weibo.message(someone, secret)
    assert (await weibo.push(told, weibo.signed(secret="guessed"))).status == 403
    assert (await weibo.push(told, weibo.signed(at=time.time() - 601))).status == 403
    assert (await weibo.push(told, {"signature": "", "timestamp": "", "nonce": ""})).status == 403
    for body in (b"", b"{", b"\xff\xfe", b"[]", b"[" * 60_000, b'{"type": 1}', b'{"type": "text", "data": 7}'):
        assert (await weibo.push(body)).status == 400
    assert (await weibo.push(b'"' + b"x" * 1_000_000 + b'"')).status in (0, 400)
    assert secret not in caplog.text


async def test_many_at_once_are_each_answered_once(weibo: Provider) -> None:
    people = [next(_PEOPLE) for _ in range(20)]
    weibo.patience = 60.0  # how fast it is depends on the machine, and is measured elsewhere
    pushed = await asyncio.gather(*(weibo.say(one, "在吗") for one in people))
    assert {one.status for one in pushed} == {200}
    for one in people:
        shown = await weibo.until_says(one, "您说：在吗")
        assert sum(said.text.count("您说：在吗") for said in shown) == 1
