"""The web application: the parts wired together, started, and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.apps import Apps
from bot.calls.calls import Calls
from bot.calls.chatting import CallChat
from bot.calls.keeper import CallKeeper
from bot.calls.queueing import CallQueue
from bot.clock import Clock
from bot.conversation import Conversations
from bot.desk.accounts import Accounts, Rules
from bot.desk.afterwards.bot_errors import BotErrors
from bot.desk.afterwards.callbacks import Callbacks
from bot.desk.afterwards.review import Reviews
from bot.desk.clocks.timekeeper import Timekeeper
from bot.desk.desk import Desk
from bot.desk.letters import Letters
from bot.desk.matters.matters import Matters
from bot.desk.oidc import OidcSignIn
from bot.desk.own import OwnAccount
from bot.desk.passing import Passing
from bot.desk.queues.book import QueueBook
from bot.desk.queues.duty import BusinessHours, PlannedDuty
from bot.desk.queues.front import FrontDesk
from bot.desk.queues.presence import Presence
from bot.desk.queues.rounds import Rounds
from bot.desk.roster.roster import Roster
from bot.desk.seal import Seal
from bot.desk.staffing import Staffing
from bot.desk.topics import Topics
from bot.desk.trail import Trail
from bot.desk.work.suggestion import Cases
from bot.dialogue.engine import DialogueEngine
from bot.education.daily import DailyQuestion
from bot.education.subscribing import Subscribing
from bot.events import Event
from bot.evidence import Evidence
from bot.keys import derived, identity_key
from bot.linking import Linking
from bot.settings import Settings
from bot.sms import SmsFile, SmsProvider
from bot.store.accounts import AccountStore
from bot.store.append import IN_THE_RESPONSE, PUSHED
from bot.store.apps import AppStore
from bot.store.callbacks import CallbackStore
from bot.store.calls import CallStore
from bot.store.conversations import ConversationStore
from bot.store.database import Database
from bot.store.dead_letters import LetterStore
from bot.store.desk import DeskStore
from bot.store.escalations import TimerStore
from bot.store.evidence import EvidenceStore
from bot.store.filters import FilterStore
from bot.store.flows import FlowStore
from bot.store.linking import LinkStore
from bot.store.matter_desk import MatterStore
from bot.store.notices import NoticeStore
from bot.store.outbox import OutboxStore
from bot.store.own import OwnStore
from bot.store.phones import PhoneStore
from bot.store.presence import PresenceStore
from bot.store.proposals import ProposalStore
from bot.store.queues import QueueStore
from bot.store.reviews import ReviewStore
from bot.store.roster import RosterStore
from bot.store.sms import SmsStore
from bot.store.staffing import StaffStore
from bot.store.subscriptions import SubscriptionStore
from bot.store.trail import TrailStore
from bot.store.uploads import UploadStore
from bot.store.waiting import WaitingStore
from bot.texting import Texting
from bot.uploads import Uploads
from channels.access_log import access_log
from channels.api.limits import add_limits
from channels.api.webhook import CHANNEL as APP
from channels.api.webhook import WebhookChannel
from channels.channel import Channel, PieceChannel
from channels.desk.provider import OidcProvider
from channels.desk.working import working
from channels.errors import errors
from channels.fanout import SharedHub
from channels.hub import EVERYTHING, Hub
from channels.inbox import Inbox
from channels.links import PaperLinks
from channels.outbox import Sender
from channels.routes import add_routes
from channels.security import add_headers
from channels.services import SERVICES, Laws, Probe, Services
from channels.shared_limits import SharedLimits
from channels.sms import SmsSender
from channels.tickets import Tickets
from channels.web.channel import WebChannel
from channels.web.widgets import Widgets
from channels.wechat.wiring import WeChat
from channels.weibo.wiring import Weibo
from voice.recognizer import Recognizer
from voice.recordings import RecordingRules, Recordings

_ROOT = Path(__file__).resolve().parents[1]
ASK = ("api", APP)
"""Channels whose clients ask for messages, and may be waiting for one."""
SIGN_INS_PER_MINUTE = 20
"""Sign-in attempts a minute from one address; each account is locked by itself well before."""


def create_app(
    settings: Settings,
    *,
    clock: Clock,
    database: Database,
    engine: DialogueEngine,
    laws: Laws,
    probes: Mapping[str, Probe] | None = None,
    topics: Topics | None = None,
    cases: Cases | None = None,
    sms: SmsProvider | None = None,
    channels: Mapping[str, Channel | PieceChannel] | None = None,
    recognizer: Recognizer | None = None,
) -> web.Application:
    """The application. It opens and closes `database`; `engine` and what `laws` uses are the caller's.

    `probes` tell /readyz about the caller's parts; "store" is added. `topics` are ours, unproved against the law, if
    None; without `cases` no decided cases are suggested to seats. Texts to telephones go to a file without `sms`;
    without `recognizer` who sends voice is asked to write. `channels` are further ways out, by the name of their
    channel.
    """
    hub = SharedHub(settings.redis_url) if settings.redis_url else Hub()
    apps = Apps(AppStore(database), clock)
    webhooks = WebhookChannel(apps, clock)
    wechat = WeChat(settings, database, clock, recognizer)
    weibo = Weibo(settings, database, clock, recognizer)
    channels = {"web": WebChannel(hub), APP: webhooks, **wechat.channels, **weibo.channels, **(channels or {})}

    def publish(event: Event) -> None:
        hub.tell(EVERYTHING, event)
        if event.kind in ("desk", "notice"):
            return  # for staff only: no citizen's page hears of it
        if event.kind == "state" and event.state in ("bot", "closed"):
            reviews.wake()  # a person may have let go
        said = event.message
        if said is None or said.sender == "citizen" or said.channel in ASK:
            hub.tell(event.conversation, event)
        if said is not None and said.channel in PUSHED and (said.channel != "web" or said.sender != "citizen"):
            # To the citizen it goes by the outbox; what the citizen writes may free what was held there.
            sender.wake(later=said.channel in IN_THE_RESPONSE)

    outbox = OutboxStore(database)
    key = identity_key(settings.identity_key, settings.data_dir)
    links = PaperLinks(settings.public_url, key, clock, days=settings.link_days)
    sender = Sender(outbox, channels, clock, publish, links)
    evidence = Evidence(EvidenceStore(database), clock, publish, largest=settings.max_file)
    staff = accounts(settings, database, clock)
    provider = OidcProvider(settings, clock) if settings.oidc_issuer else None
    waiting = WaitingStore(database)
    duty = PlannedDuty(RosterStore(database), waiting, BusinessHours(settings.opens, settings.closes))
    presence = Presence(PresenceStore(database), clock, publish)
    rounds = Rounds(waiting, presence, clock, publish, duty)
    topics = topics or Topics(_ROOT / "training_data" / "topics", _ROOT, ProposalStore(database), clock)
    reviews = Reviews(ReviewStore(database), clock)
    front = FrontDesk(waiting, clock, publish, duty, high_stakes=settings.high_stakes_yuan)
    conversations = Conversations(
        ConversationStore(database, links.opinion),
        engine,
        clock,
        publish,
        front,
        max_text=settings.max_text,
        turn_timeout=settings.turn_timeout,
        patience=settings.engine_patience,
        asides=(
            Linking(LinkStore(database), key, clock, publish),
            Texting(PhoneStore(database), clock),
            Subscribing(SubscriptionStore(database), settings.daily_hour),
            evidence,
        ),
    )
    limits = SharedLimits(clock, settings.redis_url)
    by_address = limits.limit("address", settings.rate_address_per_minute)
    desk = Desk(DeskStore(database), clock, publish, max_text=settings.max_text)
    own_rules = settings.data_dir / "recording_rules.yaml"
    rules = RecordingRules.read(own_rules) if own_rules.is_file() else None
    recordings = Recordings(settings.data_dir / "recordings", derived(key, "recordings"), rules)
    kept = CallStore(database)
    calls = Calls(kept, clock, publish, texts=bool(settings.public_url))

    async def expire() -> int:
        return await asyncio.to_thread(recordings.expire, clock.now().timestamp())

    call_keeper = CallKeeper(calls, clock, expire)
    work = working(settings, database, clock, publish, desk, laws, cases)
    parts = Services(
        settings=settings,
        clock=clock,
        conversations=conversations,
        inbox=Inbox(
            conversations,
            by_address,
            limits.limit("conversation", settings.rate_conversation_per_minute),
            limits.limit("channel", settings.rate_channel_per_minute),
            clock,
            {name: channel.capabilities for name, channel in channels.items()},
        ),
        outbox=outbox,
        passing=Passing(DeskStore(database), clock, publish),
        presence=presence,
        queues=QueueBook(QueueStore(database), clock),
        desk=desk,
        work=work,
        matters=Matters(MatterStore(database, key), clock, publish),
        filters=FilterStore(database),
        notices=NoticeStore(database),
        database=database,
        accounts=staff,
        own=OwnAccount(OwnStore(database), staff, clock),
        staffing=Staffing(StaffStore(database), staff, clock),
        trail=Trail(TrailStore(database), clock),
        oidc=None if provider is None else OidcSignIn(provider, FlowStore(database), staff, clock),
        laws=laws,
        topics=topics,
        callbacks=Callbacks(CallbackStore(database), clock),
        letters=Letters(LetterStore(database), clock),
        calls=calls,
        call_queue=CallQueue(kept, waiting, clock, publish, duty, high_stakes=settings.high_stakes_yuan),
        call_chat=CallChat(calls, kept, front, clock, publish),
        call_keeper=call_keeper,
        recordings=recordings,
        links=links,
        evidence=evidence,
        apps=apps,
        uploads=Uploads(UploadStore(database), work.files, evidence, clock),
        reviews=reviews,
        bot_errors=BotErrors(topics, laws.verify, clock),
        recognizer=recognizer,
        roster=Roster(RosterStore(database), clock),
        hub=hub,
        by_address=by_address,
        by_app=limits.limit("app", settings.rate_app_per_minute),
        sign_ins=limits.limit("sign-in", SIGN_INS_PER_MINUTE),
        tickets=Tickets(clock, derived(key, "download tickets")),
        probes={
            **(probes or {}),
            "store": database.ready,
            **({"redis": hub.ready} if isinstance(hub, SharedHub) else {}),
        },
    )

    timekeeper = Timekeeper(TimerStore(database), clock, publish)
    daily = DailyQuestion(SubscriptionStore(database), engine, clock, publish, settings.daily_hour)
    texting = SmsSender(SmsStore(database), sms or SmsFile(settings.data_dir / "sms.jsonl", clock), clock)

    async def lifetime(_app: web.Application) -> AsyncIterator[None]:
        await database.open()
        loops = (sender, conversations, rounds, reviews, timekeeper, daily, texting, evidence, limits, call_keeper)
        behind = [asyncio.create_task(part.run()) for part in loops]
        if isinstance(hub, SharedHub):
            behind.append(asyncio.create_task(hub.run()))
        await conversations.start()
        wechat.start()
        weibo.start()
        yield
        await weibo.stop()
        await wechat.stop()
        await conversations.stop()
        for task in behind:
            task.cancel()
        for task in behind:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await webhooks.close()
        if provider is not None:
            await provider.close()
        await database.close()

    widgets = Widgets(parts)

    async def leaving(_app: web.Application) -> None:
        hub.end()  # sockets and event streams would otherwise hold the server open
        await widgets.stop()

    app = web.Application(middlewares=[access_log, errors], client_max_size=settings.max_body)
    app[SERVICES] = parts
    add_routes(app.router)
    widgets.add_routes(app.router)
    for listening in (wechat, weibo):
        listening.listen(app.router, parts.inbox, conversations, evidence, sender.wake, links)
    app.on_response_prepare.append(add_headers)
    app.on_response_prepare.append(add_limits)
    app.on_shutdown.append(leaving)
    app.cleanup_ctx.append(lifetime)
    return app


def accounts(settings: Settings, database: Database, clock: Clock) -> Accounts:
    """Staff accounts on this store; `faxian staff add` uses it without the rest."""
    return Accounts(
        AccountStore(database),
        clock,
        Rules(
            timedelta(hours=settings.staff_session_hours),
            timedelta(minutes=settings.staff_idle_minutes),
            settings.totp_roles,
        ),
        Seal(derived(identity_key(settings.identity_key, settings.data_dir), "second factors")),
    )
