"""Measures WeChat: messages at a steady rate through the simulator; how soon each is acknowledged, and that each is
answered exactly once."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil

from bot.settings import Settings
from channels.wechat.account import Account
from channels.wechat.simulator.provider import Provider
from channels.wechat.simulator.pushing import Pushed
from tests.fakes.wechat import environment, with_wechat
from tests.load.processes import free_port, running, wait_until
from tests.servers import execute, postgres

REPO = Path(__file__).resolve().parents[2]
RATE = 200
"""Messages a second."""
SECONDS = 120
CITIZENS = 2_000
SETTLING = 60.0
GOAL_P99, GOAL_WORST = 1500, 4500


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds until the provider heard from us, and what the citizens saw."""

    messages: int
    p50: float
    p95: float
    p99: float
    worst: float
    tried_again: int
    not_acknowledged: int
    in_the_response: int
    unanswered: int
    answered_twice: int
    settled_s: float
    """Seconds from the last message to the last answer."""
    cpu_ms: float
    """Processor time of the service for each message."""

    @property
    def good(self) -> bool:
        """All goals reached."""
        lost = self.not_acknowledged + self.unanswered + self.answered_twice
        return not lost and self.p99 <= GOAL_P99 and self.worst <= GOAL_WORST


def _milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 1)


class _Balanced(Provider):
    """The provider before a load balancer: each message goes to the next process, and comes again where it went."""

    @property
    def service_url(self) -> str:
        """The next."""
        return next(self._addresses)

    @service_url.setter
    def service_url(self, addresses: str) -> None:
        self._addresses = cycle(addresses.split())


def _cpu(services: Sequence[psutil.Process]) -> float:
    return float(sum(sum(service.cpu_times()[:2]) for service in services))


async def _load(provider: Provider, rate: int, seconds: int, pids: Sequence[int]) -> Figures:
    services = [psutil.Process(pid) for pid in pids]
    before = _cpu(services)
    asked: dict[str, str] = {}
    pushes: list[asyncio.Task[Pushed]] = []
    crowd = [f"oLoad{number:023d}" for number in range(CITIZENS)]
    began = time.perf_counter()
    for number in range(rate * seconds):
        text, someone = f"问题{number}号", crowd[number % len(crowd)]
        asked[text] = someone
        pushes.append(asyncio.create_task(provider.say(someone, text)))
        if (ahead := began + (number + 1) / rate - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)  # a benchmark runs by the machine's clock
    heard = await asyncio.gather(*pushes)
    last = time.perf_counter()
    answers = await _settled(provider, asked)
    took = sorted(one.seconds for one in heard if one.heard)
    cuts = statistics.quantiles(took, n=100)
    return Figures(
        len(asked),
        _milliseconds(statistics.median(took)),
        _milliseconds(cuts[94]),
        _milliseconds(cuts[98]),
        _milliseconds(took[-1]),
        sum(one.tries > 1 for one in heard),
        sum(not one.heard for one in heard),
        sum(bool(one.answer) for one in heard),
        sum(not answers[text] for text in asked),
        sum(answers[text] > 1 for text in asked),
        round(time.perf_counter() - last, 1),
        _milliseconds((_cpu(services) - before) / len(asked)),
    )


async def _settled(provider: Provider, asked: dict[str, str]) -> Counter[str]:
    """How often each was answered, once all were or nothing more comes."""
    until = time.perf_counter() + SETTLING
    while True:
        seen = Counter[str]()
        for phone in provider.phones.values():
            for text in phone.texts:
                seen.update(part.split("您说：", 1)[1] for part in text.split("\n\n") if "您说：" in part)
        if len(seen) >= len(asked) or time.perf_counter() > until:
            await asyncio.sleep(1)  # a second answer would come now
            return seen
        await asyncio.sleep(0.25)


async def _against(data: Path, store: str, rate: int, seconds: int, processes: int = 1) -> Figures:
    account = Account.of(with_wechat(Settings(), "", "safe"))
    assert account is not None
    provider = _Balanced(account, "-", "safe")
    api = await provider.start()
    ports, pids = [free_port() for _ in range(processes)], []
    try:
        with ExitStack() as stack:
            for number, port in enumerate(ports):
                command = [sys.executable, "-W", "ignore", "-m", "tests.fakes.serve", "--port", str(port)]
                command += ["--data", str(data / str(number)), *(["--store", store] if store else [])]
                pids.append(stack.enter_context(running(command, {**os.environ, **environment(api, "safe")}, REPO)))
                await asyncio.to_thread(wait_until, f"http://127.0.0.1:{port}/readyz", 60)
            provider.service_url = " ".join(f"http://127.0.0.1:{port}/channels/wechat" for port in ports)
            return await _load(provider, rate, seconds, pids)
    finally:
        await provider.stop()


def measure(say: Callable[[str], None], rate: int = RATE, seconds: int = SECONDS) -> dict[str, Figures]:
    """Figures for both databases, and for two processes on one; the engine is a script, so that the channel is
    measured."""
    figures: dict[str, Figures] = {}
    for name, processes in (("sqlite", 1), ("postgresql", 1), ("2 on postgresql", 2)):
        with ExitStack() as stack:
            folder, store = Path(stack.enter_context(tempfile.TemporaryDirectory())), ""
            if "postgresql" in name:
                server = stack.enter_context(postgres(folder / "postgres"))
                execute(server, "CREATE DATABASE faxian")
                store = f"{server}/faxian"
            say(f"{name}: {rate} messages a second for {seconds} s …")
            figures[name] = asyncio.run(_against(folder, store, rate, seconds, processes))
    return figures


def plain(figures: dict[str, Figures]) -> dict[str, Any]:
    """As JSON keeps them."""
    return {kind: asdict(one) for kind, one in figures.items()}


def table(figures: dict[str, Figures]) -> str:
    """For people."""
    head = f"WeChat           messages  p50 ms  p95 ms  p99 ms (≤{GOAL_P99})  worst (≤{GOAL_WORST})"
    lines = [f"{head}  lost  twice  passive  cpu ms"]
    for kind, one in figures.items():
        lost = one.not_acknowledged + one.unanswered
        lines.append(
            f"{kind:16} {one.messages:8} {one.p50:7.0f} {one.p95:7.0f} {one.p99:7.0f} {one.worst:20.0f} "
            f"{lost:11} {one.answered_twice:6} {one.in_the_response:8} {one.cpu_ms:7.1f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(print, *(int(given) for given in sys.argv[1:3]))))
