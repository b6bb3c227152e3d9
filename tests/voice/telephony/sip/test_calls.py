"""Calls from INVITE to BYE, and everything that can come between."""

from __future__ import annotations

import asyncio
import gc
import random
import struct
from dataclasses import replace

import pytest

from tests.fakes.clock import VirtualClock
from tests.fakes.ticking import settle, tick, until
from tests.voice.telephony.sip.conftest import Exchange
from voice.media import Key, MediaSession
from voice.telephony.rtp.g711 import PCMA, PCMU
from voice.telephony.rtp.packet import Packet
from voice.telephony.sip.transport import Peer


async def test_a_call_is_answered_and_ended(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.calling()
    answer = next(message for message in phone.messages if message.status == 200)
    assert b"PCMA/8000" in answer.body
    assert b"PCMU" not in answer.body
    assert b"telephone-event/8000" in answer.body
    phone.ask("BYE")
    await settle()
    assert phone.statuses("BYE") == [200]
    exchange.desk.done.set()
    await settle()
    assert exchange.switchboard.calls == 0


async def test_who_calls_is_what_a_trusted_network_asserts(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp(), p_asserted_identity='"x" <sip:+8675512345678@carrier>')
    await until(exchange.clock, lambda: 200 in phone.statuses("INVITE"))
    phone.accept()
    await until(exchange.clock, lambda: exchange.desk.sessions)
    assert exchange.desk.sessions[0].call.caller == "+8675512345678"
    assert exchange.desk.sessions[0].call.called == "12348"
    assert exchange.desk.sessions[0].call.reference == phone.call_id


@pytest.mark.parametrize("codec", [PCMA, PCMU], ids=lambda codec: codec.name)
async def test_sound_is_sent_evenly_in_the_codec_that_was_offered(exchange: Exchange, codec: object) -> None:
    await exchange.start()
    phone = await exchange.calling(codec=codec)
    before = len(phone.packets)
    await tick(exchange.clock, 50)
    packets = phone.packets[before:]
    assert len(packets) == 50
    assert {packet.payload_type for packet in packets} == {phone.codec.payload_type}
    assert all(b.timestamp - a.timestamp == 160 for a, b in zip(packets, packets[1:], strict=False))
    assert all(b.sequence - a.sequence in (1, -65535) for a, b in zip(packets, packets[1:], strict=False))


async def test_the_answer_is_repeated_until_acknowledged(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await until(clock, lambda: len(phone.statuses("INVITE")) == 4)
    assert not exchange.desk.sessions
    phone.accept()
    await until(clock, lambda: exchange.desk.sessions)
    assert len(exchange.desk.sessions) == 1
    seen = len(phone.statuses("INVITE"))
    await tick(clock, 300)
    assert len(phone.statuses("INVITE")) == seen


async def test_an_answer_never_acknowledged_ends_the_call(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await until(clock, lambda: any(message.method == "BYE" for message in phone.messages), 80, 0.5)
    phone.answer(200)
    await until(clock, lambda: exchange.switchboard.calls == 0)
    assert not exchange.desk.sessions


async def test_a_repeated_invite_is_one_call(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.phone()
    invite = phone.request("INVITE", phone.sdp())
    for _ in range(3):
        phone.send(invite)
    await settle()
    assert len({message.get("to") for message in phone.messages}) == 1
    assert exchange.switchboard.calls == 1
    phone.accept()
    await settle()
    assert len(exchange.desk.sessions) == 1


async def test_a_caller_who_gives_up_while_it_rings(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start(ring=5.0)
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await tick(clock, 10)
    assert phone.statuses("INVITE") == [180]
    phone.ask("CANCEL")
    await settle()
    assert phone.statuses("CANCEL") == [200]
    assert phone.statuses("INVITE")[-1] == 487
    phone.to = phone.messages[-1].get("to")
    phone.send(phone.request("ACK"))
    await until(clock, lambda: exchange.switchboard.calls == 0)
    assert not exchange.desk.sessions


async def test_ringing_ends_with_an_answer(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start(ring=1.0)
    phone = await exchange.phone()
    phone.ask("INVITE", phone.sdp())
    await until(clock, lambda: phone.statuses("INVITE") == [180, 200])
    phone.accept()
    await until(clock, lambda: exchange.desk.sessions)


async def test_an_offer_may_come_from_us(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.phone(codec=PCMU)
    phone.ask("INVITE")
    await until(clock, lambda: 200 in phone.statuses("INVITE"))
    offer = next(message for message in phone.messages if message.status == 200)
    assert b"PCMA" in offer.body
    assert b"PCMU" in offer.body
    phone.to = offer.get("to")
    phone.send(phone.request("ACK", phone.sdp()))
    await tick(clock, 10)
    assert {packet.payload_type for packet in phone.packets} == {0}


async def test_on_hold_nothing_is_said_and_silence_is_heard(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.calling()
    phone.ask("INVITE", phone.sdp("sendonly"))
    await settle()
    held = phone.messages[-1]
    assert held.status == 200
    assert b"a=recvonly" in held.body
    phone.send(phone.request("ACK"))
    before = len(phone.packets)
    for _ in range(10):
        phone.speak(b"\x10\x20" * 160)
        await tick(clock)
    assert len(phone.packets) == before
    phone.ask("INVITE", phone.sdp())
    await settle()
    assert b"a=sendrecv" in phone.messages[-1].body
    phone.send(phone.request("ACK"))
    await tick(clock, 5)
    assert len(phone.packets) == before + 5
    phone.ask("BYE")
    await settle()
    sound = [one.pcm for one in await everything(exchange.desk.sessions[0]) if not isinstance(one, Key)]
    assert not any(any(abs(sample) > 64 for sample in memoryview(pcm).cast("h")) for pcm in sound)


async def test_the_old_way_to_hold_is_understood(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.calling()
    phone.ask("INVITE", phone.sdp(host="0.0.0.0"))
    await settle()
    phone.send(phone.request("ACK"))
    before = len(phone.packets)
    await tick(clock, 10)
    assert len(phone.packets) == before


async def test_a_change_we_cannot_follow_leaves_the_call_as_it_was(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.calling()
    phone.ask("INVITE", b"v=0\r\nm=audio 9 RTP/SAVP 96\r\n")
    await settle()
    assert phone.statuses("INVITE")[-1] == 488
    before = len(phone.packets)
    await tick(clock, 5)
    assert len(phone.packets) == before + 5


@pytest.mark.parametrize(
    ("body", "kind", "key"),
    [
        (b"Signal=5\r\nDuration=160\r\n", "application/dtmf-relay", "5"),
        (b"Signal= *\r\n", "application/dtmf-relay", "*"),
        (b"11", "application/dtmf", "#"),
        (b"what", "text/plain", ""),
    ],
)
async def test_keys_by_info(exchange: Exchange, body: bytes, kind: str, key: str) -> None:
    await exchange.start()
    phone = await exchange.calling()
    info = phone.request("INFO", body, kind=kind)
    phone.send(info)
    phone.send(info)
    await settle()
    phone.ask("BYE")
    await settle()
    keys = [one.key for one in await everything(exchange.desk.sessions[0]) if isinstance(one, Key)]
    assert keys == ([key] if key else [])
    assert phone.statuses("INFO") == [200, 200]


async def test_a_key_sent_both_ways_counts_once(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.calling()
    for key in "12":
        phone.press(key)
        phone.ask("INFO", f"Signal={key}".encode(), kind="application/dtmf-relay")
        await settle()
    phone.ask("BYE")
    await settle()
    keys = [one.key for one in await everything(exchange.desk.sessions[0]) if isinstance(one, Key)]
    assert keys == ["1", "2"]


async def test_sound_goes_to_where_it_comes_from_and_nobody_can_break_in(
    exchange: Exchange, clock: VirtualClock
) -> None:
    await exchange.start()
    phone, other = await exchange.phone(), await exchange.phone()
    offer = phone.sdp().replace(f"m=audio {phone.rtp_port}".encode(), b"m=audio 9")  # as a phone behind a router does
    phone.ask("INVITE", offer)
    await until(clock, lambda: 200 in phone.statuses("INVITE"))
    phone.accept()
    await tick(clock, 3)
    assert not phone.packets
    phone.speak(bytes(320))
    await settle()
    await tick(clock, 3)
    assert len(phone.packets) == 3
    other.remote_rtp = phone.remote_rtp
    other.speak(b"\x10\x20" * 160)
    other.press("9")
    await tick(clock, 3)
    assert not other.packets
    phone.ask("BYE")
    await settle()
    assert not any(isinstance(one, Key) for one in await everything(exchange.desk.sessions[0]))


async def test_a_phone_that_falls_silent_is_hung_up_on(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.calling()
    phone.speak(bytes(320))
    await until(clock, lambda: any(message.method == "BYE" for message in phone.messages), 200, 0.5)


async def test_a_phone_that_is_silent_and_there_is_not(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.calling()
    for _ in range(3):
        seen = sum(message.method == "OPTIONS" for message in phone.messages)
        await until(clock, lambda: sum(m.method == "OPTIONS" for m in phone.messages) > seen, 130, 0.5)  # noqa: B023
        phone.answer(200)
        await settle()
    assert not any(message.method == "BYE" for message in phone.messages)


async def test_transfer_refers_to_a_number_at_the_callers_exchange(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phone = await exchange.calling()
    moving = asyncio.create_task(exchange.desk.sessions[0].transfer("8001"))
    await settle()
    asked = [message for message in phone.messages if message.method][-1]
    assert (asked.method, asked.get("refer-to")) == ("REFER", f"<sip:8001@127.0.0.1:{phone.port}>")
    phone.answer(202)
    phone.notify("SIP/2.0 100 Trying\r\n", "active;expires=60")
    await tick(clock, 100)
    assert not moving.done()
    phone.notify("SIP/2.0 200 OK\r\n")
    await settle()
    assert await moving is True
    assert [message.method for message in phone.messages if message.method] == ["REFER", "BYE"]
    phone.answer(200)
    await settle()


async def test_an_exchange_that_just_takes_the_caller_away_has_transferred(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.calling()
    moving = asyncio.create_task(exchange.desk.sessions[0].transfer("sip:seat7@desk.example"))
    await settle()
    phone.answer(202)
    await settle()
    phone.ask("BYE")
    await settle()
    assert await moving is True


async def test_a_caller_who_hangs_up_before_a_transfer_is_accepted_was_not_transferred(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.calling()
    moving = asyncio.create_task(exchange.desk.sessions[0].transfer("8001"))
    await settle()
    phone.ask("BYE")
    phone.answer(481, "Gone")
    await settle()
    assert await moving is False


@pytest.mark.parametrize("target", ["", "8001>;x", "8001\r\nEvil: 1", "sip:", "八零零一"])
async def test_nobody_is_transferred_to_nonsense(exchange: Exchange, target: str) -> None:
    await exchange.start()
    await exchange.calling()
    with pytest.raises(ValueError, match="transfer"):
        await exchange.desk.sessions[0].transfer(target)


async def test_requests_go_by_the_proxies_that_asked_to_stay(exchange: Exchange) -> None:
    await exchange.start()
    phone, proxy = await exchange.phone(), await exchange.phone()
    route = f"<sip:127.0.0.1:{proxy.port};lr>"
    phone.ask("INVITE", phone.sdp(), record_route=route)
    await settle()
    phone.accept()
    await settle()
    leaving = asyncio.create_task(exchange.desk.sessions[0].hang_up())
    await until(exchange.clock, lambda: proxy.messages)
    assert proxy.messages[0].get("route") == route
    proxy.answer(200)
    await leaving


async def test_an_old_request_out_of_turn_is_refused(exchange: Exchange) -> None:
    await exchange.start()
    phone = await exchange.calling()
    phone.ask("OPTIONS")
    await settle()
    late = phone.request("INFO", b"5", kind="application/dtmf")
    phone.send(replace(late, headers=tuple(("cseq", "1 INFO") if n == "cseq" else (n, v) for n, v in late.headers)))
    await settle()
    assert phone.statuses("OPTIONS") == [200]
    assert phone.statuses("INFO") == [500]


@pytest.mark.parametrize(("method", "status"), [("NOTIFY", 489), ("REFER", 405), ("SUBSCRIBE", 405), ("UPDATE", 200)])
async def test_other_requests_within_a_call(exchange: Exchange, method: str, status: int) -> None:
    await exchange.start()
    phone = await exchange.calling()
    phone.ask(method)
    await settle()
    assert phone.statuses(method) == [status]


async def test_a_bye_repeated_because_our_answer_was_lost_is_answered_again(exchange: Exchange) -> None:
    await exchange.start()
    exchange.desk.done.set()
    phone = await exchange.calling()
    bye = phone.request("BYE")
    phone.send(bye)
    await settle()
    phone.send(bye)
    await settle()
    assert phone.statuses("BYE")[-1] == 200


@pytest.mark.parametrize("method", ["INVITE", "UPDATE", "INFO", "OPTIONS", "NOTIFY"])
async def test_after_goodbye_nothing_is_agreed_on_though_the_talk_is_still_being_kept(
    exchange: Exchange, method: str
) -> None:
    await exchange.start()  # whoever answers is not done yet when the caller has gone
    phone = await exchange.calling()
    phone.ask("BYE")
    phone.ask(method, phone.sdp())
    await settle()
    assert phone.statuses("BYE") == [200]
    assert phone.statuses(method)[-1] == 481


async def test_who_changes_the_call_and_hangs_up_in_one_breath(exchange: Exchange) -> None:
    failures: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, told: failures.append(str(told)))
    await exchange.start()
    phone = await exchange.calling()
    peer = Peer("udp", "127.0.0.1", phone.port)
    for request in (phone.request("INVITE", phone.sdp()), phone.request("BYE")):
        exchange.server._received(request.encode(), peer)
    await settle()
    gc.collect()
    assert phone.statuses("BYE") == [200]
    assert phone.statuses("INVITE")[-1] == 487
    assert not failures


async def test_a_talk_that_fails_ends_its_call_and_no_other(exchange: Exchange, clock: VirtualClock) -> None:
    async def fail(session: MediaSession) -> None:
        if not exchange.desk.sessions:
            exchange.desk.sessions.append(session)
            raise RuntimeError("as a test wants")
        await exchange.desk.answer(session)

    await exchange.start(answer=fail)
    first = await exchange.calling()
    await until(clock, lambda: any(message.method == "BYE" for message in first.messages))
    first.answer(200)
    second = await exchange.calling()
    before = len(second.packets)
    await tick(clock, 5)
    assert len(second.packets) == before + 5


async def test_when_the_service_stops_every_caller_is_told(exchange: Exchange, clock: VirtualClock) -> None:
    await exchange.start()
    phones = [await exchange.calling() for _ in range(3)]
    stopping = asyncio.ensure_future(exchange.server.stop())
    await until(clock, lambda: all(any(m.method == "BYE" for m in phone.messages) for phone in phones))
    for phone in phones:
        phone.answer(200)
    await until(clock, stopping.done, 150)
    await stopping


async def test_sound_through_a_bad_network(exchange: Exchange, clock: VirtualClock) -> None:
    """A tenth lost, the rest up to 200 ms late and out of order: once the delay has grown, all that came is played."""
    await exchange.start()
    phone = await exchange.calling()
    chance, pending, said = random.Random(7), [], 0
    frames: list[bytes] = []

    async def listen() -> None:
        while (one := await exchange.desk.sessions[0].receive()) is not None:
            frames.append(one.pcm)  # type: ignore[union-attr]

    listening = asyncio.create_task(listen())
    for beat in range(600):
        payload = phone.codec.encode(struct.pack("<h", 1000 + 100 * (beat % 100)) * 160)
        packet = Packet(8, beat, 8000 + 160 * beat, 77, payload).encode()
        if chance.random() >= 0.1:
            pending.append((beat + chance.random() * 10, packet))
            said += 1
        for due in sorted(one for one in pending if one[0] <= beat):
            phone._rtp[0].sendto(due[1], ("127.0.0.1", phone.remote_rtp))
            pending.remove(due)
        await tick(clock)
    listening.cancel()
    loud = [frame for frame in frames if abs(struct.unpack_from("<h", frame, 160)[0]) > 500]
    assert len(frames) >= 600
    assert len(loud) > 0.9 * said
    assert exchange.desk.sessions[0].quality.lost > 30  # type: ignore[attr-defined]


async def everything(session: MediaSession) -> list[object]:
    """All that can still be received."""
    came: list[object] = []
    while (one := await session.receive()) is not None:
        came.append(one)
    return came
