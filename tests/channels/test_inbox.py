"""The way in for people whom a provider names: one conversation each, limits told politely, numbers read as choices."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.dialogue.engine import Part
from bot.message import BadMessage, Inbound, Message
from bot.records import Outcome
from bot.store.schema import citizens, conversations, messages, outbox
from channels.capabilities import Capabilities
from channels.inbox import Inbox, TooFast
from channels.limits import RateLimit
from tests.fakes.service import Service, running

PLAIN = Capabilities(text_bytes=2048, buttons=0, cards=False, files=False)


def inbox_of(service: Service, per_minute: int = 0, by_channel: int = 0) -> Inbox:
    return Inbox(
        service.conversations,
        RateLimit(service.clock, 0),
        RateLimit(service.clock, per_minute),
        RateLimit(service.clock, by_channel),
        service.clock,
        {"wechat": PLAIN},
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh store of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'faxian.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path) as started:
        yield started


async def texts(service: Service, conversation: str) -> list[str]:
    return [f"{one.sender}:{one.text}" for one in await service.conversations.after(conversation, 0)]


async def test_a_person_has_one_conversation_and_is_greeted_once(store: str) -> None:
    async with running(store) as service:
        inbox = inbox_of(service)
        said, future = await inbox.hear("wechat", "openid-1", "m1", "你好")
        await future
        again, repeated = await inbox.hear("wechat", "openid-1", "m1", "你好")
        assert (again, (await repeated).repeated) == (said, True)
        other, future = await inbox.hear("wechat", "openid-2", "m1", "你好")
        await future
        assert other.conversation != said.conversation, "the same id of another person is another message"
        assert [line.split(":")[0] for line in await texts(service, said.conversation)] == ["bot", "citizen", "bot"]
        assert (await service.conversations.of("wechat", "openid-1")).id == said.conversation


@pytest.mark.parametrize("gap", [0, 0.001, 0.02, 0.1, 0.3])
async def test_two_messages_at_once_in_two_processes_make_one_conversation(postgres_url: str, gap: float) -> None:
    async with running(postgres_url) as one, running(postgres_url) as two:
        loop = asyncio.get_running_loop()
        for person in range(6):
            second = loop.create_future()
            loop.call_later(gap, second.set_result, None)
            first = asyncio.ensure_future(inbox_of(one).hear("wechat", f"p{person}", "m1", "我要离婚"))
            await asyncio.wait({second}) if gap else None
            later = asyncio.ensure_future(inbox_of(two).hear("wechat", f"p{person}", "m2", "孩子怎么办"))
            stored = {(await first)[0].conversation, (await later)[0].conversation}
            assert len(stored) == 1
        assert await one.count(conversations) == await one.count(citizens) == 6
        assert await one.count(messages, messages.c.sender == "citizen") == 12


async def test_after_a_consultation_has_ended_a_new_one_begins(service: Service) -> None:
    inbox = inbox_of(service)
    seat = await service.seat()
    said, future = await inbox.hear("wechat", "p", "m1", "转人工")
    await future
    await service.desk.claim(said.conversation, seat)
    await service.desk.close(said.conversation, seat)
    verdict, future = await inbox.hear("wechat", "p", "m2", "5")
    await future
    assert verdict.conversation == said.conversation, "the verdict belongs to what it is about"
    new, future = await inbox.hear("wechat", "p", "m3", "老板欠我工资")
    await future
    assert new.conversation != said.conversation
    again, future = await inbox.hear("wechat", "p", "m1", "转人工")
    assert again == said, "a repetition of long ago is still one"
    assert (await service.conversations.of("wechat", "p")).id == new.conversation
    with pytest.raises(BadMessage):
        await inbox.hear("wechat", "p", "m4", " ")


async def test_the_number_of_a_choice_is_read_as_the_choice(service: Service) -> None:
    inbox = inbox_of(service)
    _, future = await inbox.hear("wechat", "p", "m1", "老板欠我工资")
    await future
    stored, future = await inbox.hear("wechat", "p", "m2", "２")
    await future
    assert (stored.text, stored.parts[0].data) == ("给个人帮工", {"said": "２"})
    assert service.engine.turns[-1].text == "给个人帮工"
    again, _ = await inbox.hear("wechat", "p", "m2", "２")
    assert again == stored, "by then something else may have been offered"
    literal, future = await inbox.hear("wechat", "p", "m3", "2")
    await future
    assert literal.text == "2", "nothing was offered last"
    web, _ = await inbox.hear("other", "p", "m1", "1")
    assert web.text == "1", "where choices can be tapped numbers are numbers"


async def test_news_of_the_service_do_not_hide_what_was_offered(service: Service) -> None:
    inbox = inbox_of(service)
    said, future = await inbox.hear("wechat", "p", "m1", "老板欠我工资")
    await future
    await service.conversations.tell(said.conversation, (Part("text", "系统马上维护。"),), "news")
    await service.conversations.tell(said.conversation, (Part("text", "系统马上维护。"),), "news")
    stored, _ = await inbox.hear("wechat", "p", "m2", "第一个")
    assert stored.text == "单位员工"
    assert [line for line in await texts(service, said.conversation) if "维护" in line] == ["system:系统马上维护。"]


async def test_who_writes_too_fast_is_told_once_and_repetitions_pass(service: Service) -> None:
    inbox = inbox_of(service, per_minute=6)
    taken = [await inbox.hear("wechat", "p", f"m{number}", f"第{number}句") for number in range(2)]
    for number in range(2, 8):
        with pytest.raises(TooFast) as slow:
            await inbox.hear("wechat", "p", f"m{number}", f"第{number}句")
        assert 0 < slow.value.retry_after <= 10
    for _, future in taken:
        await future
    conversation = taken[0][0].conversation
    told = [line for line in await texts(service, conversation) if line.startswith("system")]
    assert len(told) == 1
    assert "还没有收下" in told[0]
    stored, _ = await inbox.hear("wechat", "p", "m0", "第0句")
    assert stored == taken[0][0], "the provider's repetition is not held against anybody"
    await inbox.hear("wechat", "other", "m0", "你好")
    service.clock.advance(10)
    assert (await inbox.hear("wechat", "p", "m5", "第5句"))[0].text == "第5句"
    service.clock.advance(60)
    for number in (10, 11):
        await inbox.hear("wechat", "p", f"m{number}", "快")
    for number in (12, 13):
        with pytest.raises(TooFast):
            await inbox.hear("wechat", "p", f"m{number}", "快")
    told = [line for line in await texts(service, conversation) if line.startswith("system")]
    assert len(told) == 2, "in another minute it is said again"


async def test_a_channel_has_its_limit_too(service: Service) -> None:
    inbox = inbox_of(service, by_channel=6)
    await inbox.hear("wechat", "a", "m", "你好")
    await inbox.hear("wechat", "b", "m", "你好")
    with pytest.raises(TooFast):
        await inbox.hear("wechat", "c", "m", "你好")
    await inbox.hear("weibo", "c", "m", "你好")


async def test_what_waited_for_the_citizen_is_freed_by_their_next_word(service: Service) -> None:
    inbox = inbox_of(service)
    said, future = await inbox.hear("wechat", "p", "m1", "你好")
    await future
    hold = outbox.update().values(state="held")
    await service.database.write(lambda connection: connection.execute(hold))
    _, future = await inbox.hear("wechat", "other", "m1", "你好")
    await future
    assert await service.count(outbox, outbox.c.state == "held") == 2
    _, future = await inbox.hear("wechat", "p", "m2", "还在吗")
    await future
    assert await service.count(outbox, outbox.c.state == "held") == 0
    where = select(outbox.c.conversation_id).distinct()
    rows = await service.database.read(lambda connection: list(connection.execute(where).scalars()))
    assert said.conversation in rows


async def _until(done: asyncio.Future[object], clock: object) -> None:
    """Let time pass until it is done."""
    while not done.done():
        clock.advance(0.1)  # type: ignore[attr-defined]
        await asyncio.wait({done}, timeout=0.01)


async def test_one_turn_at_a_time_in_order_across_processes(postgres_url: str) -> None:
    async with running(postgres_url) as one, running(postgres_url) as two:
        one.engine.gate, two.engine.gate = asyncio.Event(), asyncio.Event()
        _, first = await inbox_of(one).hear("wechat", "p", "m1", "头一句")
        await one.engine.asked.wait()
        said, second = await inbox_of(two).hear("wechat", "p", "m2", "下一句")
        for _ in range(20):
            two.clock.advance(0.1)
            await asyncio.wait({second}, timeout=0.01)
        assert two.engine.turns == [], "the other process is at it"
        one.engine.gate.set()
        assert (await first).replies[0].text == "（第 1 句）您说：头一句"
        two.engine.gate.set()
        await _until(second, two.clock)
        assert (await second).replies[0].text == "（第 2 句）您说：下一句"
        assert len(one.engine.turns) + len(two.engine.turns) == 2
        assert [line[:2] for line in await texts(two, said.conversation)] == ["bo", "ci", "ci", "bo", "bo"]


async def test_what_a_process_that_died_had_under_way_is_taken_up(postgres_url: str) -> None:
    async with running(postgres_url) as two:
        async with running(postgres_url) as one:
            one.engine.gate = asyncio.Event()
            said, _ = await inbox_of(one).hear("wechat", "p", "m1", "头一句")
            await one.engine.asked.wait()
        # Its lease is still there. Nobody writes, and still it is answered.
        looking = asyncio.create_task(two.conversations.run())
        done: asyncio.Future[object] = asyncio.ensure_future(two.engine.asked.wait())
        await _until(done, two.clock)
        looking.cancel()
        await two.conversations.idle()
        assert (await texts(two, said.conversation))[-1] == "bot:（第 1 句）您说：头一句"


async def test_many_messages_of_many_people_in_two_processes(postgres_url: str) -> None:
    """In whatever order they come, each is answered once and each person's answers count up without a gap."""
    people = [secrets.token_hex(8) for _ in range(5)]
    async with running(postgres_url) as one, running(postgres_url) as two:
        inboxes = [inbox_of(one), inbox_of(two)]

        async def talk(person: str) -> str:
            futures = []
            for number in range(8):
                said, future = await inboxes[number % 2].hear("wechat", person, f"m{number}", f"话{number}")
                futures.append(future)
            waiting = asyncio.ensure_future(asyncio.gather(*futures))
            while not waiting.done():
                one.clock.advance(0.05)
                two.clock.advance(0.05)
                await asyncio.wait({waiting}, timeout=0.01)
            return said.conversation

        for conversation in await asyncio.gather(*map(talk, people)):
            answers = [line for line in await texts(one, conversation) if line.startswith("bot:（")]
            assert answers == [f"bot:（第 {number + 1} 句）您说：话{number}" for number in range(8)]
        assert len(one.engine.turns) + len(two.engine.turns) == 40


async def test_what_comes_again_before_it_is_answered_is_stored_once_and_answered_alike(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(store) as service:
        inbox = inbox_of(service)
        stored: list[str] = []
        submit = service.conversations.submit

        async def counted(inbound: Inbound) -> tuple[Message, asyncio.Future[Outcome]]:
            stored.append(inbound.message_id)
            return await submit(inbound)

        monkeypatch.setattr(service.conversations, "submit", counted)
        tries = await asyncio.gather(*(inbox.hear("wechat", "openid-1", "m1", "你好") for _ in range(3)))
        outcomes = [await outcome for _, outcome in tries]
        assert stored == ["m1"]
        assert len({(message.conversation, message.seq) for message, _ in tries}) == 1
        assert [outcome.repeated for outcome in outcomes] == [False, True, True]
        assert all(outcome.replies == outcomes[0].replies for outcome in outcomes)
        _, late = await inbox.hear("wechat", "openid-1", "m1", "你好")
        assert (await late).repeated
        assert stored == ["m1", "m1"], "from then on the store knows it"
