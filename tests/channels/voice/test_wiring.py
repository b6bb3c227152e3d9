"""Settings become transports; what cannot work is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.settings import Settings, SettingsError
from channels.voice.wiring import rates, telephone
from tests.fakes.echo import echo
from tests.voice.telephony.outside.tools import free_port

REPO = Path(__file__).resolve().parents[3]
ROWS = (
    "VOICE_BROWSER",
    "VOICE_LINES", "VOICE_ALLOW", "SIP_HOST", "SIP_PORT", "SIP_ADDRESS", "SIP_USER", "SIP_PASSWORD", "RTP_PORTS",
    "AUDIOSOCKET_PORT", "ARI_URL", "ARI_USER", "ARI_PASSWORD", "VOICE_STREAM_PASSWORD",
)  # fmt: skip


def test_off_unless_wanted() -> None:
    made = telephone(Settings.from_env({}), echo, SystemClock())
    assert made.sip is None
    assert made.audiosocket is None


async def test_both_listen_and_let_go() -> None:
    port, other = free_port(), free_port()
    env = {"SIP_PORT": str(port), "AUDIOSOCKET_PORT": str(other), "SIP_USER": "trunk", "SIP_PASSWORD": "secret"}
    for _ in range(2):  # twice: nothing of the first stays
        made = telephone(Settings.from_env(env), echo, SystemClock())
        await made.start()
        assert made.sip is not None
        assert made.audiosocket is not None
        assert (made.sip.port, made.audiosocket.port) == (port, other)
        await made.stop()


async def test_a_taken_port_leaves_nothing_open() -> None:
    port, other = free_port(), free_port()
    first = telephone(Settings.from_env({"AUDIOSOCKET_PORT": str(other)}), echo, SystemClock())
    await first.start()
    second = telephone(Settings.from_env({"SIP_PORT": str(port), "AUDIOSOCKET_PORT": str(other)}), echo, SystemClock())
    with pytest.raises(OSError, match="address already in use"):
        await second.start()
    third = telephone(Settings.from_env({"SIP_PORT": str(port)}), echo, SystemClock())
    await third.start()
    await third.stop()
    await first.stop()


@pytest.mark.parametrize(
    "env",
    [
        {"VOICE_ALLOW": "everybody"},
        {"SIP_USER": "trunk"},
        {"SIP_PASSWORD": "secret"},
        {"RTP_PORTS": "10000"},
        {"RTP_PORTS": "2-1"},
        {"RTP_PORTS": "1-70000"},
    ],
)
def test_what_cannot_work_is_named(env: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(env))):
        telephone(Settings.from_env(env), echo, SystemClock())


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({}, [16000]),
        ({"VOICE_BROWSER": "0"}, []),
        ({"VOICE_LINES": "0"}, []),
        ({"SIP_PORT": "5060"}, [8000, 16000]),
        ({"VOICE_STREAM_PASSWORD": "secret", "VOICE_BROWSER": "0"}, [8000]),
    ],
)
def test_the_voice_is_ready_for_the_calls_that_can_come(env: dict[str, str], wanted: list[int]) -> None:
    assert rates(Settings.from_env(env)) == wanted


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_setting_of_the_telephone_is_told(readme: str) -> None:
    text = (REPO / readme).read_text(encoding="utf-8")
    assert [row for row in ROWS if f"`{row}`" not in text] == []
