"""The conversation service and the desk on a real store in a folder, for the tests of both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.schema import Table

from bot.conversation import Conversations
from bot.desk.accounts import Accounts, Rules
from bot.desk.clocks.timekeeper import Timekeeper
from bot.desk.desk import Desk
from bot.desk.matters.matters import Matters
from bot.desk.own import OwnAccount
from bot.desk.passing import Passing
from bot.desk.queues.book import QueueBook
from bot.desk.queues.duty import BusinessHours
from bot.desk.queues.front import FrontDesk
from bot.desk.queues.presence import Presence
from bot.desk.queues.rounds import Rounds
from bot.desk.seal import Seal
from bot.desk.seat import Role, Seat
from bot.desk.staffing import Staffing
from bot.desk.trail import Trail
from bot.dialogue.engine import DialogueEngine
from bot.education.subscribing import Subscribing
from bot.events import Event
from bot.evidence import Evidence
from bot.keys import derived
from bot.linking import Linking
from bot.message import Inbound
from bot.reception import Reception
from bot.store import schema
from bot.store.accounts import AccountStore
from bot.store.conversations import ConversationStore
from bot.store.database import Database
from bot.store.desk import DeskStore
from bot.store.escalations import TimerStore
from bot.store.evidence import EvidenceStore
from bot.store.linking import LinkStore
from bot.store.matter_desk import MatterStore
from bot.store.own import OwnStore
from bot.store.phones import PhoneStore
from bot.store.presence import PresenceStore
from bot.store.queues import QueueStore
from bot.store.staffing import StaffStore
from bot.store.subscriptions import SubscriptionStore
from bot.store.trail import TrailStore
from bot.store.waiting import WaitingStore
from bot.texting import Texting
from tests.fakes.clock import VirtualClock
from tests.fakes.scripted_engine import FakeEngine

PASSWORD = "correct horse battery"
SEAL = Seal(derived(b"key of the tests", "second factors"))


@dataclass
class Service:
    """Everything behind the channels, with an engine that can be steered and a clock that stands still."""

    database: Database
    engine: Any
    """The engine given to `running`; a `FakeEngine` unless another was."""
    clock: VirtualClock
    conversations: Conversations
    reception: Reception
    desk: Desk
    accounts: Accounts
    own: OwnAccount
    staffing: Staffing
    trail: Trail
    passing: Passing
    presence: Presence
    queues: QueueBook
    rounds: Rounds
    matters: Matters
    timekeeper: Timekeeper
    evidence: Evidence
    events: list[Event] = field(default_factory=list)

    async def seat(self, name: str = "周律师", role: Role = "lawyer", **qualities: Any) -> Seat:
        """A new account; `qualities` are columns of staff, such as tier or capacity."""
        seat = await self.accounts.add_staff(name, PASSWORD, role)
        if not qualities:
            return seat
        change = update(schema.staff).where(schema.staff.c.id == seat.id).values(**qualities)
        await self.database.write(lambda connection: connection.execute(change))
        return replace(seat, **{key: tuple(one) if isinstance(one, list) else one for key, one in qualities.items()})

    async def on_duty(self, seat: Seat) -> None:
        """The seat is at the desk, for a while."""
        await self.presence.beat(seat, "online")

    async def opened(self, channel: str = "web") -> str:
        """The id of a new conversation."""
        return (await self.conversations.create(channel)).conversation.id

    async def dialogue_state(self, conversation: str) -> dict[str, Any]:
        """What the engine left for its next turn."""
        statement = select(schema.conversations.c.dialogue).where(schema.conversations.c.id == conversation)
        return dict(await self.database.read(lambda connection: connection.execute(statement).scalar_one()))

    async def count(self, table: Table, *conditions: Any) -> int:
        """Rows of `table` that satisfy `conditions`."""
        statement = select(func.count()).select_from(table).where(*conditions)
        return await self.database.read(lambda connection: connection.execute(statement).scalar_one())


@asynccontextmanager
async def running(
    store: Path | str,
    engine: DialogueEngine | None = None,
    clock: VirtualClock | None = None,
    factor_roles: frozenset[Role] = frozenset(),
) -> AsyncIterator[Service]:
    """A service started and stopped, on the store at an address or on SQLite in a folder."""
    database = Database(store if isinstance(store, str) else f"sqlite:///{store / 'faxian.db'}")
    await database.open()
    clock, events = clock or VirtualClock(), list[Event]()
    engine = engine or FakeEngine()
    accounts = Accounts(
        AccountStore(database), clock, Rules(timedelta(hours=12), timedelta(hours=1), factor_roles), SEAL
    )
    waiting, duty = WaitingStore(database), BusinessHours()
    presence = Presence(PresenceStore(database), clock, events.append)
    front = FrontDesk(waiting, clock, events.append, duty)
    evidence = Evidence(EvidenceStore(database), clock, events.append, largest=100_000)
    linking = Linking(LinkStore(database), b"key of the tests", clock, events.append)
    asides = (linking, Texting(PhoneStore(database), clock), Subscribing(SubscriptionStore(database), 9), evidence)
    conversations = Conversations(ConversationStore(database), engine, clock, events.append, front, asides=asides)
    service = Service(
        database,
        engine,
        clock,
        conversations,
        front,
        Desk(DeskStore(database), clock, events.append),
        accounts,
        OwnAccount(OwnStore(database), accounts, clock),
        Staffing(StaffStore(database), accounts, clock),
        Trail(TrailStore(database), clock),
        Passing(DeskStore(database), clock, events.append),
        presence,
        QueueBook(QueueStore(database), clock),
        Rounds(waiting, presence, clock, events.append, duty),
        Matters(MatterStore(database, b"key of the tests"), clock, events.append),
        Timekeeper(TimerStore(database), clock, events.append),
        evidence,
        events,
    )
    await conversations.start()
    try:
        yield service
    finally:
        await conversations.stop()
        await database.close()


def inbound(conversation: str, message_id: str, text: str, channel: str = "web") -> Inbound:
    """One message of a citizen."""
    return Inbound(channel, conversation, message_id, text)
