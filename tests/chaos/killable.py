"""The service in a process that dies where it is told to, and is born again at once: a parent that has everything
imported forks each life. `python -m tests.chaos.killable`; one line of JSON on its input is one life."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, web

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store import leases
from bot.store.conversations import ConversationStore
from bot.store.database import Database
from bot.store.outbox import OutboxStore
from channels import outbox as sending
from channels.app import create_app
from channels.capabilities import Capabilities
from channels.delivery import DeliveryFailed
from channels.rendering import Piece
from channels.server import listen
from channels.services import SERVICES
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine

CHANNEL = "wechat_kf"


class HttpChannel:
    """Hands pieces to the provider of the test."""

    capabilities = Capabilities(text_bytes=200, buttons=0, cards=False, files=False)

    def __init__(self, address: str) -> None:
        self._address = address
        self._http: ClientSession | None = None

    async def send_piece(self, piece: Piece, address: str, key: str) -> None:
        """One call."""
        self._http = self._http or ClientSession()
        body = {"person": address, "text": piece.text, "key": key}
        try:
            async with self._http.post(f"{self._address}/send", json=body) as answer:
                told = await answer.json()
        except ClientError as error:
            raise DeliveryFailed("连不上") from error
        if told["busy"]:
            raise DeliveryFailed("忙", retry_after=0.05)

    async def close(self) -> None:
        """No more calls."""
        if self._http is not None:
            await self._http.close()


STEPS: dict[str, tuple[type, str]] = {
    "record": (ConversationStore, "record"),
    "engine": (FakeEngine, "respond"),
    "finish": (ConversationStore, "finish"),
    "due": (OutboxStore, "due"),
    "send": (HttpChannel, "send_piece"),
    "arrived": (OutboxStore, "arrived"),
    "delivered": (OutboxStore, "delivered"),
}
"""What happens to a message on its way, in order."""


def _die_at(step: str, when: str, count: int) -> None:
    """kill -9 by its own hand, before or after the step has happened so often."""
    owner, name = STEPS[step]
    left = count
    inner: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def stepping(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        mine = left == 0
        if mine and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = await inner(*arguments, **named)
        if mine and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(owner, name, stepping)


async def _take(request: web.Request) -> web.Response:
    """What a provider's call does: stored, then acknowledged."""
    told = await request.json()
    await request.app[SERVICES].inbox.hear(CHANNEL, told["person"], told["id"], told["text"])
    return web.json_response({})


async def _live(life: dict[str, Any]) -> None:
    settings = replace(
        Settings.from_env(life.get("env", {})),
        data_dir=Path(life["data"]),
        database_url=life["store"],
        port=life["port"],
        rate_address_per_minute=0,
        rate_conversation_per_minute=0,
    )
    app = create_app(
        settings,
        clock=SystemClock(),
        database=Database(settings.store_url),
        engine=FakeEngine(0.03),
        laws=FakeLaws(),
        channels={CHANNEL: HttpChannel(life["provider"])} if life["provider"] else None,
    )
    app.router.add_post("/in", _take)
    await listen(app, settings)
    print(json.dumps({"listening": os.getpid()}), flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """One life after the other."""
    leases.LEASE /= 20  # a dead process is believed dead soon, so that the test is over soon
    sending.FIRST_WAIT = 0.1
    for line in sys.stdin:
        life = json.loads(line)
        child = os.fork()
        if child == 0:
            if life["step"]:
                _die_at(life["step"], life["when"], life["count"])
            asyncio.run(_live(life))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"ended": status}), flush=True)


if __name__ == "__main__":
    main()
