"""One citizen on two channels: by a code and their consent, with the matter's history, and back again."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.linking import AGREE, DECLINE, LIFE, MOST_TRIES
from bot.store.channel_schema import link_codes
from bot.store.schema import citizens, conversations, matters
from tests.fakes.service import Service, inbound, running


@pytest.fixture(params=("sqlite", "postgresql"))
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh store: every test here runs on both databases."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'faxian.db'}"


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


class Person:
    """Talks in one conversation."""

    def __init__(self, service: Service, conversation: str, channel: str) -> None:
        self.service, self.id, self.channel, self.said = service, conversation, channel, 0

    async def say(self, text: str) -> str:
        """What is answered."""
        self.said += 1
        outcome = await self.service.conversations.handle(inbound(self.id, f"m{self.said}", text, self.channel))
        self.matter = outcome.matter
        return "\n".join(reply.text for reply in outcome.replies)

    async def last(self) -> str:
        return (await self.service.conversations.after(self.id, 0))[-1].text


@pytest.fixture
async def web(service: Service) -> Person:
    return Person(service, await service.opened(), "web")


@pytest.fixture
async def wechat(service: Service) -> Person:
    return Person(service, (await service.conversations.of("wechat", "openid")).id, "wechat")


async def code_of(person: Person) -> str:
    found = re.search(r"绑定码是 (\d{8})", await person.say("我想绑定微信"))
    assert found is not None
    return found[1]


async def test_the_history_follows_and_there_is_a_way_back(service: Service, web: Person, wechat: Person) -> None:
    await web.say("老板欠我工资")
    first = web.matter
    code = await code_of(web)
    asked = await wechat.say(f"绑定 {code}")
    assert first in asked
    assert "微信" not in asked
    own = wechat.matter
    answer = await wechat.say(AGREE)
    assert "绑定好了" in answer
    assert wechat.matter == first
    assert service.engine.turns[-1].recalled["found"] is True, "the engine goes on with it"
    assert service.engine.turns[-1].state.get("open"), "with all that was told on the other channel"
    assert "如果不是您本人操作" in await web.last()
    assert await service.count(matters, matters.c.number == own, matters.c.merged_into == first) == 1
    assert await service.count(citizens, citizens.c.person.is_not(None)) == 2

    assert "已经解除" in await wechat.say("解除绑定")
    assert wechat.matter not in (first, own)
    assert "已经解除" in await web.last()
    assert await service.count(citizens, citizens.c.person.is_not(None)) == 0
    await wechat.say("你好")
    assert service.engine.turns[-1].state.get("open") is None, "nothing of the other channel is left here"
    await web.say("好的")
    assert web.matter == first
    assert await service.count(matters, matters.c.number == first, matters.c.conversation_id == web.id) == 1
    assert "没有绑定" in await web.say("解绑")


async def test_who_has_a_matter_of_their_own_keeps_it_and_both_are_linked(
    service: Service, web: Person, wechat: Person
) -> None:
    await web.say("老板欠我工资")
    await wechat.say("我要选择")
    own = wechat.matter
    code = await code_of(web)
    await wechat.say(code)
    assert web.matter in await wechat.say(AGREE)
    assert wechat.matter == own


async def test_nothing_happens_without_consent(service: Service, web: Person, wechat: Person) -> None:
    await web.say("老板欠我工资")
    code = await code_of(web)
    await wechat.say(f"绑定{code}")
    assert "没有绑定" in await wechat.say(DECLINE)
    assert "不对" in await wechat.say(f"绑定{code}"), "the code is used up"
    assert await service.count(citizens, citizens.c.person.is_not(None)) == 0
    assert "您说" in await wechat.say(AGREE), "nothing is asked any more"


async def test_a_code_is_good_for_one_person_elsewhere_and_ten_minutes(
    service: Service, web: Person, wechat: Person
) -> None:
    code = await code_of(web)
    assert "另一个渠道" in await web.say(code)
    other = Person(service, (await service.conversations.of("weibo", "uid")).id, "weibo")
    await wechat.say(f"绑定：{code}")
    assert "不对" in await other.say(f"绑定 {code}"), "somebody else has typed it"
    again = await code_of(web)
    assert again != code
    assert "不对" in await wechat.say(f"绑定 {code}"), "a new one takes the place of the old"
    service.clock.advance(LIFE.total_seconds())
    assert "过期" in await wechat.say(f"绑定 {again}")
    await code_of(web)
    assert await service.count(link_codes) == 1, "old ones are not kept"


async def test_codes_cannot_be_guessed(service: Service, web: Person, wechat: Person) -> None:
    code = await code_of(web)
    for _ in range(MOST_TRIES):
        assert "不对" in await wechat.say("绑定 00000000")
    assert "太多次" in await wechat.say(f"绑定 {code}")
    assert "您说" in await wechat.say(code), "a number alone is left to the engine"
    service.clock.advance(LIFE.total_seconds())
    fresh = await code_of(web)
    assert "同意绑定吗" in await wechat.say(fresh)


async def test_the_same_words_again_after_a_crash_do_the_same(service: Service, web: Person, wechat: Person) -> None:
    await web.say("老板欠我工资")
    code = await code_of(web)
    await wechat.say(f"绑定 {code}")
    await wechat.say(AGREE)
    assert "绑定好了" in await wechat.say(AGREE)
    assert [one.text for one in await service.conversations.after(web.id, 0)].count(await web.last()) == 1
    assert wechat.matter == web.matter


@pytest.mark.parametrize("text", ["20261123", "绑定合同是什么意思", "关联公司欠我工资", "13800138000", "12345678 元"])
async def test_what_is_not_said_to_the_service_is_the_engines(wechat: Person, text: str) -> None:
    assert "绑定码" not in await wechat.say(text)


async def test_three_channels_are_one_and_one_leaves(service: Service, web: Person, wechat: Person) -> None:
    weibo = Person(service, (await service.conversations.of("weibo", "uid")).id, "weibo")
    await web.say("老板欠我工资")
    for other in (wechat, weibo):
        await other.say(f"绑定 {await code_of(web)}")
        await other.say(AGREE)
    assert await service.count(citizens, citizens.c.person.is_not(None)) == 3
    await weibo.say("取消绑定")
    assert await service.count(citizens, citizens.c.person.is_not(None)) == 2
    assert await service.count(conversations, conversations.c.matter == web.matter) == 2
