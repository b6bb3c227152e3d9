"""Calls from a page; the rest is in the contract of MediaSession."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.clock import VirtualClock
from tests.fakes.lines import Desk, Pipe
from tests.fakes.ticking import settle, tick, until
from voice.media import Frame, Key
from voice.telephony.browser.answering import BrowserAnswering
from voice.telephony.metronome import Metronome
from voice.telephony.switchboard import Switchboard


class Pages:
    """The service, and pages that call it."""

    def __init__(self, lines: int = 1) -> None:
        self.clock, self.desk = VirtualClock(), Desk()
        self.switchboard = Switchboard(self.desk.answer, lines)
        self.answering = BrowserAnswering(self.switchboard, Metronome(self.clock), self.clock)
        self.carrying: list[asyncio.Task[None]] = []

    async def call(self, reference: str = "the-chat") -> Pipe:
        pipe = Pipe()
        self.carrying.append(asyncio.create_task(self.answering.answer(pipe, reference)))
        await settle()
        return pipe

    async def end(self) -> None:
        self.desk.done.set()
        for task in self.carrying:
            await until(self.clock, task.done, 20, 0.5)
            await task
        assert self.switchboard.calls == 0


async def test_a_call_from_its_first_word_to_its_last() -> None:
    pages = Pages()
    page = await pages.call()
    session = pages.desk.sessions[0]
    assert (session.call.transport, session.call.reference, session.rate) == ("browser", "the-chat", 16000)
    for message in (bytes(640), '{"type": "key", "key": "#"}', '{"type": "end"}'):
        page.to_us.put_nowait(message)
    await settle()
    assert await session.receive() == Frame(bytes(640))
    assert await session.receive() == Key("#")
    assert await session.receive() is None
    assert page.told() == [{"type": "answered"}]
    await pages.end()
    assert page.closed


async def test_who_is_interrupted_has_nothing_left_on_the_way() -> None:
    pages = Pages()
    page = await pages.call()
    stuck = asyncio.Event()
    keep = page.send

    async def slow(message: str | bytes) -> None:
        await stuck.wait()
        await keep(message)

    page.send = slow  # type: ignore[method-assign]
    session = pages.desk.sessions[0]
    for _ in range(3):
        await session.send(b"\1\0" * 320)
    await tick(pages.clock, 4)
    session.interrupt()
    stuck.set()
    await settle()
    assert len([one for one in page.sent if isinstance(one, bytes)]) <= 1, "but for what was being sent"
    assert page.told()[-1] == {"type": "flush"}
    await pages.end()


async def test_a_second_call_of_the_same_chat_ends_the_first_and_takes_its_line() -> None:
    pages = Pages()
    first = await pages.call()
    pages.desk.sessions[0].interrupt()
    answered = asyncio.create_task(pages.call())

    async def leave() -> None:
        while await pages.desk.sessions[0].receive() is not None:
            pass
        pages.desk.done.set()

    leaving = asyncio.create_task(leave())
    await until(pages.clock, lambda: len(pages.desk.sessions) == 2)
    await leaving
    assert {"type": "end"} in first.told()
    assert first.closed
    second = await answered
    assert second.told()[0] == {"type": "answered"}
    await pages.end()


async def test_more_calls_than_lines_are_told_so() -> None:
    pages = Pages()
    await pages.call()
    other = await pages.call("another-chat")
    assert other.told() == [{"type": "busy", "why": "lines"}]
    assert other.closed
    await pages.end()


async def test_only_the_chat_can_take_a_caller() -> None:
    pages = Pages()
    page = await pages.call()
    session = pages.desk.sessions[0]
    assert await session.transfer("8001") is False
    moving = asyncio.create_task(session.transfer("chat"))
    await settle()
    assert page.told()[-1] == {"type": "transfer"}
    page.to_us.put_nowait(None)
    await until(pages.clock, moving.done)
    assert await moving is False, "who closes the page was not taken"
    await pages.end()


async def test_a_page_that_does_not_answer_keeps_its_call() -> None:
    pages = Pages()
    page = await pages.call()
    moving = asyncio.create_task(pages.desk.sessions[0].transfer("chat"))
    await until(pages.clock, moving.done, 30, 0.5)
    assert await moving is False
    assert not page.closed
    await pages.end()


async def test_stopping_hangs_up() -> None:
    pages = Pages()
    page = await pages.call()
    stopping = asyncio.create_task(pages.answering.stop())
    await until(pages.clock, stopping.done)
    await settle()
    assert page.told()[-1] == {"type": "end"}
    await pages.end()


WORDS = st.sampled_from(["type", "key", "taken", "call", "end", "transferred", "answered", "1", "#"])
TEXTS = st.text(max_size=20) | st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
).map(json.dumps)


async def chatter(messages: list[str | bytes]) -> None:
    pages = Pages()
    page = await pages.call()
    for message in messages:
        page.to_us.put_nowait(message)
    page.to_us.put_nowait('{"type": "key", "key": "7"}')
    await settle()
    heard = [await pages.desk.sessions[0].receive()]
    while heard[-1] not in (None, Key("7")):
        heard.append(await pages.desk.sessions[0].receive())
    assert heard[-1] == Key("7"), "what came after it is still heard"
    await pages.end()


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS | st.binary(max_size=700), max_size=8))
def test_chatter_is_passed_over(messages: list[str | bytes]) -> None:
    asyncio.run(chatter(messages))


@pytest.mark.parametrize("key", ["", "12", "x", "¹"])
async def test_what_is_no_key_is_dropped(key: str) -> None:
    pages = Pages()
    page = await pages.call()
    page.to_us.put_nowait(json.dumps({"type": "key", "key": key}))
    page.to_us.put_nowait('{"type": "key", "key": "5"}')
    await settle()
    assert await pages.desk.sessions[0].receive() == Key("5")
    await pages.end()
