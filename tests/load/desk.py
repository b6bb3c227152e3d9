"""Measures the desk: hand-offs seen, replies shown, page actions under load, and races for one conversation."""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import update

from bot.clock import SystemClock
from bot.desk.accounts import AccountError
from bot.desk.desk import Desk
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.events import Event
from bot.settings import Settings
from bot.store.database import Database
from bot.store.desk import DeskStore
from bot.store.schema import conversations, staff
from channels.app import accounts
from tests.fakes.client import Client, Page
from tests.fakes.serve import STAFF_PASSWORD
from tests.load.processes import free_port, running, wait_until
from tests.servers import execute, postgres

REPO = Path(__file__).resolve().parents[2]
WAITING, OPEN = 500, 200
ACTIONS = 1_000
ROUNDS = 200
SEATS = 8
RACES, RACERS = 10_000, 4
_PLENTY = 1_000_000


@dataclass(frozen=True, slots=True)
class Times:
    """Of one thing done many times, in milliseconds."""

    p50: float
    p95: float
    count: int


def _times(seconds: list[float]) -> Times:
    cuts = statistics.quantiles(seconds, n=20)
    return Times(round(1000 * statistics.median(seconds), 1), round(1000 * cuts[18], 1), len(seconds))


class _Desk:
    """A signed-in seat over HTTP, and its stream of events."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._client = Client(_Based(http, url))  # type: ignore[arg-type]
        self._http, self._url = http, url
        self._csrf = ""
        self.heard: dict[tuple[str, str], asyncio.Future[float]] = {}

    async def sign_in(self, name: str) -> None:
        answer = await self._client.sign_in(name, STAFF_PASSWORD)
        assert answer.status == 303, await answer.text()
        self._csrf = await self._client.csrf()

    async def get(self, path: str) -> Any:
        async with self._http.get(f"{self._url}/desk/api{path}") as answer:
            answer.raise_for_status()
            return await answer.json()

    async def post(self, path: str, body: dict[str, Any]) -> int:
        headers = {"X-CSRF": self._csrf}
        async with self._http.post(f"{self._url}/desk/api{path}", json=body, headers=headers) as answer:
            await answer.read()
            return answer.status

    async def stay(self) -> None:
        """Tell that the seat is there, as its pages do: what an absent one holds goes back to the queue."""
        while True:
            assert await self.post("/presence", {"status": "online"}) == 200
            await asyncio.sleep(20)  # a benchmark runs by the machine's clock

    async def listen(self) -> None:
        """Note when the stream tells of a conversation's new state."""
        async with self._http.get(f"{self._url}/desk/api/events", timeout=aiohttp.ClientTimeout(None)) as stream:
            async for line in stream.content:
                if line.startswith(b"data:"):
                    told = json.loads(line[5:])
                    key = (told.get("conversation", ""), told.get("state", ""))
                    if (waiting := self.heard.pop(key, None)) is not None and not waiting.done():
                        waiting.set_result(time.perf_counter())


class _Based:
    """What `tests.fakes.client` wants of a test client, on a real address."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._http, name)
        return lambda path, **options: method(self._url + path, **options)


async def _crowd(client: Client, count: int) -> list[tuple[str, str]]:
    """That many conversations by the API, handed over."""
    made: list[tuple[str, str]] = []
    for _ in range(count):
        conversation, token = await client.conversation()
        answer = await client.say(conversation, token, "转人工")
        assert answer.status == 200
        made.append((conversation, token))
    return made


async def _under_load(url: str, names: list[str]) -> dict[str, Times]:
    async with (
        aiohttp.ClientSession() as citizens,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as own,
    ):
        client = Client(_Based(citizens, url))  # type: ignore[arg-type]
        seat = _Desk(own, url)
        await seat.sign_in(names[0])
        there = asyncio.create_task(seat.stay())
        crowd = await _crowd(client, WAITING + OPEN)
        for conversation, _ in crowd[:OPEN]:
            assert await seat.post(f"/conversations/{conversation}/claim", {}) == 200
        listening = asyncio.create_task(seat.listen())
        await asyncio.sleep(0.5)  # a benchmark: the stream has no other sign of being open
        actions = await _actions(seat, client, crowd)
        handoffs, replies = await _both_ways(seat, client)
        listening.cancel()
        there.cancel()
        return {"page_action": actions, "handoff_seen": handoffs, "reply_shown": replies}


async def _actions(seat: _Desk, client: Client, crowd: list[tuple[str, str]]) -> Times:
    """What pages ask for, at random, while two citizens write without pause."""
    chance = random.Random(5)
    held, waiting = crowd[:OPEN], crowd[OPEN:]
    took: list[float] = []

    async def chatter(which: int) -> None:
        for number in range(10_000):
            conversation, token = held[which]
            await client.say(conversation, token, f"再补充一点{number}", f"chatter{which}-{number}")

    talking = [asyncio.create_task(chatter(which)) for which in range(2)]
    for number in range(ACTIONS):
        conversation, _ = chance.choice(held)
        choices: tuple[Callable[[], Coroutine[Any, Any, Any]], ...] = (
            lambda: seat.get("/conversations?state=waiting"),
            lambda: seat.get("/conversations?state=human"),
            lambda one=conversation: seat.get(f"/conversations/{one}"),  # type: ignore[misc]
            lambda one=conversation, n=number: seat.post(  # type: ignore[misc]
                f"/conversations/{one}/messages", {"message_id": f"s{n}", "text": "您好，请把合同拍照发来。"}
            ),
        )
        began = time.perf_counter()
        await chance.choice(choices)()
        took.append(time.perf_counter() - began)
        if number % 20 == 0 and waiting:
            conversation, token = waiting.pop()
            began = time.perf_counter()
            assert await seat.post(f"/conversations/{conversation}/claim", {}) == 200
            took.append(time.perf_counter() - began)
            held.append((conversation, token))
    for task in talking:
        task.cancel()
    return _times(took)


async def _both_ways(seat: _Desk, client: Client) -> tuple[Times, Times]:
    """Asked for a person → told on the seat's stream and in its list; the seat's reply → on the citizen's socket."""
    seen: list[float] = []
    shown: list[float] = []
    for number in range(ROUNDS):
        page: Page = await client.page()
        conversation = page.welcome["conversation"]
        waiting = asyncio.get_running_loop().create_future()
        seat.heard[(conversation, "waiting")] = waiting
        began = time.perf_counter()
        await page.say("转人工", "m1")
        await asyncio.wait_for(waiting, 10)
        listed = await seat.get("/conversations?state=waiting")
        seen.append(time.perf_counter() - began)
        assert listed["conversations"]
        assert await seat.post(f"/conversations/{conversation}/claim", {}) == 200
        began = time.perf_counter()
        body = {"message_id": f"r{number}", "text": "您好，我是值班律师。"}
        posting = asyncio.create_task(seat.post(f"/conversations/{conversation}/messages", body))
        await page.until("message", **{"from": "staff"})
        shown.append(time.perf_counter() - began)
        assert await posting == 200
        assert await seat.post(f"/conversations/{conversation}/handback", {}) == 200
        await page.socket.close()
    return _times(seen), _times(shown)


