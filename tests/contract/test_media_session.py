"""What every transport of the telephone promises, the fake included: one suite, on a virtual clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest
import pytest_asyncio

from tests.fakes.clock import VirtualClock
from tests.fakes.lines import TRANSPORTS, Line, line
from tests.fakes.ticking import settle, tick, until
from voice.media import CallEnded, Frame, Key, frame_bytes


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest_asyncio.fixture(params=TRANSPORTS)
async def call(request: pytest.FixtureRequest, clock: VirtualClock) -> AsyncIterator[Line]:
    async with line(request.param, clock) as made:
        yield made


@pytest_asyncio.fixture(params=TRANSPORTS)
async def failing(request: pytest.FixtureRequest, clock: VirtualClock) -> AsyncIterator[Line]:
    async with line(request.param, clock, takes=False) as made:
        yield made


def tone(call: Line, frames: int, amplitude: int = 8000) -> list[bytes]:
    """A sweep, so that a frame out of place shows."""
    size = frame_bytes(call.session.rate)
    time = np.arange(size // 2 * frames) / call.session.rate
    wave = (amplitude * np.sin(2 * np.pi * (300 + 400 * time) * time)).astype("<i2").tobytes()
    return [wave[at : at + size] for at in range(0, len(wave), size)]


def silence(call: Line) -> bytes:
    """One frame of it."""
    return bytes(frame_bytes(call.session.rate))


def agreement(one: bytes, other: bytes) -> float:
    """How alike two sounds are at the best shift: 1 is the same."""
    a, b = (np.frombuffer(sound, "<i2").astype(float) for sound in (one, other))
    together = np.correlate(b, a, "valid" if len(b) >= len(a) else "full")
    energy = np.sqrt(np.convolve(b**2, np.ones(len(a)), "valid") * (a**2).sum())
    return float((together / np.maximum(energy, 1)).max())


async def collect(call: Line, kind: type[Frame] | type[Key], into: list[bytes]) -> None:
    while (came := await call.session.receive()) is not None:
        if isinstance(came, kind):
            into.append(came.pcm if isinstance(came, Frame) else came.key.encode())


async def test_who_calls_whom_is_known(call: Line) -> None:
    known = call.session.call
    assert (known.caller, known.called) == call.numbers
    assert known.id
    assert known.reference
    assert call.session.rate in (8000, 16000)


async def test_what_the_caller_says_arrives(call: Line, clock: VirtualClock) -> None:
    said = tone(call, 25)
    heard: list[bytes] = []
    listening = asyncio.create_task(collect(call, Frame, heard))
    for frame in said:
        call.speak(frame)
        await tick(clock)
    await until(clock, lambda: len(heard) >= 25)
    await tick(clock, 5)
    listening.cancel()
    assert all(len(frame) == frame_bytes(call.session.rate) for frame in heard)
    assert agreement(b"".join(said), b"".join(heard)) > 0.99


async def test_what_is_said_reaches_the_caller_at_the_pace_of_speech(call: Line, clock: VirtualClock) -> None:
    said = tone(call, 25)

    async def speak() -> None:
        for frame in said:
            await call.session.send(frame)

    speaking = asyncio.create_task(speak())
    await settle()
    assert not speaking.done()
    before = clock.monotonic()
    await until(clock, speaking.done)
    assert 20 * 0.02 <= clock.monotonic() - before <= 27 * 0.02
    await tick(clock, 5)
    assert agreement(b"".join(said), call.heard) > 0.99


async def test_a_frame_of_another_length_is_refused(call: Line) -> None:
    with pytest.raises(ValueError, match=str(frame_bytes(call.session.rate))):
        await call.session.send(bytes(100))


async def test_keys_come_once_each_and_in_order(call: Line, clock: VirtualClock) -> None:
    keys: list[bytes] = []
    listening = asyncio.create_task(collect(call, Key, keys))
    for key in "0*#1155D":
        call.press(key)
        await tick(clock, 3)
    listening.cancel()
    assert b"".join(keys) == b"0*#1155D"


async def test_an_interruption_is_silence_at_once(call: Line, clock: VirtualClock) -> None:
    loud = tone(call, 3)
    for frame in loud:
        await call.session.send(frame)
    call.session.interrupt()
    before = len(call.heard)
    await tick(clock, 5)
    assert not np.any(np.abs(np.frombuffer(call.heard[before:], "<i2").astype(int)) > 16)


async def test_when_the_caller_hangs_up_the_rest_is_received_and_then_the_end(call: Line, clock: VirtualClock) -> None:
    call.press("7")
    await tick(clock, 2)
    await call.leave()
    await settle()
    came = []
    while (one := await call.session.receive()) is not None:
        came.append(one)
    assert Key("7") in came
    assert await call.session.receive() is None
    with pytest.raises(CallEnded):
        await call.session.send(silence(call))
    await call.session.hang_up()
    assert await call.session.transfer(call.target) is False


async def test_a_speaker_is_told_in_the_middle_of_a_word(call: Line, clock: VirtualClock) -> None:
    async def speak() -> None:
        while True:
            await call.session.send(silence(call))

    speaking = asyncio.create_task(speak())
    await tick(clock, 3)
    await call.leave()
    await until(clock, speaking.done)
    with pytest.raises(CallEnded):
        await speaking


async def test_hanging_up_lets_the_last_words_go_out(call: Line, clock: VirtualClock) -> None:
    last = tone(call, 3)
    for frame in last:
        await call.session.send(frame)
    leaving = asyncio.create_task(call.session.hang_up())
    await until(clock, lambda: call.ended)
    await until(clock, leaving.done)
    assert agreement(b"".join(last), call.heard) > 0.99
    await call.session.hang_up()
    while await call.session.receive() is not None:
        pass


async def test_a_transfer_that_succeeds_ends_the_call_here(call: Line, clock: VirtualClock) -> None:
    moving = asyncio.create_task(call.session.transfer(call.target))
    await settle()
    await call.settle_transfer(True)
    await until(clock, moving.done)
    assert await moving is True
    while await call.session.receive() is not None:
        pass


async def test_a_transfer_that_fails_leaves_the_call_as_it_was(failing: Line, clock: VirtualClock) -> None:
    moving = asyncio.create_task(failing.session.transfer(failing.target))
    await settle()
    await failing.settle_transfer(False)
    await until(clock, moving.done)
    assert await moving is False
    assert not failing.ended
    failing.press("1")
    await tick(clock, 2)
    came = await failing.session.receive()
    while not isinstance(came, Key):
        came = await failing.session.receive()
    assert came == Key("1")


async def test_who_does_not_listen_loses_old_sound_and_no_key(call: Line, clock: VirtualClock) -> None:
    call.press("9")
    await tick(clock)
    for _ in range(600):
        call.speak(silence(call))
        await tick(clock)
    frames: list[Frame | Key] = []
    await call.leave()
    await settle()
    while (one := await call.session.receive()) is not None:
        frames.append(one)
    assert Key("9") in frames
    assert len(frames) <= 502
