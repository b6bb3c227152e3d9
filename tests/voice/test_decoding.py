"""Recordings as messengers make them, written by other encoders, come out as the sound that went in."""

from __future__ import annotations

import io
import math
import random
import struct
from contextlib import suppress

import av
import pysilk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.decoding import LONGEST, BadVoice, decode, kind_of

RATE = 16000


def tone(rate: int, seconds: float = 1.0, pitch: float = 440.0) -> bytes:
    samples = (math.sin(2 * math.pi * pitch * at / rate) for at in range(int(rate * seconds)))
    return struct.pack(f"<{int(rate * seconds)}h", *(int(12000 * one) for one in samples))


def amr(pcm: bytes) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="amr") as container:
        stream = container.add_stream("libopencore_amrnb", rate=8000, layout="mono")
        stream.bit_rate = 12200
        for start in range(0, len(pcm), 320):
            chunk = pcm[start : start + 320].ljust(320, b"\0")
            frame = av.AudioFrame(format="s16", layout="mono", samples=160)
            frame.planes[0].update(chunk.ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate = 8000
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def silk(pcm: bytes, rate: int) -> bytes:
    out = io.BytesIO()
    pysilk.encode(io.BytesIO(pcm), out, rate, 24000)
    return out.getvalue()


def pitch_of(pcm: bytes, rate: int) -> float:
    """By crossings of zero, in the middle of the sound."""
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    middle = samples[len(samples) // 4 : 3 * len(samples) // 4]
    crossings = sum(1 for one, other in zip(middle, middle[1:], strict=False) if one < 0 <= other)
    return crossings * rate / len(middle)


def test_amr_becomes_the_sound_it_was() -> None:
    content = amr(tone(8000))
    assert kind_of(content) == "amr"
    pcm = decode(content, RATE)
    assert pitch_of(pcm, RATE) == pytest.approx(440, abs=10)
    assert len(pcm) / 2 / RATE == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("before", [b"", b"\x02"])
def test_silk_becomes_the_sound_it_was(before: bytes) -> None:
    encoded = silk(tone(RATE), RATE)
    bare = encoded[encoded.index(b"#!SILK_V3") :]
    content = before + bare
    assert kind_of(content) == "silk"
    if before:
        assert pitch_of(decode(content, RATE), RATE) == pytest.approx(440, abs=10)


def speex_frame(chance: random.Random) -> bytes:
    """One of wide band as WeChat records it: 364 bits of narrow band, 112 of the band above, by submodes 6 and 2."""
    bits = "00110" + f"{chance.getrandbits(359):0359b}" + "1010" + f"{chance.getrandbits(108):0108b}" + "0000"
    return int(bits, 2).to_bytes(60, "big")


def test_speex_without_a_container_is_decoded_frame_by_frame() -> None:
    # No encoder of Speex is at hand: what a valid frame says is noise, but it says it for 20 ms.
    chance = random.Random(3)
    pcm = decode(b"".join(speex_frame(chance) for _ in range(50)), RATE, "speex")
    assert len(pcm) / 2 / RATE == pytest.approx(1.0, abs=0.05)


def test_a_long_recording_is_cut() -> None:
    content = amr(tone(8000, 1.0))
    frames = content[6:]
    pcm = decode(b"#!AMR\n" + frames * (LONGEST + 5), RATE)
    assert len(pcm) == 2 * RATE * LONGEST


@given(st.binary(max_size=400), st.sampled_from([b"", b"#!AMR\n", b"#!AMR-WB\n", b"\x02#!SILK_V3", b"#!SILK_V3"]))
def test_whatever_comes_is_sound_or_refused(rest: bytes, begin: bytes) -> None:
    with suppress(BadVoice):
        assert len(decode(begin + rest, RATE, "amr")) % 2 == 0