async def _staff(url: str) -> list[Seat]:
    """Seats that may hold any number of conversations."""
    database = Database(url)
    await database.open()
    made = accounts(Settings(), database, SystemClock())
    seats = []
    for number in range(SEATS):
        try:
            seats.append(await made.add_staff(f"坐席{number}", STAFF_PASSWORD, "supervisor"))
        except AccountError as error:
            raise SystemExit(f"the store of the benchmark is not fresh: {error}") from None
    await database.write(lambda connection: connection.execute(update(staff).values(capacity=_PLENTY)))
    await database.close()
    return seats


async def _races(url: str, seats: list[Seat], address: str) -> dict[str, Any]:
    """Every waiting conversation is claimed by several seats at once; who got it, and how often nobody or two did."""
    database = Database(url)
    await database.open()
    desk = Desk(DeskStore(database), SystemClock(), _nobody)
    async with aiohttp.ClientSession() as http:
        made = await _crowd(Client(_Based(http, address)), RACES)  # type: ignore[arg-type]
    winners: Counter[int] = Counter()
    gate = asyncio.Semaphore(64)

    async def race(conversation: str) -> int:
        async with gate:
            racers = random.sample(seats, RACERS)
            got = await asyncio.gather(*(desk.claim(conversation, seat) for seat in racers), return_exceptions=True)
            wrong = [one for one in got if isinstance(one, BaseException) and not isinstance(one, Refused)]
            if wrong:
                raise wrong[0]
            return sum(not isinstance(one, BaseException) for one in got)

    began = time.perf_counter()
    for won in await asyncio.gather(*(race(conversation) for conversation, _ in made)):
        winners[won] += 1
    seconds = time.perf_counter() - began
    from_store = await database.read(
        lambda connection: connection.execute(
            conversations.select().with_only_columns(conversations.c.id).where(conversations.c.state == "human")
        ).all()
    )
    await database.close()
    return {
        "races": RACES,
        "racers": RACERS,
        "winners": {str(count): number for count, number in sorted(winners.items())},
        "held": len(from_store),
        "claims_per_second": round(RACES * RACERS / seconds),
    }


def _nobody(_event: Event) -> None:
    """Nobody watches a race."""


def measure(say: Callable[[str], None]) -> dict[str, Any]:
    """Figures for both databases; the engine is a script, so that the desk alone is measured."""
    figures: dict[str, Any] = {}
    for kind in ("sqlite", "postgresql"):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            url = f"sqlite:///{folder / 'faxian.db'}"
            if kind == "postgresql":
                server = stack.enter_context(postgres(folder / "postgres"))
                execute(server, "CREATE DATABASE faxian")
                url = f"{server}/faxian"
            seats = asyncio.run(_staff(url))
            port = free_port()
            command = [sys.executable, "-W", "ignore", "-m", "tests.fakes.serve", "--port", str(port), "--store", url]
            stack.enter_context(running([*command, "--data", str(folder)], dict(os.environ), REPO))
            wait_until(f"http://127.0.0.1:{port}/readyz", 60)
            address = f"http://127.0.0.1:{port}"
            say(f"{kind}: {WAITING} waiting, {OPEN} open …")
            found: dict[str, Any] = dict(asyncio.run(_under_load(address, [seat.name for seat in seats])))
            say(f"{kind}: {RACES} races …")
            found["races"] = asyncio.run(_races(url, seats, address))
            figures[kind] = found
    return figures


def plain(figures: dict[str, Any]) -> dict[str, Any]:
    """As JSON keeps them."""
    return {
        kind: {name: asdict(one) if isinstance(one, Times) else one for name, one in found.items()}
        for kind, found in figures.items()
    }


def table(figures: dict[str, Any]) -> str:
    """For people."""
    lines = ["desk                        p50 ms   p95 ms   goal p95"]
    for kind, found in figures.items():
        for name, goal in (("handoff_seen", 300), ("reply_shown", 300), ("page_action", 200)):
            one: Times = found[name]
            lines.append(f"{kind:11} {name:14} {one.p50:8.1f} {one.p95:8.1f}   ≤{goal}")
        told = found["races"]
        lines.append(
            f"{kind:11} races: {told['races']} × {told['racers']} seats, winners {told['winners']}, "
            f"{told['claims_per_second']} claims/s"
        )
    return "\n".join(lines)
