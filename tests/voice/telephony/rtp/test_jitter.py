"""Sound that comes late, twice, out of order or not at all still plays evenly."""

from __future__ import annotations

import random

import pytest

from voice.telephony.rtp.jitter import FRAME, JitterBuffer
from voice.telephony.rtp.packet import Packet

SILENCE = 0xD5


def packet(number: int, *, length: int = FRAME, start: int = 0, ssrc: int = 1, sequence: int = 0) -> Packet:
    """The packet of this number; its bytes tell which it is."""
    fill = bytes([number % 200 + 1]) * length
    return Packet(8, (sequence + number) & 0xFFFF, (start + number * length) & 0xFFFFFFFF, ssrc, fill)


def play(arrivals: list[tuple[float, Packet]], frames: int) -> tuple[list[bytes], JitterBuffer]:
    """Arrivals are in beats."""
    buffer, waiting, out = JitterBuffer(SILENCE), sorted(arrivals, key=lambda one: one[0]), []
    for beat in range(frames):
        while waiting and waiting[0][0] <= beat:
            buffer.put(waiting.pop(0)[1])
        out.append(buffer.take())
    return out, buffer


def numbers(frames: list[bytes]) -> list[int]:
    """Which packets were played whole, in order; repeats, which patch a loss, once."""
    played = [frame[0] - 1 for frame in frames if len(set(frame)) == 1 and frame[0] != SILENCE]
    return [number for at, number in enumerate(played) if at == 0 or number != played[at - 1]]


def delay(frames: list[bytes], count: int) -> int:
    """Beats between the time at which the last packets would have come and that at which they were played."""
    last = bytes([(count - 1) % 200 + 1]) * FRAME
    at = len(frames) - 1 - frames[::-1].index(last)
    return at - (frames[at - 1] == last) - (count - 1)  # it was repeated once when nothing followed


def test_what_comes_in_time_is_played_in_full() -> None:
    frames, buffer = play([(n, packet(n)) for n in range(100)], 110)
    assert numbers(frames) == list(range(100))
    assert delay(frames, 100) == 2
    assert buffer.late == 0


@pytest.mark.parametrize("length", [80, 240, 320, 480])
def test_packets_of_other_lengths_come_out_as_frames(length: int) -> None:
    arrivals = [(n * length / FRAME, packet(n, length=length)) for n in range(60)]
    frames, _ = play(arrivals, 60 * length // FRAME + 5)
    said = b"".join(packet(n, length=length).payload for n in range(60))
    assert said in b"".join(frames)


def test_order_is_restored() -> None:
    swapped = [(n + (1.5 if n % 4 == 1 else 0), packet(n)) for n in range(100)]
    frames, _ = play(swapped, 110)
    assert numbers(frames) == list(range(100))


def test_repeats_are_played_once_and_make_nobody_wait() -> None:
    twice = [(n + late, packet(n)) for n in range(100) for late in (0, 6)]
    frames, _ = play(twice, 110)
    assert numbers(frames) == list(range(100))
    assert delay(frames, 100) == 2


def test_a_tenth_lost_is_patched_and_the_rest_is_all_there() -> None:
    chance = random.Random(3)
    lost = {n for n in range(10, 500) if chance.random() < 0.1}
    frames, _ = play([(n, packet(n)) for n in range(500) if n not in lost], 505)
    # Numbers repeat every 200, so compare in order.
    assert numbers(frames) == [n % 200 for n in range(500) if n not in lost]
    patched = [frame for at, frame in enumerate(frames[2:-3]) if at in lost and at - 1 not in lost]
    assert all(frame[0] != SILENCE for frame in patched)


def test_with_200_ms_of_jitter_the_delay_grows_until_nothing_is_late() -> None:
    chance = random.Random(5)
    arrivals = [(n + chance.random() * 10, packet(n)) for n in range(1000)]
    frames, _ = play(arrivals, 1020)
    assert 9 <= delay(frames, 1000) <= 13
    settled = numbers(frames)
    assert settled[-850:] == [n % 200 for n in range(150, 1000)]


def test_the_delay_shrinks_again_when_the_network_has_calmed_down() -> None:
    chance = random.Random(5)
    wild = [(n + chance.random() * 10, packet(n)) for n in range(100)]
    calm = [(n, packet(n)) for n in range(112, 5000)]
    frames, _ = play(wild + calm, 5010)
    assert delay(frames, 5000) == 2


def test_the_counters_may_wrap() -> None:
    start, sequence = 0xFFFFFFFF - 50 * FRAME, 0xFFFF - 20
    frames, _ = play([(n, packet(n, start=start, sequence=sequence)) for n in range(100)], 110)
    assert numbers(frames) == list(range(100))


def test_another_stream_begins_anew() -> None:
    first = [(n, packet(n)) for n in range(50)]
    second = [(50 + n, packet(100 + n, start=3_000_000_000, ssrc=2)) for n in range(50)]
    frames, _ = play(first + second, 110)
    assert numbers(frames)[-50:] == list(range(100, 150))


def test_a_leap_in_time_is_followed() -> None:
    leap = [(50 + n, packet(100 + n, start=1_000_000, sequence=500)) for n in range(50)]
    frames, _ = play([(n, packet(n)) for n in range(50)] + leap, 110)
    assert numbers(frames)[-50:] == list(range(100, 150))


def test_before_anything_came_there_is_silence() -> None:
    assert JitterBuffer(SILENCE).take() == bytes([SILENCE]) * FRAME
