"""A service with matters to work on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.desk.matters.orders import Order
from bot.desk.matters.records import Done, MatterFile
from bot.desk.seat import Seat
from bot.dialogue.engine import Application, Part, Reply, Turn
from bot.store import schema
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.service import Service, inbound, running


class ApplyingEngine(FakeEngine):
    """Hands an application in when the message says 申请 and a kind: 申请legal_aid."""

    async def respond(self, turn: Turn) -> Reply:
        """As the scripted engine, but for applications."""
        if turn.text.startswith("申请"):
            self.turns.append(turn)
            applied = Application(turn.text[2:], "法律援助")
            return Reply((Part("text", "交上去了。"),), {"count": 1}, application=applied, tell_matter=True)
        return await super().respond(turn)


@dataclass
class Bench:
    """The service, and short words for what the tests do with it."""

    service: Service
    said: int = 0

    async def talk(self, text: str = "转人工") -> tuple[str, str]:
        """A new conversation in which this was said; its id and its matter's number."""
        conversation = await self.service.opened()
        return conversation, await self.say(conversation, text)

    async def say(self, conversation: str, text: str) -> str:
        """One message more; the number of the matter."""
        self.said += 1
        outcome = await self.service.conversations.handle(inbound(conversation, f"m{self.said}", text))
        return outcome.matter

    async def file(self, number: str, seat: Seat) -> MatterFile:
        """The matter."""
        return await self.service.matters.file(number, seat)

    async def act(self, number: str, seat: Seat, action: str, **given: Any) -> Done:
        """An action on the matter as it is now."""
        version = (await self.file(number, seat)).standing.version
        return await self.service.matters.act(number, Order(action, **given), version, seat)

    async def value(self, column: Any, *which: Any) -> Any:
        """One value of the store."""
        return await self.service.database.read(
            lambda connection: connection.execute(select(column).where(*which)).scalar_one()
        )

    async def rows(self, table: Any, *which: Any) -> list[Any]:
        """Rows of the store in order."""
        statement = select(table).where(*which).order_by(table.c.id)
        return await self.service.database.read(lambda connection: list(connection.execute(statement)))

    async def set(self, table: Any, *which: Any, **values: Any) -> None:
        """Change the store behind everybody's back."""
        statement = update(table).where(*which).values(**values)
        await self.service.database.write(lambda connection: connection.execute(statement))

    async def add(self, table: Any, **values: Any) -> None:
        """A row of the store."""
        await self.service.database.write(lambda connection: connection.execute(insert(table), values))

    async def status(self, number: str) -> str:
        """Of the matter."""
        return str(await self.value(schema.matters.c.status, schema.matters.c.number == number))


@pytest.fixture
async def bench(store_url: str) -> AsyncIterator[Bench]:
    """A running service."""
    async with running(store_url, ApplyingEngine()) as service:
        yield Bench(service)
