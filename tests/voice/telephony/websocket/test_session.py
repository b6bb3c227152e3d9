"""Media WebSockets as FreeSWITCH and jambonz open them; the rest is in the contract of MediaSession."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.clock import VirtualClock
from tests.fakes.lines import Desk, Pipe
from tests.fakes.ticking import settle, tick, until
from voice.media import Frame, Key
from voice.telephony.metronome import Metronome
from voice.telephony.switchboard import Switchboard
from voice.telephony.websocket.answering import HELLO_WITHIN, SocketAnswering
from voice.telephony.websocket.hello import Hello, Unusable

JAMBONZ = {
    "callSid": "a-sid", "callId": "sip-id", "direction": "inbound", "from": "13800138000", "to": "12348",
    "sampleRate": 16000, "mixType": "mono",
}  # fmt: skip


class Stream:
    """One connection."""

    def __init__(self, clock: VirtualClock, lines: int = 1) -> None:
        self.clock, self.desk, self.pipe = clock, Desk(), Pipe()
        self.switchboard = Switchboard(self.desk.answer, lines)
        self.answering = SocketAnswering(self.switchboard, Metronome(clock), clock)
        self.carrying = asyncio.create_task(self.answering.answer(self.pipe))

    async def say(self, *messages: object) -> None:
        for message in messages:
            self.pipe.to_us.put_nowait(message if isinstance(message, bytes | None) else json.dumps(message))
        await settle()

    async def end(self) -> None:
        self.desk.done.set()
        self.pipe.to_us.put_nowait(None)
        await until(self.clock, self.carrying.done, 20, 0.5)
        await self.carrying
        assert self.switchboard.calls == 0


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest_asyncio.fixture
async def stream(clock: VirtualClock) -> AsyncIterator[Stream]:
    made = Stream(clock)
    yield made
    await made.end()
    assert made.pipe.closed


async def test_jambonz(stream: Stream, clock: VirtualClock) -> None:
    await stream.say(JAMBONZ, bytes(640), {"event": "dtmf", "dtmf": "2", "duration": "1600"})
    session = stream.desk.sessions[0]
    assert (session.call.caller, session.call.called, session.call.reference) == ("13800138000", "12348", "a-sid")
    assert session.rate == 16000
    assert await session.receive() == Frame(bytes(640))
    assert await session.receive() == Key("2")
    await session.send(b"\1\0" * 320)
    await tick(clock, 2)
    assert stream.pipe.sent == [b"\1\0" * 320]
    assert await session.transfer("8001") is False


async def test_freeswitch_says_who_calls_in_its_metadata_or_nothing_at_all(clock: VirtualClock) -> None:
    told, silent = Stream(clock), Stream(clock)
    await told.say({"uuid": "fs", "from": "sip:+8613800138000@pbx", "to": "sip:12348@pbx", "sampleRate": "8k"})
    await silent.say(bytes(320))
    known, unknown = told.desk.sessions[0], silent.desk.sessions[0]
    assert (known.call.caller, known.call.called, known.call.reference) == ("+8613800138000", "12348", "fs")
    assert (unknown.call.caller, unknown.rate) == ("", 8000)
    assert await unknown.receive() == Frame(bytes(320))
    await told.end()
    await silent.end()


async def test_of_stereo_the_caller_is_heard(stream: Stream) -> None:
    await stream.say({"mixType": "stereo"}, b"\1\0\xff\xff" * 160)
    assert await stream.desk.sessions[0].receive() == Frame(b"\1\0" * 160)


async def test_an_interruption_empties_their_buffer_too(stream: Stream) -> None:
    await stream.say(JAMBONZ)
    stream.desk.sessions[0].interrupt()
    await settle()
    assert stream.pipe.told() == [{"type": "killAudio"}]


async def test_hanging_up_says_so(stream: Stream, clock: VirtualClock) -> None:
    await stream.say(JAMBONZ)
    stream.desk.done.set()
    await until(clock, stream.carrying.done)
    assert stream.pipe.told() == [{"type": "disconnect"}]


async def test_freeswitch_is_asked_to_transfer(stream: Stream, clock: VirtualClock) -> None:
    await stream.say({"uuid": "fs"})
    moving = asyncio.create_task(stream.desk.sessions[0].transfer("8001"))
    await settle()
    assert stream.pipe.told() == [{"type": "transfer", "data": {"to": "8001"}}]
    await stream.say(None)
    await until(clock, moving.done)
    assert await moving is True


async def test_a_transfer_nobody_acts_on_fails(stream: Stream, clock: VirtualClock) -> None:
    await stream.say({"uuid": "fs"})
    moving = asyncio.create_task(stream.desk.sessions[0].transfer("8001"))
    for _ in range(200):
        await stream.say(bytes(320))
        clock.advance(0.5)
        await settle()
    assert await moving is False


async def test_who_says_nothing_is_let_go(stream: Stream, clock: VirtualClock) -> None:
    await until(clock, lambda: stream.pipe.closed, 20, HELLO_WITHIN)
    assert not stream.desk.sessions


async def test_who_falls_silent_is_let_go(stream: Stream, clock: VirtualClock) -> None:
    await stream.say(JAMBONZ)
    await until(clock, lambda: stream.pipe.closed, 20, 10)
    assert await stream.desk.sessions[0].receive() is None


@pytest.mark.parametrize("hello", [{"sampleRate": 44100}, {"sampleRate": []}, {"mixType": "mixed"}, {"mixType": 7}])
async def test_a_stream_that_cannot_be_a_conversation_is_refused(stream: Stream, hello: dict[str, object]) -> None:
    await stream.say(hello)
    assert stream.pipe.closed
    assert not stream.desk.sessions


async def test_more_calls_than_lines_are_told_to_go(clock: VirtualClock) -> None:
    stream = Stream(clock, lines=0)
    await settle()
    assert stream.pipe.told() == [{"type": "disconnect"}]
    await stream.end()


async def test_a_side_that_does_not_take_what_we_say_is_given_up(clock: VirtualClock) -> None:
    stream, stuck = Stream(clock), asyncio.Event()

    async def never(message: str | bytes) -> None:
        await stuck.wait()

    stream.pipe.send = never  # type: ignore[method-assign]
    await stream.say(JAMBONZ)
    session = stream.desk.sessions[0]

    async def speak() -> None:
        while True:
            await session.send(bytes(640))

    speaking = asyncio.create_task(speak())
    await until(clock, speaking.done)
    assert speaking.exception() is not None
    await stream.end()


TEXTS = st.one_of(
    st.text(max_size=40),
    st.recursive(st.none() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["event", "dtmf", "type", "sampleRate", "from", "to", "mixType", "callSid"]), inner, max_size=4
    ), max_leaves=6).map(json.dumps),
)  # fmt: skip


@settings(deadline=None)
@given(TEXTS)
def test_any_first_text_is_read_or_refused(text: str) -> None:
    try:
        Hello.decode(text)
    except Unusable:
        return


async def chatter(messages: list[str | bytes]) -> None:
    stream = Stream(VirtualClock())
    await stream.say(JAMBONZ)
    for message in messages:
        stream.pipe.to_us.put_nowait(message)
    await settle()
    assert not stream.carrying.done()
    await stream.end()


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS | st.binary(max_size=700), max_size=8))
def test_chatter_is_passed_over(messages: list[str | bytes]) -> None:
    asyncio.run(chatter(messages))
