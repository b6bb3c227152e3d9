"""The voice of last resort: espeak-ng, a small program of the system (Debian: espeak-ng)."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress

from voice.speaking.aloud import aloud
from voice.speaking.framing import Framer
from voice.synthesizer import SpeechFailed, Voice

_RATE = 22_050
_WORDS_PER_MINUTE = 280
"""As fast as the default voice, measured on the same sentences."""
_HEADER = 44
"""Bytes of the WAV header that comes first."""


class EspeakVoice:
    """See `Synthesizer`."""

    name = "espeak-ng-cmn"

    def __init__(self, program: str = "espeak-ng") -> None:
        self._program = program

    @property
    def there(self) -> bool:
        """Whether the program is installed."""
        return shutil.which(self._program) is not None

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """See `Synthesizer.speak`."""
        framer = Framer(_RATE, voice.rate)
        words = str(round(_WORDS_PER_MINUTE * voice.speed))
        pipe = asyncio.subprocess.PIPE
        try:
            program = await asyncio.create_subprocess_exec(
                self._program, "-v", "cmn", "-s", words, "--stdin", "--stdout", stdin=pipe, stdout=pipe
            )
        except OSError as error:
            raise SpeechFailed(f"{self._program} cannot be started: is it installed? ({error.strerror})") from error
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            program.stdin.write(aloud(text).encode())
            program.stdin.close()
            with suppress(asyncio.IncompleteReadError):
                await program.stdout.readexactly(_HEADER)
            odd = b""
            while sound := await program.stdout.read(8192):
                sound = odd + sound
                even = len(sound) // 2 * 2
                sound, odd = sound[:even], sound[even:]
                for frame in framer.push(sound):
                    yield frame
            if await program.wait() != 0:
                raise SpeechFailed(f"{self._program} ended with {program.returncode}")
            for frame in framer.finish():
                yield frame
        finally:
            if program.returncode is None:
                with suppress(ProcessLookupError):
                    program.kill()
                await program.communicate()  # reads the full pipe empty, without which its end is never told
