from __future__ import annotations

from pathlib import Path

import pytest

from voice.speaking.espeak import EspeakVoice
from voice.synthesizer import SpeechFailed, Voice


def program(tmp_path: Path, script: str) -> EspeakVoice:
    file = tmp_path / "espeak-ng"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return EspeakVoice(str(file))


async def test_what_it_writes_becomes_frames(tmp_path: Path) -> None:
    voice = program(tmp_path, 'echo "$@" > "$0.args"; cat > "$0.text"; head -c 44144 /dev/zero')
    frames = [one async for one in voice.speak("打12348", Voice(speed=0.5))]
    assert {len(one) for one in frames} == {320}
    assert 50 <= len(frames) <= 51
    assert (tmp_path / "espeak-ng.text").read_text("utf-8") == "打幺二三四八"
    assert "-v cmn -s 140" in (tmp_path / "espeak-ng.args").read_text()


async def test_not_installed_is_said() -> None:
    voice = EspeakVoice("no-such-program-here")
    assert not voice.there
    with pytest.raises(SpeechFailed, match="installed"):
        await anext(voice.speak("您好", Voice()))


async def test_a_failure_is_said(tmp_path: Path) -> None:
    with pytest.raises(SpeechFailed, match="ended with 3"):
        [one async for one in program(tmp_path, "cat >/dev/null; exit 3").speak("您好", Voice())]


async def test_an_interruption_ends_the_program(tmp_path: Path) -> None:
    voice = program(tmp_path, 'cat >/dev/null; echo $$ > "$0.pid"; exec cat /dev/zero')
    speech = voice.speak("您好", Voice())
    await anext(speech)
    await speech.aclose()
    assert not Path(f"/proc/{(tmp_path / 'espeak-ng.pid').read_text().strip()}").exists()


@pytest.mark.skipif(not EspeakVoice().there, reason="espeak-ng is a package of the system")
async def test_the_real_program_speaks_chinese() -> None:
    frames = [one async for one in EspeakVoice().speak("您好，这里是法律热线。", Voice())]
    assert 1 < len(frames) / 50 < 8
