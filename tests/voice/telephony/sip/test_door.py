"""Who may call, and what those cost who may not."""

from __future__ import annotations

import hashlib
import re

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.phone import Phone
from tests.fakes.ticking import settle, tick
from tests.voice.telephony.sip.conftest import Exchange
from voice.telephony.networks import Networks
from voice.telephony.sip.digest import VALID_FOR
from voice.telephony.sip.doorkeeper import STRANGERS_PER_SECOND

AT_ONCE = 20
"""Datagrams between two moves of the clock: the loop reads one a turn."""
NOBODY = Networks.decode("")
USERS = {"trunk": "a long secret"}


def proof(phone: Phone) -> str:
    """What a phone answers to the last challenge."""
    challenge = phone.messages[-1].get("www-authenticate")
    nonce = re.search('nonce="([^"]+)"', challenge)[1]  # type: ignore[index]

    def digest(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    uri = "sip:12348@127.0.0.1"
    response = digest(
        f"{digest('trunk:faxian:a long secret')}:{nonce}:00000001:c:auth:{digest(f'INVITE:{uri}')}",
    )
    return (
        f'Digest username="trunk", realm="faxian", nonce="{nonce}", uri="{uri}", response="{response}", '
        f'algorithm=MD5, qop=auth, nc=00000001, cnonce="c"'
    )


async def test_a_stranger_with_the_password_comes_in(exchange: Exchange) -> None:
    await exchange.start(networks=NOBODY, users=USERS)
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await settle()
    assert phone.statuses("INVITE") == [401]
    phone.send(phone.request("ACK"))
    phone.ask("INVITE", phone.sdp(), authorization=proof(phone))
    await settle()
    assert phone.statuses("INVITE")[1:] == [200]
    phone.accept()
    await settle()
    assert len(exchange.desk.sessions) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("trunk", "trunc"),
        lambda text: text.replace("response=", 'response="0", x='),
        lambda text: text.replace("Digest", "Basic"),
        lambda text: "Digest",
        lambda text: text.replace("algorithm=MD5", "algorithm=MD4"),
    ],
)
async def test_a_wrong_proof_is_asked_again(exchange: Exchange, spoil: object) -> None:
    await exchange.start(networks=NOBODY, users=USERS)
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await settle()
    phone.ask("INVITE", phone.sdp(), authorization=spoil(proof(phone)))  # type: ignore[operator]
    await settle()
    assert phone.statuses("INVITE") == [401, 401]
    assert exchange.switchboard.calls == 0


async def test_a_proof_is_good_for_a_minute_and_for_one_call_only(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start(networks=NOBODY, users=USERS)
    phone, thief = await exchange.phone(), await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await settle()
    good = proof(phone)
    thief.ask("INVITE", thief.sdp(), authorization=good)
    await settle()
    assert thief.statuses("INVITE") == [401]
    clock.advance(VALID_FOR + 2)
    phone.ask("INVITE", phone.sdp(), authorization=good)
    await settle()
    assert phone.statuses("INVITE") == [401, 401]
    assert "stale=true" in phone.messages[-1].get("www-authenticate")


async def test_a_stranger_without_a_password_is_refused(exchange: Exchange) -> None:
    await exchange.start(networks=NOBODY)
    phone = await exchange.phone()
    for method in ("INVITE", "REGISTER", "OPTIONS", "SUBSCRIBE"):
        phone.ask(method)
        await settle()
        assert phone.statuses(method) == [403]


@pytest.mark.parametrize(
    ("method", "status"), [("REGISTER", 405), ("OPTIONS", 200), ("MESSAGE", 405), ("BYE", 481), ("CANCEL", 481)]
)
async def test_what_begins_no_call(exchange: Exchange, method: str, status: int) -> None:
    await exchange.start()
    phone = await exchange.phone()
    phone.ask("OPTIONS")
    phone.ask(method)
    await settle()
    assert set(phone.statuses(method)) == {status}


async def test_a_scan_costs_a_bounded_number_of_answers(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start(networks=NOBODY)
    phone = await exchange.phone()
    for _ in range(100):
        for _ in range(AT_ONCE):
            phone.ask("REGISTER")
        await settle()
    assert len(phone.statuses("REGISTER")) == STRANGERS_PER_SECOND
    clock.advance(1)
    phone.ask("REGISTER")
    await settle()
    assert len(phone.statuses("REGISTER")) == STRANGERS_PER_SECOND + 1
    assert not exchange.server._calls
    assert not exchange.server._tasks


async def test_a_flood_is_told_that_we_are_busy_and_running_calls_go_on(
    exchange: Exchange, clock: VirtualClock
) -> None:
    await exchange.start(lines=3)
    calls = [await exchange.calling() for _ in range(3)]
    attacker = await exchange.phone()
    before = [len(phone.packets) for phone in calls]
    beats = 50
    for _ in range(beats):
        for _ in range(AT_ONCE):
            attacker.call_id = f"flood-{len(attacker.call_id)}-{attacker.sequence}"
            attacker.ask("INVITE", attacker.sdp())
        await tick(clock)
    assert attacker.statuses("INVITE") == [486] * 1000
    assert [len(phone.packets) for phone in calls] == [count + beats for count in before]
    assert len(exchange.server._calls) == 3
    calls[0].ask("BYE")
    await settle()
    exchange.desk.done.set()
    await settle()
    assert exchange.switchboard.calls < 3


async def test_a_busy_line_tells_the_same_caller_the_same_again(exchange: Exchange) -> None:
    await exchange.start(lines=0)
    phone = await exchange.phone()
    invite = phone.request("INVITE", phone.sdp())
    phone.send(invite)
    phone.send(invite)
    await settle()
    assert phone.statuses("INVITE") == [486, 486]
    assert len({message.get("to") for message in phone.messages}) == 1


async def test_an_extension_that_is_required_and_unknown_is_named(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp(), require="100rel")
    await settle()
    assert phone.statuses("INVITE") == [420]
    assert phone.messages[-1].get("unsupported") == "100rel"


async def test_without_ports_for_sound_a_call_is_refused(exchange: Exchange) -> None:
    await exchange.start(rtp=(19_998, 19_998))
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await settle()
    assert phone.statuses("INVITE") == [503]
    assert exchange.switchboard.calls == 0


def test_networks() -> None:
    known = Networks.decode("127.0.0.0/8, 10.1.2.3, fd00::/8")
    assert "127.5.5.5" in known
    assert "10.1.2.3" in known
    assert "::ffff:10.1.2.3" in known
    assert "fd12::1" in known
    assert "10.1.2.4" not in known
    assert "name" not in known
    with pytest.raises(ValueError, match="nonsense"):
        Networks.decode("nonsense")
