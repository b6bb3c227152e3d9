"""A provider of messages that keeps what it has shown: the same key twice is shown once, as good providers do."""

from __future__ import annotations

import random
from collections import defaultdict

from aiohttp import web


class Provider:
    """An HTTP server on loopback; now and then it is busy."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._keys: set[str] = set()
        self.shown: defaultdict[str, list[str]] = defaultdict(list)
        """What each person sees, in order."""
        self.repeats = 0
        """Pieces that came again with the same key."""
        self.address = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/send", self._send)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _send(self, request: web.Request) -> web.Response:
        told = await request.json()
        if self._chance.random() < 0.05:
            return web.json_response({"busy": True})
        if told["key"] in self._keys:
            self.repeats += 1
        else:
            self._keys.add(told["key"])
            self.shown[told["person"]].append(told["text"])
        return web.json_response({"busy": False})
