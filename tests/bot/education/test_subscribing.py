"""Subscribing to the question of the day, asked twice, and stopping it, by the citizen's words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.education.wish import read_daily
from bot.store.channel_schema import subscriptions
from bot.store.subscriptions import SubscriptionStore
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path) as started:
        yield started


async def say(service: Service, number: int, text: str, channel: str = "wechat") -> str:
    conversation = (await service.conversations.of(channel, "someone")).id
    outcome = await service.conversations.handle(inbound(conversation, f"m{number}", text, channel))
    return "\n".join(reply.text for reply in outcome.replies)


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("订阅每日一题", ("start", True)),
        ("我想订阅每日一题。", ("start", True)),
        ("訂閱每日一題", ("start", True)),
        ("每天给我发一道题", ("start", True)),
        ("能不能每天给我发一条普法知识吗？", ("start", True)),
        ("每日一题每天发给我", ("start", True)),
        ("每天给我发", ("start", False)),
        ("天天给我发吧", ("start", False)),
        ("订阅", ("start", False)),
        ("退订每日一题", ("stop", True)),
        ("「退订每日一题」", ("stop", True)),
        ("取消每日一题", ("stop", True)),
        ("不要每天给我发题了", ("stop", True)),
        ("不订阅每日一题了", ("stop", True)),
        ("退订", ("stop", False)),
        ("别再发了", ("stop", False)),
        ("请你们别再给我发了", ("stop", False)),
        ("取消订阅", ("stop", False)),
        ("不想收了", ("stop", False)),
        ("每日一题", None),
        ("怎么在微信上订阅", None),
        ("他每天给我发骚扰短信", None),
        ("退订酒店不给退钱", None),
        ("不要发短信了", None),
        ("我要退订机票", None),
        ("老板不发工资了", None),
        ("别发工资条了", None),
    ],
)
def test_only_a_message_that_is_nothing_else_is_such_a_wish(words: str, means: tuple[str, bool] | None) -> None:
    assert read_daily(words) == means


async def test_it_is_kept_once_and_stopped_by_a_word(service: Service) -> None:
    kept = await say(service, 1, "订阅每日一题")
    assert "每天9点" in kept
    assert "两天内" in kept, "what WeChat lets us do is said"
    assert "退订" in kept
    assert await service.count(subscriptions) == 1
    service.clock.advance(1)
    assert "已经订阅" in await say(service, 2, "每天给我发")
    assert await service.count(subscriptions) == 1
    assert "不再发了" in await say(service, 3, "别再发了")
    assert await service.count(subscriptions) == 0
    assert "没有订阅" in await say(service, 4, "退订每日一题")
    assert "您说：退订" in await say(service, 5, "退订"), "of a hotel, perhaps: the engine's"


async def test_the_same_message_acted_on_twice_is_told_the_same(service: Service) -> None:
    await say(service, 1, "订阅每日一题")
    aside = service.conversations._answering._asides[2]
    conversation = (await service.conversations.of("wechat", "someone")).id
    first = next(one for one in await service.conversations.after(conversation, 0) if one.sender == "citizen")
    said = await aside.answer(first)
    assert said is not None
    assert "每天9点" in said.parts[0].text
    assert "已经" not in said.parts[0].text


@pytest.mark.parametrize("channel", ["web", "voice", "weibo", "wechat_kf"])
async def test_where_nothing_can_be_pushed_the_engine_says_so(service: Service, channel: str) -> None:
    assert "您说：订阅每日一题" in await say(service, 1, "订阅每日一题", channel)
    assert await service.count(subscriptions) == 0


async def test_who_leaves_the_account_is_subscribed_no_more(service: Service) -> None:
    await say(service, 1, "订阅每日一题")
    store = SubscriptionStore(service.database)
    await store.left("another")
    assert await service.count(subscriptions) == 1
    await store.left("someone")
    assert await service.count(subscriptions) == 0
