"""G.711: eight bits a sample, A-law or µ-law, by tables computed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

_Samples = npt.NDArray[np.int16]
_Codes = npt.NDArray[np.uint8]


def _alaw_values() -> _Samples:
    """What each of the 256 codes of A-law means, ITU-T G.711 table 1, scaled to 16 bits."""
    code = np.arange(256, dtype=np.int32) ^ 0x55
    exponent, mantissa = (code >> 4) & 7, code & 15
    base = (mantissa << 4) + 8
    value = np.where(exponent == 0, base, (base + 0x100) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, value, -value).astype(np.int16)


def _ulaw_values() -> _Samples:
    """What each of the 256 codes of µ-law means, ITU-T G.711 table 2, scaled to 16 bits."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    exponent, mantissa = (code >> 4) & 7, code & 15
    value = (((mantissa << 3) + 0x84) << exponent) - 0x84
    return np.where(code & 0x80, -value, value).astype(np.int16)


def _nearest(values: _Samples) -> _Codes:
    """For each 16-bit sample, shifted to start at 0, the code whose value is nearest."""
    order = np.argsort(values, kind="stable")
    ascending = values[order].astype(np.int32)
    samples = np.arange(-32768, 32768, dtype=np.int32)
    above = np.clip(np.searchsorted(ascending, samples), 1, len(ascending) - 1)
    low, high = ascending[above - 1], ascending[above]
    pick = np.where(samples - low < high - samples, above - 1, above)
    codes: _Codes = order[pick].astype(np.uint8)
    return codes


@dataclass(frozen=True, slots=True)
class Codec:
    """One of the two laws, as SDP and RTP name it."""

    name: str
    payload_type: int
    silence: int
    """The code of no sound."""
    _values: Callable[[], _Samples] = field(repr=False)
    _decoded: _Samples = field(init=False, repr=False, compare=False)
    _encoded: _Codes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values = self._values()
        object.__setattr__(self, "_decoded", values.astype("<i2"))
        object.__setattr__(self, "_encoded", _nearest(values))

    def decode(self, payload: bytes) -> bytes:
        """PCM of these codes."""
        pcm: bytes = self._decoded[np.frombuffer(payload, np.uint8)].tobytes()
        return pcm

    def encode(self, pcm: bytes) -> bytes:
        """Codes of this PCM."""
        codes: bytes = self._encoded[np.frombuffer(pcm, "<i2").astype(np.int32) + 32768].tobytes()
        return codes


PCMA = Codec("PCMA", 8, 0xD5, _alaw_values)
PCMU = Codec("PCMU", 0, 0xFF, _ulaw_values)
CODECS = {codec.payload_type: codec for codec in (PCMA, PCMU)}
