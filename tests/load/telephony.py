"""Measures the telephone's transports: what a call costs, how evenly its sound is sent, how long an echo takes."""

from __future__ import annotations

import os
import select
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.load.processes import free_port, running
from tests.load.sip_phone import SipPhone, udp, wait_for
from voice.telephony.rtp.g711 import PCMA

REPO = Path(__file__).resolve().parents[2]
CALLS = (1, 10, 50)
SECONDS = 20.0
_WARM = 2.0
_FRAME = 0.02
_QUIET = bytes([PCMA.silence]) * 160
_CLICK = PCMA.encode(b"\x00\x40" * 160)
_CLICK_EVERY = 50


@dataclass
class _Call(SipPhone):
    """One phone of ours, that clicks."""

    arrivals: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    clicked: float = 0.0
    echoes: list[float] = field(default_factory=list)

    def speak(self, now: float) -> None:
        """The next 20 ms: silence, and a click once a second."""
        click = self.sequence % _CLICK_EVERY == 0
        if click:
            self.clicked = now
        self.send(_CLICK if click else _QUIET)

    def hear(self) -> None:
        """Take in one packet."""
        at, packet = self.receive()
        self.arrivals.append(at)
        self.numbers.append(packet.sequence)
        if packet.payload == _CLICK and self.clicked:
            self.echoes.append(at - self.clicked)
            self.clicked = 0.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Of so many calls at a time."""

    calls: int
    cpu_per_call: float
    """Per cent of one core."""
    memory_mb: float
    jitter_p50_ms: float
    """How far from 20 ms after the one before a packet arrives."""
    jitter_p99_ms: float
    jitter_max_ms: float
    lost: int
    echo_p50_ms: float
    """From a frame sent to its echo received; 40 of it are the jitter buffer, 20 the frame itself."""
    echo_p95_ms: float


def measure(say: Callable[[str], None], calls: tuple[int, ...] = CALLS, seconds: float = SECONDS) -> list[Cost]:
    """One server; more calls each time."""
    costs = []
    for count in calls:
        port = free_port()
        with running([sys.executable, "-m", "tests.load.echo_line", str(port)], dict(os.environ), REPO) as pid:
            costs.append(_measure(pid, port, count, seconds))
        say(f"{count} calls measured")
    return costs


def _measure(pid: int, port: int, count: int, seconds: float) -> Cost:
    server = ("127.0.0.1", port)
    wait_for(server)
    calls = [_Call(udp(), udp()) for _ in range(count)]
    try:
        for call in calls:
            call.sip.settimeout(10)
            call.dial(server)
        _talk(calls, _WARM)
        for call in calls:
            call.arrivals.clear()
            call.numbers.clear()
            call.echoes.clear()
        process = psutil.Process(pid)
        before, began = sum(process.cpu_times()[:2]), time.monotonic()
        _talk(calls, seconds)
        used, wall = sum(process.cpu_times()[:2]) - before, time.monotonic() - began
        memory = process.memory_info().rss / 2**20
        for call in calls:
            call.sip.sendto(call.request("BYE", 2), server)
    finally:
        for call in calls:
            call.sip.close()
            call.rtp.close()
    gaps = sorted(
        1000 * abs(later - earlier - _FRAME)
        for call in calls
        for earlier, later in zip(call.arrivals, call.arrivals[1:], strict=False)
    )
    lost = sum((call.numbers[-1] - call.numbers[0]) % 65536 + 1 - len(call.numbers) for call in calls)
    echoes = sorted(1000 * echo for call in calls for echo in call.echoes)
    return Cost(
        count, round(100 * used / wall / count, 2), round(memory, 1), round(statistics.median(gaps), 2),
        round(_at(gaps, 0.99), 2), round(gaps[-1], 2), lost, round(statistics.median(echoes), 1),
        round(_at(echoes, 0.95), 1),
    )  # fmt: skip


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _talk(calls: list[_Call], seconds: float) -> None:
    """All speak every 20 ms, each a little later than the one before, as calls do."""
    by_socket = {call.rtp.fileno(): call for call in calls}
    poll = select.poll()
    for number in by_socket:
        poll.register(number, select.POLLIN)
    began = time.time()
    due = [began + _FRAME * place / len(calls) for place in range(len(calls))]
    while (now := time.time()) < began + seconds:
        for place, call in enumerate(calls):
            if due[place] <= now:
                call.speak(now)
                due[place] += _FRAME
        wait = max(0.0, min(due) - time.time())
        for number, _ in poll.poll(1000 * wait):
            by_socket[number].hear()


def table(costs: list[Cost]) -> str:
    """For reading."""
    head = f"{'echo calls by SIP':20}{'CPU/call %':>12}{'MiB':>8}{'jitter p50':>12}{'p99 ms':>8}{'max':>8}{'lost':>6}"
    lines = [head + f"{'echo p50':>10}{'p95 ms':>8}"]
    lines += [
        f"{one.calls:<20}{one.cpu_per_call:>12.2f}{one.memory_mb:>8.1f}{one.jitter_p50_ms:>12.2f}"
        f"{one.jitter_p99_ms:>8.2f}{one.jitter_max_ms:>8.2f}{one.lost:>6}{one.echo_p50_ms:>10.1f}{one.echo_p95_ms:>8.1f}"
        for one in costs
    ]
    return "\n".join(lines)


def plain(costs: list[Cost]) -> list[dict[str, Any]]:
    """For JSON."""
    return [asdict(one) for one in costs]
