"""A voice that has begun what it will probably be asked to say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fakes.talking import ScriptedSynthesizer
from voice.speaking.prepared import PreparedVoice
from voice.synthesizer import SpeechFailed, Voice

VOICE, SLOW = Voice(), Voice(speed=0.7)


async def said(voice: PreparedVoice, text: str, how: Voice = VOICE) -> int:
    """Frames of it."""
    return len([frame async for frame in voice.speak(text, how)])


@pytest.fixture
def own() -> ScriptedSynthesizer:
    return ScriptedSynthesizer()


async def test_what_was_prepared_is_made_once_and_said_whole(own: ScriptedSynthesizer) -> None:
    voice = PreparedVoice(own)
    await voice.prepare("您先别急。", VOICE)
    assert own.said == ["您先别急。"]
    await voice.prepare("您先别急。", VOICE)
    assert await said(voice, "您先别急。") == 5
    assert own.said == ["您先别急。"]
    assert await said(voice, "您先别急。") == 5
    assert own.said == ["您先别急。"] * 2, "said again, it is made again"
    assert not own.speaking


@pytest.mark.parametrize(("text", "how"), [("再说一遍。", VOICE), ("您先别急。", SLOW)])
async def test_what_comes_otherwise_is_said_and_the_rest_forgotten(
    own: ScriptedSynthesizer, text: str, how: Voice
) -> None:
    voice = PreparedVoice(own)
    await voice.prepare("您先别急。", VOICE)
    assert await said(voice, text, how) == 5
    assert own.said == ["您先别急。", text]
    assert not own.speaking


async def test_the_last_thing_prepared_counts(own: ScriptedSynthesizer) -> None:
    voice = PreparedVoice(own)
    await voice.prepare("您先别急。", VOICE)
    await voice.prepare("您好。", VOICE)
    assert own.speaking == 1
    await voice.forget()
    assert not own.speaking
    assert await said(voice, "您好。") == 3


async def test_who_breaks_it_off_leaves_nothing_open(own: ScriptedSynthesizer) -> None:
    voice = PreparedVoice(own)
    await voice.prepare("您先别急。", VOICE)
    async for _ in (speaking := voice.speak("您先别急。", VOICE)):
        break
    await speaking.aclose()  # type: ignore[attr-defined]
    assert not own.speaking


class Failing(ScriptedSynthesizer):
    """Says nothing."""

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """Fails once the loop has turned."""
        await asyncio.sleep(0)
        raise SpeechFailed(text)
        yield b""


async def test_what_cannot_be_said_fails_when_it_is_said() -> None:
    voice = PreparedVoice(Failing())
    await voice.prepare("您好。", VOICE)
    with pytest.raises(SpeechFailed):
        await said(voice, "您好。")
    await voice.prepare("您好。", VOICE)
    await voice.forget()


class Slow(ScriptedSynthesizer):
    """Makes no sound until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may = asyncio.Event()

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """As soon as it may."""
        self.said.append(text)
        await self.may.wait()
        yield bytes(320)


async def test_what_is_not_ready_yet_is_waited_for_and_not_begun_anew() -> None:
    own = Slow()
    voice = PreparedVoice(own)
    preparing = asyncio.ensure_future(voice.prepare("您好。", VOICE))
    await asyncio.sleep(0)
    speaking = asyncio.ensure_future(said(voice, "您好。"))
    preparing.cancel()
    await asyncio.sleep(0)
    own.may.set()
    assert await speaking == 1
    assert own.said == ["您好。"]
