from __future__ import annotations

import pytest

from tests.fakes.synthesizer import FakeVoice
from voice.speaking.fallback import FallbackVoice
from voice.synthesizer import SpeechFailed, Voice


async def test_the_next_voice_speaks_where_the_first_cannot() -> None:
    second = FakeVoice("second")
    frames = [one async for one in FallbackVoice([FakeVoice(fails_at=0), second]).speak("您好", Voice())]
    assert len(frames) == 4
    assert second.said == [("您好", Voice())]


async def test_a_sentence_is_not_begun_twice() -> None:
    second = FakeVoice("second")
    speech = FallbackVoice([FakeVoice(fails_at=2), second]).speak("您好", Voice())
    assert [await anext(speech), await anext(speech)]
    with pytest.raises(SpeechFailed):
        await anext(speech)
    assert not second.said


async def test_no_voice_at_all_is_said() -> None:
    with pytest.raises(SpeechFailed, match="no voice"):
        [one async for one in FallbackVoice([FakeVoice(fails_at=0)]).speak("您好", Voice())]
    with pytest.raises(ValueError, match="no voice"):
        FallbackVoice([])
