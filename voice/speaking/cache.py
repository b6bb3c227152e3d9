"""Sound that was made once, kept on disk."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from voice.media import frame_bytes
from voice.synthesizer import Synthesizer, Voice

_SENTENCE = re.compile(r"[^。！？]*[。！？]?", re.DOTALL)


class CachedVoice:
    """See `Synthesizer`; asks `voice` only for what has not been said before.

    Only fixed prompts are kept: what one caller told must not lie on a disk. Only those said to their end are, so an
    interruption leaves nothing half. The oldest go when the folder grows past `most_bytes`.
    """

    def __init__(
        self, voice: Synthesizer, folder: Path, fixed: Iterable[str] = (), most_bytes: int = 200_000_000
    ) -> None:
        """`fixed`: the prompts that may be kept; everything else is passed through."""
        self._voice = voice
        self._folder = folder
        self._fixed: frozenset[str] = frozenset()
        self._longest: list[str] = []
        self.keep(fixed)
        self._most = most_bytes

    def keep(self, fixed: Iterable[str]) -> None:
        """These are fixed prompts too."""
        self._fixed |= {one for one in fixed if one}
        # Only whole sentences: a prompt that another sentence begins with is no prompt.
        self._longest = sorted((one for one in self._fixed if one[-1] in "。！？"), key=len, reverse=True)

    @property
    def name(self) -> str:
        """That of the voice itself: the sound is the same."""
        return self._voice.name

    async def speak(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """See `Synthesizer.speak`."""
        for piece in [text] if text in self._fixed else self._pieces(text):
            said = self._kept(piece, voice) if piece in self._fixed else self._voice.speak(piece, voice)
            async for frame in said:
                yield frame

    def _pieces(self, text: str) -> list[str]:
        """Prompts are often said one after the other, or behind something new: each is found in the cache by itself."""
        pieces, new = [], ""
        while text:
            prompt = next((one for one in self._longest if text.startswith(one)), "")
            if prompt:
                pieces += [new, prompt] if new else [prompt]
                new, text = "", text[len(prompt) :]
                continue
            end = _SENTENCE.match(text).end()  # type: ignore[union-attr]  # it matches anything
            new, text = new + text[:end], text[end:]
        return [*pieces, new] if new else pieces

    async def _kept(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        """A prompt, from the disk once it has been said to its end."""
        if frames := await self.kept(text, voice):
            for frame in frames:
                yield frame
            return
        async for frame in self._voice.speak(text, voice):
            frames.append(frame)
            yield frame
        if frames:
            await asyncio.to_thread(self._keep, self._path(text, voice), b"".join(frames))

    async def kept(self, text: str, voice: Voice) -> list[bytes]:
        """Its frames where it was made before; none else, and nothing is made."""
        sound, size = await asyncio.to_thread(_read, self._path(text, voice)), frame_bytes(voice.rate)
        if len(sound) % size:
            return []
        return [sound[start : start + size] for start in range(0, len(sound), size)]

    async def render(self, voices: Iterable[Voice], texts: Iterable[str] | None = None) -> int:
        """Make what is missing of these fixed prompts, or of all; says how many prompts are ready."""
        wanted, count = sorted(self._fixed if texts is None else texts), 0
        for voice in voices:
            for text in wanted:
                async for _ in self.speak(text, voice):
                    pass
                count += 1
        return count

    def missing(self, text: str, voice: Voice) -> bool:
        """Whether it has not been made yet."""
        return not self._path(text, voice).exists()

    def _path(self, text: str, voice: Voice) -> Path:
        key = "\0".join((self._voice.name, str(voice.rate), f"{voice.speed:.3f}", text))
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.pcm"

    def _keep(self, path: Path, sound: bytes) -> None:
        """Write it beside and move it there, so that no reader and no crash ever sees a part."""
        with suppress(OSError):  # a full disk must not silence the call
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(f".{uuid4().hex}")
            try:
                beside.write_bytes(sound)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
            self._shrink()

    def _shrink(self) -> None:
        files = sorted(((one.stat(), one) for one in self._folder.glob("*.pcm")), key=lambda pair: pair[0].st_mtime)
        over = sum(stat.st_size for stat, _ in files) - self._most
        for stat, one in files:
            if over <= 0:
                return
            one.unlink(missing_ok=True)
            over -= stat.st_size


def _read(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""
