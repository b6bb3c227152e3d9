"""Drives a text endpoint with one scripted conversation and measures it."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

SCRIPT = (
    "您好",
    "老板欠了我三个月工资不给",
    "在单位上班",
    "一共欠我一万五",
    "为什么问这个",
    "已经不干了",
    "今年9月30号走的",
    "家里有事自己走的",
    "谢谢",
    "朋友借我五万块钱一直不还怎么办",
    "有借条",
    "约定去年年底还",
)
"""One consultation: greeting, unpaid wages to the opinion with a why in between, thanks, a second matter."""

Say = Callable[[str], Awaitable[None]]
"""Sends one message and returns when it is answered."""
Open = Callable[[aiohttp.ClientSession], Awaitable[Say]]
"""Opens a conversation."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one endpoint did."""

    p50_ms: float
    p95_ms: float
    turns_per_s: float
    """With 16 conversations at once."""
    turns: int


def gateway(url: str) -> Open:
    """The app API of the service at `url`."""

    async def open_(session: aiohttp.ClientSession) -> Say:
        async with session.post(f"{url}/api/v1/conversations", json={}) as answer:
            opened = await answer.json()
        messages = f"{url}/api/v1/conversations/{opened['id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}

        async def say(text: str) -> None:
            body = {"message_id": uuid.uuid4().hex, "text": text}
            async with session.post(messages, json=body, headers=headers) as answer:
                told = await answer.json()
                if answer.status != 200 or not told["replies"]:
                    raise RuntimeError(f"the gateway answered {answer.status} to a benchmark turn: {told}")

        return say

    return open_


def rasa_rest(url: str) -> Open:
    """The REST channel of a plain Rasa server at `url`."""

    async def open_(session: aiohttp.ClientSession) -> Say:
        sender = uuid.uuid4().hex

        async def say(text: str) -> None:
            body = {"sender": sender, "message": text}
            async with session.post(f"{url}/webhooks/rest/webhook", json=body) as answer:
                told = await answer.json()
                if answer.status != 200 or not told:
                    raise RuntimeError(f"Rasa answered {answer.status} to a benchmark turn: {told}")

        return say

    return open_


async def measure(open_: Open, rounds: int, at_once: int = 16) -> Figures:
    """`rounds` conversations one after the other for the percentiles, then `at_once` together for the rate."""
    timeout = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
        await _play(await open_(session), [])
        took: list[float] = []
        for _ in range(rounds):
            await _play(await open_(session), took)
        says = [await open_(session) for _ in range(at_once)]
        began = time.perf_counter()
        await asyncio.gather(*(_play(say, []) for say in says))
        rate = at_once * len(SCRIPT) / (time.perf_counter() - began)
    cuts = statistics.quantiles(took, n=20)
    return Figures(round(statistics.median(took), 1), round(cuts[18], 1), round(rate, 1), len(took))


async def _play(say: Say, took: list[float]) -> None:
    for text in SCRIPT:
        began = time.perf_counter()
        await say(text)
        took.append((time.perf_counter() - began) * 1000)
