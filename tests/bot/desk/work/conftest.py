"""A desk at work on a real store, with a clock that stands still and a law of two articles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from bot.desk.seat import Role, Seat
from bot.desk.work.work import Work
from bot.settings import Settings
from bot.store.desk_schema import notices
from bot.store.schema import audit, conversations, matters
from channels.desk.working import working
from tests.fakes.laws import FakeLaws
from tests.fakes.service import PASSWORD, Service, inbound, running


@dataclass
class Desk:
    """The service, what a seat works with, and short ways to a state."""

    service: Service
    work: Work

    async def seat(self, name: str, role: Role = "lawyer", regions: tuple[str, ...] = ("",)) -> Seat:
        """A new account; its region as it would be after signing in."""
        made = await self.service.accounts.add_staff(name, PASSWORD, role)
        return Seat(made.id, made.name, made.role, regions=regions)

    async def waiting(self, text: str = "转人工") -> str:
        """A conversation whose citizen has asked for a person."""
        conversation = await self.service.opened()
        await self.service.conversations.handle(inbound(conversation, "a", text))
        return conversation

    async def held(self, seat: Seat, text: str = "转人工") -> str:
        """One that the seat holds."""
        conversation = await self.waiting(text)
        await self.service.desk.claim(conversation, seat)
        self.service.events.clear()
        return conversation

    async def citizen(self, conversation: str, id: str, text: str) -> None:
        """The citizen says something."""
        await self.service.conversations.handle(inbound(conversation, id, text))

    async def move(self, conversation: str, region: str) -> None:
        """The matter turns out to be of this division."""

        def work(connection: object) -> None:
            for table, key in ((conversations, conversations.c.id), (matters, matters.c.conversation_id)):
                connection.execute(update(table).where(key == conversation).values(region=region))  # type: ignore[attr-defined]

        await self.service.database.write(work)

    async def trail(self, conversation: str) -> list[str]:
        """What was noted about it."""
        statement = select(audit.c.action).where(audit.c.subject == conversation).order_by(audit.c.id)
        return await self.service.database.read(lambda connection: list(connection.execute(statement).scalars()))

    async def notices(self, seat: Seat) -> list[str]:
        """What the seat was told."""
        statement = select(notices.c.text).where(notices.c.staff_id == seat.id).order_by(notices.c.id)
        return await self.service.database.read(lambda connection: list(connection.execute(statement).scalars()))

    async def texts(self, conversation: str) -> list[str]:
        """The transcript."""
        return [message.text for message in await self.service.conversations.after(conversation, 0)]


@pytest.fixture
async def desk(store_url: str) -> AsyncIterator[Desk]:
    """Ready to work, on both databases."""
    async with running(store_url) as service:
        settings = Settings(max_file=2 * 1024 * 1024)
        work = working(settings, service.database, service.clock, service.events.append, service.desk, FakeLaws(), None)
        yield Desk(service, work)
