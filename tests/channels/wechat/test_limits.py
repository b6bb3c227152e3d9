"""What the provider refuses: tokens that end, messages that are too many, too late, too long. Nothing gets lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.clock import SystemClock
from bot.dialogue.engine import Part, Reply, Turn
from bot.settings import Settings
from bot.store.database import Database
from bot.store.provider_tokens import TokenStore
from bot.store.schema import outbox
from channels.wechat.access_token import AccessToken
from channels.wechat.channel import WeChatChannel
from tests.fakes.clock import VirtualClock
from tests.fakes.wechat import World, world

SEND = "/cgi-bin/message/custom/send"
NOTIFY = "/cgi-bin/message/subscribe/bizsend"


class Talkative:
    """Answers with as many pieces as the message says, each too long to be joined to another."""

    async def respond(self, turn: Turn) -> Reply:
        pieces = "".join(f"第{number}段{'话' * 560}。\n" for number in range(int(turn.text)))
        return Reply((Part("text", pieces or "好的。"),), {})


async def waiting(settings: Settings) -> list[tuple[str, int]]:
    """State of each letter, and how many pieces of it have arrived."""
    database = Database(settings.store_url)
    await database.open()
    rows = select(outbox.c.state, outbox.c.sent).where(outbox.c.state != "answered")
    found = await database.read(lambda connection: [tuple(row) for row in connection.execute(rows)])
    await database.close()
    return found


async def letters_are(settings: Settings, wanted: list[tuple[str, int]]) -> None:
    """Sooner or later."""
    async with asyncio.timeout(60):
        while await waiting(settings) != wanted:
            pass  # looking takes long enough


@pytest.fixture
async def wechat(settings: Settings) -> AsyncIterator[World]:
    async with world(replace(settings, wechat_template="tpl"), engine=Talkative()) as made:
        yield made


async def test_what_is_more_than_five_waits_for_the_citizen_and_then_comes(wechat: World, settings: Settings) -> None:
    someone = wechat.openid()
    phone = wechat.provider.phone(someone)
    phone.subscribed = True
    await wechat.provider.say(someone, "0")
    await wechat.provider.say(someone, "8")
    await phone.until_shown(6, 60)
    await wechat.provider.until_called(SEND, 5)
    assert "再" not in phone.texts[-2]
    assert phone.texts[-1].endswith("我接着发。）")
    await letters_are(settings, [("held", 5)])
    assert wechat.provider.calls[SEND] == 5, "what may not go is not even tried"
    await wechat.provider.say(someone, "0")
    shown = await phone.until_shown(10, 60)
    numbers = [text[1] for text in shown if text.startswith("第")]
    assert numbers == [str(number) for number in range(8)], "each piece once, in order"
    await letters_are(settings, [])


@pytest.mark.parametrize("code", [45015, 45047])
async def test_what_the_provider_refuses_is_held_and_told_by_a_subscribe_message(
    wechat: World, settings: Settings, code: int
) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "0")
    await wechat.provider.allow_notice(someone, "tpl")
    wechat.provider.faults[SEND] = deque([code])
    await wechat.provider.say(someone, "3")
    await wechat.provider.until_called(SEND, 1)
    await letters_are(settings, [("held", 0)])
    await wechat.provider.phone(someone).until_shown(2, 60)
    assert wechat.provider.phone(someone).shown[-1].how == "notice"
    assert "法律咨询有新的回复" in wechat.provider.phone(someone).texts[-1]
    await wechat.provider.say(someone, "0")
    shown = await wechat.provider.phone(someone).until_shown(6, 60)
    assert wechat.provider.calls[NOTIFY] == 1
    assert [text[:3] for text in shown if text.startswith("第")] == ["第0段", "第1段", "第2段"]
    await letters_are(settings, [])


async def test_who_is_busy_is_asked_again(wechat: World, settings: Settings) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "0")
    wechat.provider.faults[SEND] = deque([500, -1])
    await wechat.provider.say(someone, "2")
    await wechat.provider.phone(someone).until_shown(3, 60)
    await letters_are(settings, [])
    assert not wechat.provider.faults[SEND], "both failures were met"
    assert len(wechat.provider.phone(someone).shown) == 3


async def test_the_days_calls_are_used_up_the_letter_waits_and_is_not_given_up(
    wechat: World, settings: Settings
) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "0")
    wechat.provider.faults[SEND] = deque([45009])
    await wechat.provider.say(someone, "2")
    await wechat.provider.until_called(SEND, 1)
    await letters_are(settings, [("due", 0)])
    assert wechat.provider.calls[SEND] == 1, "an hour is waited before the next"


async def test_what_is_too_long_for_the_provider_is_split_again(wechat: World, settings: Settings) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "0")
    wechat.provider.faults[SEND] = deque([45002])
    await wechat.provider.say(someone, "2")
    shown = (await wechat.provider.phone(someone).until_shown(4, 60))[1:]
    assert "".join(shown).replace("\n", "").count("话") == 2 * 560
    await letters_are(settings, [])


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_refused_token_is_fetched_anew_once(wechat: World, code: int) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "0")
    wechat.provider.faults[SEND] = deque([code])
    await wechat.provider.say(someone, "2")
    await wechat.provider.phone(someone).until_shown(3, 60)
    assert wechat.provider.calls[SEND] == 3


async def test_all_tokens_end_and_the_next_call_has_a_new_one(wechat: World) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "0")
    await wechat.provider.say(someone, "2")
    await wechat.provider.phone(someone).until_shown(3, 60)
    wechat.provider.expire_tokens()
    await wechat.provider.say(someone, "2")
    await wechat.provider.phone(someone).until_shown(5, 60)
    assert wechat.provider.calls["/cgi-bin/stable_token"] == 2


async def test_who_has_unsubscribed_gets_nothing_before_they_are_back(wechat: World, settings: Settings) -> None:
    someone = wechat.openid()
    await wechat.provider.say(someone, "0")
    await wechat.provider.event(someone, "unsubscribe")
    pushed = await wechat.provider.event(someone, "subscribe", at=int(SystemClock().now().timestamp()) + 5)
    assert pushed.heard
    shown = await wechat.provider.phone(someone).until_shown(2, 60)
    assert shown[-1].startswith("欢迎回来")


# Tokens


class Source:
    """Gives tokens out; each lives for two hours."""

    def __init__(self) -> None:
        self.given = 0
        self.asked = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def fetch(self) -> tuple[str, float]:
        self.given += 1
        self.asked.set()
        number = self.given
        await self.gate.wait()
        return f"token {number}", 7200.0


@pytest.fixture
async def records(store_url: str) -> AsyncIterator[TokenStore]:
    database = Database(store_url)
    await database.open()
    yield TokenStore(database)
    await database.close()


async def test_one_process_fetches_and_all_have_it(records: TokenStore) -> None:
    source, clock = Source(), SystemClock()
    tokens = [AccessToken(records, "wechat:a", source.fetch, clock) for _ in range(5)]
    assert set(await asyncio.gather(*(one.get() for one in tokens))) == {"token 1"}
    assert source.given == 1


async def test_it_is_fetched_ahead_of_its_end_while_the_old_one_serves(records: TokenStore) -> None:
    source, clock = Source(), VirtualClock()
    one, other = (AccessToken(records, "wechat:a", source.fetch, clock) for _ in range(2))
    assert await one.get() == await other.get() == "token 1"
    clock.advance(7200 - 200)
    source.gate.clear()
    source.asked.clear()
    fetching = asyncio.create_task(one.get())
    await asyncio.wait_for(source.asked.wait(), 60)
    assert await other.get() == "token 1", "while it is fetched, the old one is good"
    source.gate.set()
    assert await fetching == "token 2"
    assert await other.get() == "token 2"


async def test_a_process_that_dies_over_it_holds_up_the_others_for_a_while_only(records: TokenStore) -> None:
    clock = VirtualClock()
    now = clock.now()
    assert await records.lease("wechat:a", "dead", now, now.replace(minute=now.minute + 1))
    source = Source()
    asking = asyncio.create_task(AccessToken(records, "wechat:a", source.fetch, clock).get())
    async with asyncio.timeout(60):
        while not asking.done():
            clock.advance(5)
            await records.get("wechat:a")  # which lets the asker look, too
    assert asking.result() == "token 1"


async def test_one_that_cannot_be_fetched_is_tried_by_the_next(records: TokenStore) -> None:
    async def fails() -> tuple[str, float]:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await AccessToken(records, "wechat:a", fails, SystemClock()).get()
    assert await AccessToken(records, "wechat:a", Source().fetch, SystemClock()).get() == "token 1"


def test_capabilities_leave_room_for_the_hint() -> None:
    assert (WeChatChannel.capabilities.text_bytes or 0) < 2048
