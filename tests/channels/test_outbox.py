"""The sender: at least once, in order per conversation, patient with a provider that fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.desk.letters import Letters
from bot.desk.refused import Refused
from bot.dialogue.engine import Part
from bot.message import Inbound, Message
from bot.sms import SmsFailed, SmsFile
from bot.store.channel_schema import phones, sms
from bot.store.dead_letters import LetterStore
from bot.store.outbox import OutboxStore
from bot.store.schema import audit, conversations, outbox
from bot.store.sms import SmsStore, write
from channels.capabilities import Capabilities
from channels.delivery import DeliveryFailed
from channels.outbox import GIVE_UP, Sender
from channels.rendering import Piece
from channels.sms import SmsSender
from tests.fakes.service import Service, inbound, running


class Provider:
    """Takes messages, or refuses the next few."""

    capabilities = Capabilities()

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.refuse: set[str] = set()

    async def send(self, message: Message, _address: str) -> None:
        if message.conversation in self.refuse:
            raise DeliveryFailed("refused")
        self.taken.append((message.conversation, message.seq))


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


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def sender(service: Service, provider: Provider) -> Sender:
    return Sender(OutboxStore(service.database), {"web": provider}, service.clock)


async def test_letters_are_delivered_once_and_forgotten(service: Service, provider: Provider, sender: Sender) -> None:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "你好"))
    await sender.deliver_due()
    await sender.deliver_due()
    assert provider.taken == [(conversation, 1), (conversation, 3)]
    assert await service.count(outbox) == 0


async def test_a_failed_letter_is_tried_again_and_nothing_overtakes_it(
    service: Service, provider: Provider, sender: Sender
) -> None:
    stuck, free = await service.opened(), await service.opened()
    provider.refuse.add(stuck)
    await sender.deliver_due()
    provider.refuse.clear()
    await service.conversations.handle(inbound(stuck, "a", "你好"))
    await sender.deliver_due()
    assert provider.taken == [(free, 1)], "the later message waits behind the earlier one"
    service.clock.advance(2)
    await sender.deliver_due()
    assert provider.taken == [(free, 1), (stuck, 1), (stuck, 3)]


async def test_a_letter_that_never_arrives_is_set_aside_and_kept(
    service: Service, provider: Provider, sender: Sender
) -> None:
    conversation = await service.opened()
    provider.refuse.add(conversation)
    for _ in range(GIVE_UP + 3):
        await sender.deliver_due()
        service.clock.advance(400)
    assert await service.count(outbox, outbox.c.state == "dead") == 1
    provider.refuse.clear()
    await sender.deliver_due()
    assert provider.taken == []


async def test_a_letter_written_before_a_crash_is_delivered_after_it(store_url: str, provider: Provider) -> None:
    async with running(store_url) as crashing:
        conversation = await crashing.opened()
    async with running(store_url) as restarted:
        await Sender(OutboxStore(restarted.database), {"web": provider}, restarted.clock).deliver_due()
    assert provider.taken == [(conversation, 1)]


async def test_conversations_that_fetch_get_no_letters(service: Service) -> None:
    await service.opened("api")
    assert await service.count(outbox) == 0


async def test_the_running_sender_wakes_and_outlives_a_failing_store(
    service: Service, provider: Provider, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = sender._store
    due, failures = store.due, [OSError("disk"), OSError("disk")]

    async def failing(*arguments: object) -> object:
        if failures:
            raise failures.pop()
        return await due(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "due", failing)
    running_sender = asyncio.create_task(sender.run())
    conversation = await service.opened()
    async with asyncio.timeout(10):
        while not provider.taken:
            sender.wake()
            await asyncio.sleep(0)
    assert provider.taken == [(conversation, 1)]
    assert not running_sender.done()
    running_sender.cancel()
    await asyncio.gather(running_sender, return_exceptions=True)


class Pieces:
    """A provider that takes messages piece by piece, counts a piece that comes twice, and fails as it is told."""

    capabilities = Capabilities(text_bytes=60, buttons=0, cards=False, files=False)

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.keys: dict[str, int] = {}
        self.fails: list[Exception | None] = []

    async def send_piece(self, piece: Piece, address: str, key: str) -> None:
        self.keys[key] = self.keys.get(key, 0) + 1
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None:
            raise failure
        self.seen.append((address, piece.text))


@pytest.fixture
def pieces() -> Pieces:
    return Pieces()


@pytest.fixture
def by_pieces(service: Service, pieces: Pieces) -> Sender:
    return Sender(OutboxStore(service.database), {"wechat": pieces}, service.clock, service.events.append)


async def _told(service: Service, *texts: str, person: str = "p") -> str:
    """A conversation of which nothing waits but these words."""
    conversation = await service.conversations.of("wechat", person)
    gone = outbox.delete().where(outbox.c.conversation_id == conversation.id)
    await service.database.write(lambda connection: connection.execute(gone))
    for text in texts:
        await service.conversations.tell(conversation.id, (Part("text", text),), text)
    return conversation.id


LONG = "这是第一句话，说明情况。这是第二句话，说明情况。这是第三句话，说明情况。"


async def test_pieces_that_arrived_are_not_sent_again(service: Service, pieces: Pieces, by_pieces: Sender) -> None:
    conversation = await _told(service, LONG, "然后")
    pieces.fails = [None, DeliveryFailed("系统繁忙")]
    await by_pieces.deliver_due()
    assert len(pieces.seen) == 1
    service.clock.advance(2)
    await by_pieces.deliver_due()
    assert [text for _, text in pieces.seen] == [*(f"{part}。" for part in LONG.split("。")[:3]), "然后"]
    assert {address for address, _ in pieces.seen} == {"p"}
    assert sorted(pieces.keys.values()) == [1, 1, 1, 2]
    assert all(key.startswith(conversation) for key in pieces.keys)
    assert await service.count(outbox) == 0


async def test_a_limit_of_the_provider_is_waited_out_and_uses_up_no_try(
    service: Service, pieces: Pieces, by_pieces: Sender
) -> None:
    await _told(service, "甲", "乙")
    pieces.fails = [DeliveryFailed("接口频率超限", retry_after=60) for _ in range(GIVE_UP + 5)]
    for _ in range(GIVE_UP + 5):
        await by_pieces.deliver_due()
        await by_pieces.deliver_due()
        service.clock.advance(60)
    await by_pieces.deliver_due()
    assert [text for _, text in pieces.seen] == ["甲", "乙"]
    assert max(pieces.keys.values()) == GIVE_UP + 6, "never before the minute was over"


async def test_what_is_of_no_use_is_given_up_at_once_and_supervisors_hear_of_it_once(
    service: Service, pieces: Pieces, by_pieces: Sender
) -> None:
    seat = await service.seat("主管", "supervisor")
    await service.seat("远方主管", "supervisor", regions=["33"])
    for person in "ab":
        conversation = await _told(service, "甲", "乙", person=person)
        service.clock.advance(1)
        move = conversations.update().where(conversations.c.id == conversation).values(region="440106")
        await service.database.write(lambda connection, move=move: connection.execute(move))  # type: ignore[misc]
        pieces.fails = [DeliveryFailed("对方没有关注", final=True)]
        await by_pieces.deliver_due()
        await by_pieces.deliver_due()
    assert [text for _, text in pieces.seen] == ["乙", "乙"], "the rest goes on"
    assert await service.count(outbox, outbox.c.state == "dead", outbox.c.why == "对方没有关注") == 2
    notices = [event for event in service.events if event.kind == "notice"]
    assert [event.staff for event in notices] == [seat.id]
    assert notices[0].data["link"] == "/desk/dead-letters"


async def test_what_the_provider_takes_only_after_the_next_word_is_held(
    service: Service, pieces: Pieces, by_pieces: Sender
) -> None:
    conversation = await _told(service, "甲", "乙")
    pieces.fails = [DeliveryFailed("超过 48 小时", until_contact=True)]
    for _ in range(3):
        await by_pieces.deliver_due()
        service.clock.advance(100_000)
    assert pieces.seen == []
    assert await service.count(outbox, outbox.c.state == "held") == 1
    heard = Inbound("wechat", conversation, "m1", "还在吗", key="p/m1")
    await service.conversations.handle(heard)
    service.clock.advance(3)
    await by_pieces.deliver_due()
    assert [text for _, text in pieces.seen][:2] == ["甲", "乙"]
    assert await service.count(outbox) == 0


async def test_a_defect_of_one_adapter_holds_up_nobody_else(
    service: Service, pieces: Pieces, by_pieces: Sender
) -> None:
    await _told(service, "甲", person="a")
    await _told(service, "乙", person="b")
    unknown = await service.conversations.of("weibo", "c")
    assert unknown.channel == "weibo"
    pieces.fails = [KeyError("defect")]
    service.clock.advance(3)
    await by_pieces.deliver_due()
    assert len(pieces.seen) == 1
    service.clock.advance(2)
    await by_pieces.deliver_due()
    assert sorted(text for _, text in pieces.seen) == ["乙", "甲"]
    assert await service.count(outbox, outbox.c.channel == "weibo", outbox.c.why == "这个渠道没有开通") == 1


async def test_an_answer_may_leave_in_the_response_and_then_nobody_sends_it(
    service: Service, pieces: Pieces, by_pieces: Sender
) -> None:
    store, clock = OutboxStore(service.database), service.clock
    conversation = await service.conversations.of("wechat", "p")
    heard = Inbound("wechat", conversation.id, "m1", "你好", key="p/m1")
    await service.conversations.handle(heard)
    await by_pieces.deliver_due()
    assert pieces.seen == [], "greeting and answer wait for the response"
    letters = await store.take(conversation.id, clock.now())
    assert [letter.message.seq for letter in letters] == [1, 3]
    assert await store.take(conversation.id, clock.now()) == [], "it is somebody's already"
    clock.advance(5)
    await by_pieces.deliver_due()
    assert pieces.seen == []
    await store.delivered([letter.row for letter in letters])
    assert await service.count(outbox) == 0


async def test_a_response_that_never_left_is_made_up_for(service: Service, pieces: Pieces, by_pieces: Sender) -> None:
    store, clock = OutboxStore(service.database), service.clock
    conversation = await service.conversations.of("wechat", "p")
    assert len(await store.take(conversation.id, clock.now())) == 1
    clock.advance(21)
    await by_pieces.deliver_due()
    assert "".join(text for _, text in pieces.seen).startswith("您好")
    late = await service.conversations.of("wechat", "q")
    clock.advance(2)
    assert await store.take(late.id, clock.now()) == [], "by now the sender may be at it"


async def test_the_desk_tries_again_texts_or_lets_go(
    tmp_path: Path, service: Service, pieces: Pieces, by_pieces: Sender
) -> None:
    letters = Letters(LetterStore(service.database), service.clock)
    seat, stranger = await service.seat("主管", "supervisor"), await service.seat("甲", "supervisor", regions=["33"])
    conversation = await _told(service, "甲", "乙", "丙")
    move = conversations.update().values(region="440106")
    await service.database.write(lambda connection: connection.execute(move))
    pieces.fails = [DeliveryFailed("拒收", final=True) for _ in range(3)]
    for _ in range(3):
        await by_pieces.deliver_due()
    found = await letters.listed(seat, "dead")
    assert [(one.channel, one.conversation, one.why) for one in found] == [("wechat", conversation, "拒收")] * 3
    assert await letters.listed(stranger, "dead") == []
    first, second, third = sorted(one.id for one in found)
    with pytest.raises(Refused, match="letter_gone"):
        await letters.again(first, stranger)
    await letters.again(first, seat)
    with pytest.raises(Refused, match="letter_gone"):
        await letters.again(first, seat)
    with pytest.raises(Refused, match="no_phone"):
        await letters.by_sms(second, seat)
    phone = {"number": "13800138000", "sms": "yes", "at": service.clock.now()}
    citizen = select(conversations.c.citizen_id).where(conversations.c.id == conversation).scalar_subquery()
    keep = phones.insert().values(citizen_id=citizen, **phone)
    await service.database.write(lambda connection: connection.execute(keep))
    await letters.by_sms(second, seat)
    with pytest.raises(Refused, match="no_reason"):
        await letters.void(third, seat, "  ")
    await letters.void(third, seat, "已经电话告知")
    assert await letters.listed(seat, "dead") == []
    await by_pieces.deliver_due()
    assert [text for _, text in pieces.seen] == ["甲"]
    sink = tmp_path / "sms.jsonl"
    await SmsSender(SmsStore(service.database), SmsFile(sink, service.clock), service.clock).send_due()
    [line] = sink.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["number"] == "13800138000"
    assert json.loads(line)["text"] == "【法线】乙"
    trail = select(audit.c.action).where(audit.c.action.startswith("letter_")).order_by(audit.c.id)
    noted = await service.database.read(lambda connection: list(connection.execute(trail).scalars()))
    assert noted == ["letter_again", "letter_sms", "letter_void"]


async def test_a_text_that_fails_is_tried_again_and_given_up(service: Service) -> None:
    class Provider:
        def __init__(self) -> None:
            self.fails: list[Exception] = [SmsFailed("busy"), ValueError("defect")]
            self.keys: list[str] = []

        async def send(self, number: str, text: str, key: str) -> None:
            self.keys.append(key)
            if self.fails:
                raise self.fails.pop(0)

    provider, now = Provider(), service.clock.now()
    sender = SmsSender(SmsStore(service.database), provider, service.clock)

    def put(key: str) -> object:
        return lambda connection: write(connection, key, "13800138000", "matter", "x", "", now)

    await service.database.write(put("a"))  # type: ignore[arg-type]
    await service.database.write(put("a"))  # type: ignore[arg-type]
    for _ in range(5):
        await sender.send_due()
        service.clock.advance(40)
    assert provider.keys == ["a", "a", "a"]
    provider.fails = [SmsFailed("空号", final=True)]
    await service.database.write(put("b"))  # type: ignore[arg-type]
    for _ in range(3):
        await sender.send_due()
        service.clock.advance(40)
    assert await service.count(sms, sms.c.state == "dead", sms.c.why == "空号") == 1
    assert await service.count(sms, sms.c.state == "sent", sms.c.number == "") == 1
