"""One press is one key, whatever the network does to the packets that tell of it."""

from __future__ import annotations

import random
from itertools import pairwise

from voice.telephony.rtp.keys import KeyReader
from voice.telephony.rtp.packet import Packet


def press(key: int, timestamp: int, *, marker: bool = True) -> list[Packet]:
    """As a phone sends it."""
    lengths = [160, 320, 480, 640, 640, 640]
    return [
        Packet(101, 0, timestamp, 7, bytes([key, 10]) + length.to_bytes(2, "big"), marker and at == 0)
        for at, length in enumerate(lengths)
    ]


def read(packets: list[Packet]) -> str:
    reader = KeyReader()
    return "".join(key for packet in packets if (key := reader.read(packet)) is not None)


def test_each_press_is_told_once() -> None:
    assert read(press(1, 0) + press(1, 1600) + press(11, 3200) + press(10, 4800) + press(15, 6400)) == "11#*D"


def test_any_one_packet_is_enough() -> None:
    for kept in range(6):
        assert read([press(5, 0)[kept], press(6, 1600)[kept]]) == "56"


def test_lost_and_repeated_packets_do_not_matter() -> None:
    chance = random.Random(1)
    for _ in range(200):
        presses = [press(key, 1600 * at) for at, key in enumerate((1, 2, 3, 8, 1, 2))]
        came = [packet for one in presses for packet in sorted(chance.choices(one, k=4), key=one.index)]
        assert read(came) == "123812"


def test_a_latecomer_of_an_old_press_is_no_new_one() -> None:
    one, two = press(1, 0), press(2, 1600)
    assert read([*one[:3], two[0], *one[3:], *two[1:]]) == "12"


def test_a_very_long_press_that_goes_on_under_a_new_timestamp_is_one() -> None:
    first = [
        Packet(101, 0, 0, 7, bytes([4, 10]) + length.to_bytes(2, "big"), length == 160) for length in (160, 0xFFFF)
    ]
    second = press(4, 0xFFFF, marker=False)
    assert read(first + second) == "4"


def test_what_is_no_key_or_cut_off_is_dropped() -> None:
    assert read([Packet(101, 0, 0, 7, b"\x01"), *press(16, 1600), *press(3, 3200)]) == "3"


def test_the_timestamp_may_wrap() -> None:
    starts = [0xFFFFFF00 + 1600 * at & 0xFFFFFFFF for at in range(4)]
    assert any(b < a for a, b in pairwise(starts))
    assert read([packet for at, start in enumerate(starts) for packet in press(at, start)]) == "0123"
