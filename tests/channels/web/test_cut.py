"""The line cut after every k-th frame, for every k: what the page shows in the end is what it shows on a good line."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from tests.fakes.client import Client, Page
from tests.fakes.scripted_engine import FakeEngine

Way = Literal["socket", "stream"]
SAID = ("拖欠工资", "单位员工", "有什么法条", "请给意见", "谢谢")


class Visitor:
    """A page's memory over its connections: who it is, what it has shown, what is not acknowledged.

    `cut_after` 0 never cuts.
    """

    def __init__(self, client: Client, way: Way, cut_after: int) -> None:
        self._client = client
        self._way = way
        self._cut_after = cut_after
        self._page: Page | None = None
        self._left = 0
        self._token: str | None = None
        self.shown: list[dict[str, Any]] = []
        self.unsent: dict[str, str] = {}
        self.connections = 0
        self.heard = 0

    async def talk(self) -> None:
        """Say everything; each sentence once the last was answered."""
        for number, text in enumerate(SAID):
            self.unsent[f"m{number}"] = text
            await self._send(f"m{number}")
            while not self._answered(number):
                await self._hear()

    def transcript(self) -> list[tuple[int, str, str]]:
        """What was shown: number, sender and words."""
        return [
            (one["seq"], one["from"], "|".join(part["text"] for part in one["parts"]).replace(one["message_id"], "id"))
            for one in self.shown
        ]

    def _answered(self, number: int) -> bool:
        mine = [one["seq"] for one in self.shown if one["message_id"] == f"m{number}"]
        return bool(mine) and any(one["seq"] > mine[0] and one["from"] == "bot" for one in self.shown)

    async def _send(self, message_id: str) -> None:
        if self._page is None:
            await self._connect()
        elif message_id in self.unsent:
            await self._page.say(self.unsent[message_id], message_id)

    async def _connect(self) -> None:
        opened = self._client.page if self._way == "socket" else self._client.stream
        self._page = await opened(self._token, max((one["seq"] for one in self.shown), default=0))
        self._token, self._left = self._page.token, self._cut_after
        self.connections += 1
        for message_id in [*self.unsent]:  # what was not acknowledged is said again, as the page does
            await self._page.say(self.unsent[message_id], message_id)

    async def _hear(self) -> None:
        """One frame; every k-th is the last of its connection."""
        if self._page is None:
            await self._connect()
        assert self._page is not None
        page = self._page
        heard = await page.receive()
        if heard["type"] == "message":
            assert heard["seq"] == len(self.shown) + 1, "nothing twice, nothing left out"
            self.shown.append(heard)
        if heard["type"] in ("ack", "message"):
            self.unsent.pop(heard["message_id"], None)
        self.heard += 1
        self._left -= 1
        if not self._left:
            await page.close()
            self._page = None


@pytest.mark.parametrize("way", ["socket", "stream"])
async def test_cut_after_every_kth_frame_the_transcript_is_the_same(
    client: Client, engine: FakeEngine, way: Way
) -> None:
    good = Visitor(client, way, cut_after=0)
    await good.talk()
    assert good.connections == 1
    assert len(engine.turns) == len(SAID)
    for cut_after in range(1, good.heard):
        cut = Visitor(client, way, cut_after)
        await cut.talk()
        assert cut.transcript() == good.transcript()
        assert (cut.connections > 1) == (cut.heard > cut_after)  # how many frames there are is not always the same
        assert len(engine.turns) == len(SAID) * (cut_after + 1), "each message was one turn"
