"""What every handler of the web application may use, kept under one typed key of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from aiohttp import web

from bot.apps import Apps
from bot.calls.calls import Calls
from bot.calls.chatting import CallChat
from bot.calls.keeper import CallKeeper
from bot.calls.queueing import CallQueue
from bot.clock import Clock
from bot.conversation import Conversations
from bot.desk.accounts import Accounts
from bot.desk.afterwards.bot_errors import BotErrors
from bot.desk.afterwards.callbacks import Callbacks
from bot.desk.afterwards.review import Reviews
from bot.desk.desk import Desk
from bot.desk.letters import Letters
from bot.desk.matters.matters import Matters
from bot.desk.oidc import OidcSignIn
from bot.desk.own import OwnAccount
from bot.desk.passing import Passing
from bot.desk.queues.book import QueueBook
from bot.desk.queues.presence import Presence
from bot.desk.roster.roster import Roster
from bot.desk.staffing import Staffing
from bot.desk.topics import Topics
from bot.desk.trail import Trail
from bot.desk.work.work import Work
from bot.evidence import Evidence
from bot.settings import Settings
from bot.store.database import Database
from bot.store.filters import FilterStore
from bot.store.notices import NoticeStore
from bot.store.outbox import OutboxStore
from bot.uploads import Uploads
from channels.hub import Hub
from channels.inbox import Inbox
from channels.limits import RateLimit
from channels.links import PaperLinks
from channels.tickets import Tickets
from voice.recognizer import Recognizer
from voice.recordings import Recordings

Probe = Callable[[], Awaitable[bool]]
"""Tells whether a part can do its work now."""


class Laws(Protocol):
    """Law as the handlers ask for it; `bot.law_service.LawService` in the service, a fake in tests."""

    async def search(self, query: str, limit: int, as_of: date | None = None) -> list[dict[str, Any]]:
        """Articles for `query`, best first."""
        ...

    async def article(self, law: str, number: str, as_of: date | None = None) -> dict[str, Any] | None:
        """One article; None if there is none. Raises ValueError when `number` is no article number."""
        ...

    async def why_not(self, law: str, number: str, as_of: date | None = None) -> str:
        """Why there is no such article, in Simplified Chinese."""
        ...

    async def verify(self, text: str, as_of: date | None = None) -> list[dict[str, Any]]:
        """Every citation in `text`, resolved or not."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """The parts behind the routes."""

    settings: Settings
    clock: Clock
    conversations: Conversations
    inbox: Inbox
    outbox: OutboxStore
    desk: Desk
    passing: Passing
    presence: Presence
    queues: QueueBook
    work: Work
    matters: Matters
    filters: FilterStore
    notices: NoticeStore
    database: Database
    accounts: Accounts
    own: OwnAccount
    staffing: Staffing
    trail: Trail
    oidc: OidcSignIn | None
    """None where no provider is set up."""
    laws: Laws
    topics: Topics
    callbacks: Callbacks
    letters: Letters
    calls: Calls
    call_queue: CallQueue
    call_chat: CallChat
    call_keeper: CallKeeper
    recordings: Recordings
    links: PaperLinks
    evidence: Evidence
    apps: Apps
    uploads: Uploads
    reviews: Reviews
    roster: Roster
    bot_errors: BotErrors
    recognizer: Recognizer | None
    """None where nobody can listen: voice is then kept as material, and the citizen asked to write."""
    hub: Hub
    by_address: RateLimit
    """Spent by whatever an address does without a conversation: opening one, looking up law, signing in."""
    by_app: RateLimit
    """Spent by an app that is known, instead of `by_address`: all its users may share one."""
    sign_ins: RateLimit
    """Spent by attempts to sign in at the desk, by address."""
    tickets: Tickets
    """To download papers without a conversation's token in the address."""
    probes: Mapping[str, Probe]
    """Name of a part → its readiness."""


SERVICES = web.AppKey("services", Services)


def services(request: web.Request) -> Services:
    """The parts behind the application this request is for."""
    return request.config_dict[SERVICES]
