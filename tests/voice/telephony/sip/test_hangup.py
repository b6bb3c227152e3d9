"""A call may end at any moment, from either side, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.echo import echo
from tests.fakes.sockets import sockets
from tests.fakes.ticking import settle, tick, until
from tests.voice.telephony.sip.conftest import Exchange
from voice.telephony.sip.call import SipCall


@pytest.mark.parametrize("after", range(12))
@pytest.mark.parametrize("who", ["caller", "silence", "server"])
async def test_at_any_moment(exchange: Exchange, clock: VirtualClock, after: int, who: str) -> None:
    """Moments: INVITE sent, answered, acknowledged, talking, on hold, being transferred, ..."""
    await exchange.start(answer=echo, ring=0.04)
    before = sockets()
    phone = await exchange.phone()

    def moments() -> object:
        phone.ask("INVITE", phone.sdp())
        yield tick(clock, 1)
        yield until(clock, lambda: 200 in phone.statuses("INVITE"))
        phone.accept()
        yield settle()
        for _ in range(4):
            phone.speak(b"\1\2" * 160)
            yield tick(clock)
        phone.press("5")
        yield settle()
        phone.ask("INVITE", phone.sdp("sendonly"))
        yield settle()
        phone.ask("INVITE", phone.sdp())
        yield settle()
        phone.ask("INFO", b"Signal=5", kind="application/dtmf-relay")
        yield settle()
        yield tick(clock, 100)

    left = after
    for moment in moments():  # type: ignore[attr-defined]
        await moment
        left -= 1
        if left < 0:
            break
    if who == "caller":
        if 200 in phone.statuses("INVITE"):
            phone.ask("BYE")
        else:
            phone.ask("CANCEL")
    elif who == "silence":
        pass  # the cable is cut: nothing is said any more
    else:
        stopping = asyncio.ensure_future(exchange.server.stop())
        await until(clock, stopping.done, 100, 0.5)
    await until(clock, lambda: exchange.switchboard.calls == 0, 300, 0.5)
    await until(clock, lambda: not exchange.server._tasks, 200, 0.5)
    phone.unplug()
    exchange.phones.clear()
    await settle()
    assert not exchange.server._calls
    assert not exchange.server._invites
    assert sockets() <= before
    assert clock.sleeping <= 1 or all(future.done() for _, future in clock._sleepers)


async def test_nothing_of_a_call_stays_in_memory(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start(answer=echo)
    calls = weakref.WeakSet[SipCall]()
    for _ in range(5):
        phone = await exchange.phone()
        phone.ask("INVITE", phone.sdp())
        await settle()
        for call in exchange.server._calls.values():
            calls.add(call)
        phone.accept()
        for _ in range(3):
            phone.speak(b"\1\2" * 160)
            await tick(clock)
        phone.ask("BYE")
        await settle()
    del call
    await until(clock, lambda: not exchange.server._tasks, 200, 0.5)
    gc.collect()
    assert len(calls) == 0
