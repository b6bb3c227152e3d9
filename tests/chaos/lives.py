"""Many lives of one service, each ended by kill -9, and people who send again what was not acknowledged."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.greeting import GREETING
from bot.message import Message
from channels.rendering import render
from tests.chaos.killable import STEPS, HttpChannel
from tests.chaos.provider import Provider

REPO = Path(__file__).resolve().parents[2]
PEOPLE = 4
PATIENCE = 600.0
"""Seconds for whatever is waited for: far more than a loaded machine needs."""
GONE = (ClientError, ConnectionError, TimeoutError, asyncio.IncompleteReadError)


@dataclass
class Person:
    """Somebody at the provider, which sends a message again until it is acknowledged."""

    name: str
    said: list[str] = field(default_factory=list)
    unacknowledged: list[int] = field(default_factory=list)

    def say(self, text: str) -> None:
        """One more message."""
        self.unacknowledged.append(len(self.said))
        self.said.append(text)

    async def send(self, http: ClientSession) -> None:
        """All that was not acknowledged, in order. Raises one of GONE."""
        while self.unacknowledged:
            number = self.unacknowledged[0]
            body = {"person": self.name, "id": f"m{number}", "text": self.said[number]}
            async with http.post("/in", json=body) as answer:
                answer.raise_for_status()
            self.unacknowledged.pop(0)

    def expected(self) -> str:
        """All that this person has to see, whatever happened."""
        answers = [f"（第 {count} 句）您说：{text}" for count, text in enumerate(self.said, 1)]
        return "".join([_greeting(), *answers])


def _greeting() -> str:
    message = Message("", 1, "bot", "", None, GREETING, "")  # type: ignore[arg-type]
    return "".join(piece.text for piece in render(message, HttpChannel.capabilities))


class Lives:
    """A service that is killed again and again."""

    def __init__(self, data: Path, store: str, provider: Provider, chance: random.Random) -> None:
        self._data = data
        self._store = store
        self._provider = provider
        self._chance = chance
        self._parent: asyncio.subprocess.Process | None = None
        self._alive: int | None = None
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self._port = int(probe.getsockname()[1])
        self.people = [Person(f"p{number}") for number in range(PEOPLE)]

    async def start(self) -> None:
        """The parent of all lives."""
        with (self._data / "lives.log").open("ab") as log:
            self._parent = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.chaos.killable",
                cwd=REPO,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )

    async def stop(self) -> None:
        """No more lives, whatever became of the last one."""
        assert self._parent is not None
        assert self._parent.stdin is not None
        if self._alive is not None:
            os.kill(self._alive, signal.SIGKILL)
        self._parent.stdin.close()
        await self._parent.wait()

    async def kill_at(self, step: str, when: str, count: int) -> bool:
        """A life that ends at that step; False where it never came there, and was ended anyway."""
        pid = await self._born(step, when, count)
        if pid is None:
            return True
        ended = asyncio.ensure_future(self._told())
        await self._talk(ended, until=4.0)
        reached = ended.done()
        if not reached:
            os.kill(pid, signal.SIGKILL)
        assert os.WTERMSIG((await ended)["ended"]) == signal.SIGKILL
        return reached

    async def kill_within(self, seconds: float) -> None:
        """A life that ends at whatever it does then."""
        pid = await self._born()
        assert pid is not None
        ended = asyncio.ensure_future(self._told())
        await self._talk(ended, until=seconds)
        os.kill(pid, signal.SIGKILL)
        await ended

    async def last(self) -> None:
        """A life in which everything comes to its end."""
        pid = await self._born()
        assert pid is not None
        async with ClientSession(f"http://127.0.0.1:{self._port}") as http, asyncio.timeout(PATIENCE):
            for person in self.people:
                await person.send(http)
            while any("".join(self._provider.shown[one.name]) != one.expected() for one in self.people):
                if self._too_much():
                    break
                await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0.05))})
        ended = asyncio.ensure_future(self._told())
        os.kill(pid, signal.SIGKILL)
        await ended

    def seen(self) -> Sequence[tuple[str, str]]:
        """What each person has seen, and what they had to see."""
        return [("".join(self._provider.shown[one.name]), one.expected()) for one in self.people]

    def _too_much(self) -> bool:
        return any(len(seen) > len(expected) for seen, expected in self.seen())

    async def _born(self, step: str = "", when: str = "", count: int = 0) -> int | None:
        """The process of the new life; None where it came to its step, with what was left before, at once."""
        assert self._parent is not None
        assert self._parent.stdin is not None
        life = {"data": str(self._data), "store": self._store, "port": self._port, "provider": self._provider.address}
        self._parent.stdin.write(json.dumps(life | {"step": step, "when": when, "count": count}).encode() + b"\n")
        told = await self._told()
        assert step or "listening" in told
        self._alive = told.get("listening")
        return self._alive

    async def _told(self) -> dict[str, int]:
        assert self._parent is not None
        assert self._parent.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = await self._parent.stdout.readline()
        assert line, (self._data / "lives.log").read_text(encoding="utf-8")[-3000:]
        told: dict[str, int] = json.loads(line)
        if "ended" in told:
            self._alive = None
        return told

    async def _talk(self, ended: asyncio.Future[dict[str, int]], until: float) -> None:
        """People write, some of them slowly answered, until the service is gone or the time is over."""
        async with ClientSession(f"http://127.0.0.1:{self._port}", timeout=ClientTimeout(5)) as http:

            async def one(person: Person) -> None:
                for _ in range(self._chance.randint(1, 2)):
                    long = "后来的事情是这样的。" * self._chance.choice((0, 0, 20))
                    person.say(f"{self._chance.choice(('快', '慢'))}话{len(person.said)}。{long}")
                try:
                    await person.send(http)
                except GONE:
                    return

            talking = asyncio.gather(*map(one, self.people))
            await asyncio.wait({ended}, timeout=until)
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)


def every_step() -> list[tuple[str, str, int]]:
    """Before and after each, the first time and some time later."""
    return [(step, when, count) for step in STEPS for when in ("before", "after") for count in (1, 3)]
