"""The tables against FFmpeg's, for every code and every sample there is."""

from __future__ import annotations

import av
import numpy as np
import pytest

from voice.telephony.rtp.g711 import CODECS, PCMA, PCMU, Codec

EVERY_SAMPLE = np.arange(-32768, 32768, dtype="<i2").tobytes()
NAMES = {"PCMA": "pcm_alaw", "PCMU": "pcm_mulaw"}


def decoded_by_ffmpeg(codec: Codec, codes: bytes) -> bytes:
    context = av.CodecContext.create(NAMES[codec.name], "r")
    context.sample_rate, context.layout = 8000, "mono"
    return b"".join(bytes(frame.planes[0])[: 2 * frame.samples] for frame in context.decode(av.Packet(codes)))


def encoded_by_ffmpeg(codec: Codec, pcm: bytes) -> bytes:
    context = av.CodecContext.create(NAMES[codec.name], "w")
    context.sample_rate, context.layout, context.format = 8000, "mono", "s16"
    frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = 8000
    return b"".join(bytes(packet) for packet in [*context.encode(frame), *context.encode(None)])


@pytest.mark.parametrize("codec", [PCMA, PCMU], ids=lambda codec: codec.name)
def test_every_code_means_what_it_means_to_ffmpeg(codec: Codec) -> None:
    assert codec.decode(bytes(range(256))) == decoded_by_ffmpeg(codec, bytes(range(256)))


@pytest.mark.parametrize("codec", [PCMA, PCMU], ids=lambda codec: codec.name)
def test_no_sample_is_coded_worse_than_by_ffmpeg(codec: Codec) -> None:
    samples = np.frombuffer(EVERY_SAMPLE, "<i2").astype(int)
    ours, theirs = (
        np.abs(np.frombuffer(codec.decode(codes), "<i2").astype(int) - samples)
        for codes in (codec.encode(EVERY_SAMPLE), encoded_by_ffmpeg(codec, EVERY_SAMPLE))
    )
    assert (ours <= theirs).all()
    assert (ours <= np.maximum(16, np.abs(samples) // 15)).all()


@pytest.mark.parametrize("codec", [PCMA, PCMU], ids=lambda codec: codec.name)
def test_coding_what_was_decoded_changes_nothing(codec: Codec) -> None:
    pcm = codec.decode(bytes(range(256)))
    assert codec.decode(codec.encode(pcm)) == pcm


@pytest.mark.parametrize("codec", [PCMA, PCMU], ids=lambda codec: codec.name)
def test_silence_is_silent(codec: Codec) -> None:
    assert np.abs(np.frombuffer(codec.decode(bytes([codec.silence]) * 160), "<i2")).max() <= 8


def test_both_are_known_by_their_numbers() -> None:
    assert CODECS == {0: PCMU, 8: PCMA}
