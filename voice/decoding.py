"""Recorded voice of messengers and browsers as plain sound: to mono PCM of 16 bit."""

from __future__ import annotations

import io
import struct
from typing import Literal

import av
import pysilk
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

LONGEST = 120
"""Seconds that are decoded; messengers record sixty."""
_SILK = b"#!SILK_V3"
_SPEEX_FRAME = 60
"""Bytes of a frame of wide-band Speex as WeChat records it, without any container."""
_SPEEX_SAMPLES = 320

Kind = Literal["amr", "amrwb", "silk", "speex", "webm", "mp4", "ogg", ""]
_DEMUXERS = {"amr": "amr", "amrwb": "amr", "webm": "webm", "mp4": "mp4", "ogg": "ogg"}


class BadVoice(ValueError):
    """Not a recording that can be decoded."""


def kind_of(content: bytes, named: str = "") -> Kind:
    """What the recording is, by its beginning; where it has none of its own, as it is `named`. "" for none."""
    if content.startswith(b"#!AMR-WB\n"):
        return "amrwb"
    if content.startswith(b"#!AMR\n"):
        return "amr"
    if content.startswith(_SILK) or content[1:].startswith(_SILK):
        return "silk"
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]:
        return "webm"
    if content[4:8] == b"ftyp":
        return "mp4"
    if content.startswith(b"OggS\0"):
        return "ogg"
    if named == "speex" and content and len(content) % _SPEEX_FRAME == 0:
        return "speex"
    return ""


def decode(content: bytes, sample_rate: int, named: str = "") -> bytes:
    """The sound at `sample_rate`. Raises BadVoice. Takes its time: call it in a thread."""
    match kind_of(content, named):
        case "silk":
            return _silk(content, sample_rate)
        case "speex":
            return _speex(content, sample_rate)
        case "":
            raise BadVoice("an unknown kind of recording")
        case known:
            # Named, so that nothing else can be slipped to the library under this beginning.
            return _contained(content, sample_rate, known)


def _contained(content: bytes, sample_rate: int, kind: str) -> bytes:
    sound = _Sound(sample_rate)
    try:
        with av.open(io.BytesIO(content), format=_DEMUXERS[kind], mode="r") as container:
            for frame in container.decode(audio=0):
                if sound.add(frame):
                    break
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise BadVoice(f"{kind} not decoded: {type(error).__name__}") from None
    return sound.all()


def _silk(content: bytes, sample_rate: int) -> bytes:
    wanted = min((8000, 12000, 16000, 24000), key=lambda rate: abs(rate - sample_rate))
    if wanted != sample_rate:
        raise BadVoice(f"SILK is not decoded at {sample_rate} samples a second")
    out = io.BytesIO()
    # WeChat writes one byte before the usual beginning, which the decoder knows.
    try:
        pysilk.decode(io.BytesIO(content), out, sample_rate)
    except (pysilk.SilkError, OSError, ValueError, MemoryError) as error:
        raise BadVoice(f"silk not decoded: {type(error).__name__}") from None
    return out.getvalue()[: 2 * sample_rate * LONGEST]


def _speex(content: bytes, sample_rate: int) -> bytes:
    sound = _Sound(sample_rate)
    try:
        codec = av.CodecContext.create("speex", "r")
        codec.sample_rate = 16000
        codec.extradata = _speex_header()
        for start in range(0, len(content), _SPEEX_FRAME):
            frames = codec.decode(av.Packet(content[start : start + _SPEEX_FRAME]))
            if any(sound.add(frame) for frame in frames):
                break
    except (av.error.FFmpegError, ValueError) as error:
        raise BadVoice(f"speex not decoded: {type(error).__name__}") from None
    return sound.all()


def _speex_header() -> bytes:
    """What a container would say of these frames: wide band, one channel, one frame a packet."""
    numbers = (1, 80, 16000, 1, 4, 1, -1, _SPEEX_SAMPLES, 0, 1, 0, 0, 0)
    return b"Speex   " + b"1.2".ljust(20, b"\0") + struct.pack("<13i", *numbers)


class _Sound:
    """Frames of a decoder, as PCM of one rate."""

    def __init__(self, sample_rate: int) -> None:
        self._resampler = AudioResampler(format="s16", layout="mono", rate=sample_rate)
        self._most = 2 * sample_rate * LONGEST
        self._pcm = bytearray()

    def add(self, frame: AudioFrame) -> bool:
        """Whether it is enough now."""
        for part in self._resampler.resample(frame):
            self._pcm += bytes(part.planes[0])[: 2 * part.samples]
        return len(self._pcm) >= self._most

    def all(self) -> bytes:
        for part in self._resampler.resample(None):
            self._pcm += bytes(part.planes[0])[: 2 * part.samples]
        if not self._pcm:
            raise BadVoice("silence of no length")
        return bytes(self._pcm[: self._most])
