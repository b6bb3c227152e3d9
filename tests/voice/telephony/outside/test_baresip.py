"""A real softphone calls us, says a sentence and hears it again."""

from __future__ import annotations

import asyncio
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.fakes.echo import echo
from tests.voice.telephony.outside.conftest import Running
from tests.voice.telephony.outside.tools import Baresip, baresip, kamailio
from voice.media import Frame, MediaSession
from voice.telephony.networks import Networks

pytestmark = pytest.mark.programs("baresip")
RATE = 8000


def sentence(path: Path, seconds: float = 3) -> npt.NDArray[np.float64]:
    """Something like speech: syllables of changing pitch with pauses between, no two alike."""
    chance = np.random.default_rng(12348)
    sound = np.zeros(int(RATE * seconds))
    at = RATE // 10
    while at < len(sound) - RATE // 2:
        length = int(chance.uniform(0.12, 0.3) * RATE)
        time = np.arange(length) / RATE
        pitch = chance.uniform(110, 260)
        tones = sum(chance.uniform(0.1, 1) * np.sin(2 * np.pi * pitch * n * time) for n in range(1, 12))
        sound[at : at + length] += tones * np.hanning(length)
        at += length + int(chance.uniform(0.02, 0.12) * RATE)
    sound = 9000 * sound / np.abs(sound).max()
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        # The phone hangs up where its file ends.
        out.writeframes(sound.astype("<i2").tobytes() + bytes(2 * RATE * 10))
    return sound


def samples(path: Path) -> npt.NDArray[np.float64]:
    """Of a recording; baresip may be killed before it has written the length, so all there is is taken."""
    data = path.read_bytes()
    return np.frombuffer(data[44 : len(data) // 2 * 2], "<i2").astype(float)


def likeness(said: npt.NDArray[np.float64], heard: npt.NDArray[np.float64]) -> float:
    """The median over quarters of a second, each at its best shift: a busy machine drops a frame at times."""
    found, length = [], RATE // 4
    for at in range(0, len(said) - length + 1, length):
        part = said[at : at + length]
        if np.abs(part).max() < 1000:
            continue
        together = np.correlate(heard, part, "valid")
        energy = np.sqrt(np.convolve(heard**2, np.ones(length), "valid") * (part**2).sum())
        found.append(float((together / np.maximum(energy, 1)).max()))
    return float(np.median(found))


async def patient(session: MediaSession) -> None:
    """An echo that leaves nothing out, however late the machine makes it."""
    while (heard := await session.receive()) is not None:
        if isinstance(heard, Frame):
            await session.send(heard.pcm)


async def call(phone: Baresip, port: int) -> None:
    """Dial, and be answered."""
    await phone.command("dial", f"sip:12348@127.0.0.1:{port}")
    await phone.event("CALL_ESTABLISHED")


async def test_what_is_said_comes_back_as_it_was(running: Running, tmp_path: Path) -> None:
    said = sentence(tmp_path / "said.wav")
    port = await running.start(patient)
    async with baresip(tmp_path / "phone", tmp_path / "said.wav") as phone:
        await call(phone, port)
        await asyncio.sleep(5)  # a real phone speaks at its own pace
        await phone.command("hangup")
        await phone.event("CALL_CLOSED")
    assert likeness(said, samples(phone.heard())) > 0.9
    assert running.sessions[0].call.called == "12348"


async def test_by_a_proxy_that_stays_in_the_way(running: Running, tmp_path: Path) -> None:
    said = sentence(tmp_path / "said.wav")
    port = await running.start(patient)
    async with kamailio(tmp_path / "proxy", port) as proxy, baresip(tmp_path / "phone", tmp_path / "said.wav") as phone:
        await call(phone, proxy)
        await asyncio.sleep(5)  # a real phone speaks at its own pace
        await phone.command("hangup")
        await phone.event("CALL_CLOSED")
        await asyncio.wait_for(running.ended.wait(), 10)  # the goodbye is on its way through two programs
    assert likeness(said, samples(phone.heard())) > 0.9


async def test_keys_hold_and_hang_up(running: Running, tmp_path: Path) -> None:
    """The phone presses keys, holds, comes back, and we hang up on the last key."""
    sentence(tmp_path / "said.wav", 10)
    keys: list[str] = []
    loud: list[bool] = []

    async def answer(session: MediaSession) -> None:
        while (came := await session.receive()) is not None:
            if isinstance(came, Frame):
                loud.append(bool(np.abs(np.frombuffer(came.pcm, "<i2").astype(int)).max() > 500))
            else:
                keys.append(came.key)
            if keys and keys[-1] == "#":
                return

    port = await running.start(answer)
    async with baresip(tmp_path / "phone", tmp_path / "said.wav") as phone:
        await call(phone, port)
        for key in "10*":
            await phone.command("sndcode", key)
            await asyncio.sleep(0.4)  # as a finger does
        await phone.command("hold")
        await asyncio.sleep(1)
        held = len(loud)
        await asyncio.sleep(1)
        on_hold = loud[held:]
        await phone.command("resume")
        await asyncio.sleep(1)
        back = len(loud)
        await phone.command("sndcode", "#")
        closed = await phone.event("CALL_CLOSED")
    assert "".join(keys) == "10*#"
    assert len(on_hold) > 30
    assert not any(on_hold)
    assert any(loud[held:back])
    assert closed["direction"] == "outgoing"


async def test_a_password(running: Running, tmp_path: Path) -> None:
    sentence(tmp_path / "said.wav")
    port = await running.start(networks=Networks.decode(""), users={"trunk": "secret"})
    account = "<sip:13800138000@127.0.0.1>;regint=0;auth_user=trunk;auth_pass=secret"
    async with baresip(tmp_path / "phone", tmp_path / "said.wav", account) as phone:
        await call(phone, port)
        await asyncio.wait_for(running.begun.wait(), 10)  # the phone is sure of the call before we are
        await phone.command("hangup")
        await phone.event("CALL_CLOSED")
    assert [session.call.caller for session in running.sessions] == ["13800138000"]


async def test_transfer_to_another_phone(running: Running, tmp_path: Path) -> None:
    """We send the caller on, to an echo that is a call of its own."""
    said = sentence(tmp_path / "said.wav", 8)
    taken: list[bool] = []

    async def answer(session: MediaSession) -> None:
        if session.call.called == "12348":
            taken.append(await session.transfer(f"sip:8001@127.0.0.1:{port}"))
        else:
            await echo(session)

    port = await running.start(answer)
    async with baresip(tmp_path / "phone", tmp_path / "said.wav") as phone:
        await call(phone, port)
        await phone.event("CALL_ESTABLISHED")
        await asyncio.sleep(4)
        await phone.command("hangup")
        await phone.event("CALL_CLOSED")
    assert taken == [True]
    assert [session.call.called for session in running.sessions] == ["12348", "8001"]
    recordings = sorted((tmp_path / "phone").glob("dump-*-dec.wav"), key=lambda path: path.stat().st_size)
    assert len(said) > 0
    assert samples(recordings[-1]).any()
