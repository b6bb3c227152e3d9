"""Conversations: every message is stored before it is acted on, answered once, in order, by the bot or a person."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import greeting
from bot.answering import Answering
from bot.asides import Aside
from bot.clock import Clock
from bot.dialogue.engine import DialogueEngine, Part
from bot.events import Event, Publish
from bot.message import Inbound, Message, check_message_id, clean_text
from bot.reception import Reception
from bot.records import Conversation, ConversationRecords, MatterCard, MatterView, Outcome, Pending, TurnTaken
from bot.safe_log import log_failure, log_round
from bot.turn_order import TurnOrder

_LOG = logging.getLogger(__name__)
KNOWN = 10_000
"""Conversations whose token is kept in memory."""
PAGE = 200
"""Messages read at once when a client catches up."""
ELSEWHERE = 0.1
"""Seconds between looks at a conversation on which another process acts."""
LOOK = 3.0
"""Seconds between looks after turns: those under way stay ours, those that nobody acts on are taken up."""


class UnknownConversation(LookupError):
    """There is no conversation with this id."""


class TurnLost(Exception):
    """The turn could not be finished now; the message is stored and will be taken up again."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new conversation. `token` is the only proof of whose it is; the store keeps its hash."""

    conversation: Conversation
    token: str
    greeting: Message


class Conversations:
    """The service between channels and engine.

    `publish` hears of everything after it was committed; `reception` is the desk's side of a handoff.
    """

    def __init__(
        self,
        records: ConversationRecords,
        engine: DialogueEngine,
        clock: Clock,
        publish: Publish,
        reception: Reception,
        *,
        max_text: int = 4000,
        turn_timeout: float = 30.0,
        patience: float = 0.0,
        asides: Sequence[Aside] = (),
    ) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish
        self._max_text = max_text
        self._answering = Answering(
            records,
            engine,
            clock,
            publish,
            reception,
            self.tell,
            turn_timeout=turn_timeout,
            patience=patience,
            asides=asides,
        )
        self._order = TurnOrder(self._step)
        self._ready: dict[str, Pending] = {}
        self._behind: set[str] = set()
        """Conversations with a message behind the one that is ready: many are stored by one commit."""
        self._known: OrderedDict[str, Conversation] = OrderedDict()
        self._waiters: dict[tuple[str, str], list[asyncio.Future[Outcome]]] = {}
        self._asked_in: dict[tuple[str, str], str] = {}
        """Conversation of each key of `_waiters`."""

    async def start(self) -> None:
        """Take up again what a crash left unanswered."""
        for conversation in await self._records.unfinished():
            self._order.wake(conversation)

    async def stop(self) -> None:
        """Break off turns under way; their messages stay stored and pending."""
        await self._order.stop()

    async def run(self) -> None:
        """Keep turns under way ours, and take up what a dead process or a busy store has left; cancel to stop."""
        while True:
            await self._clock.sleep(LOOK)
            try:
                if self._order.busy:
                    await self._records.still_acting(self._clock.now())
                for conversation in await self._records.unfinished(self._clock.now()):
                    if not self._order.running(conversation):
                        self._order.wake(conversation)
            except Exception as error:  # noqa: BLE001 - it must outlive a store that is busy or full
                log_round(_LOG, "turns not looked after, trying again", error)

    async def idle(self) -> None:
        """Wait until no turn is under way."""
        await self._order.idle()

    async def create(self, channel: str, app: str = "") -> Opened:
        """A new conversation, greeted; of a user of this `app`, where one that is known brings them."""
        token = secrets.token_urlsafe(32)
        conversation = Conversation(secrets.token_hex(16), channel, "bot", "", _hash(token))
        message = await self._records.create(
            conversation.id,
            channel,
            conversation.token_hash,
            greeting.GREETING,
            self._clock.now(),
            f"{app}/{conversation.id}" if app else None,
        )
        if app:
            self._publish(Event("message", conversation.id, message=message))  # it is told of what it has opened
        return Opened(conversation, token, message)

    async def of(self, channel: str, external_id: str, *, anew: bool = False) -> Conversation:
        """The conversation of who the channel's provider calls so, begun and greeted if there is none.

        One that has ended is given while what is said about it is still taken, unless `anew`.
        """
        found, greeted = await self._records.of(
            channel, external_id, secrets.token_hex(16), greeting.GREETING, self._clock.now(), anew=anew
        )
        if greeted is not None:
            self._publish(Event("message", found.id, message=greeted))
        return found

    async def last_said(self, conversation: str) -> Message | None:
        """What the citizen was last told, by whomever."""
        return await self._records.last_said(conversation)

    async def has(self, channel: str, key: str) -> bool:
        """Whether a message of this key has been taken."""
        return await self._records.known(channel, key)

    async def tell(self, conversation: str, parts: Sequence[Part], key: str) -> None:
        """Say something outside any turn, once for each key."""
        message = await self._records.tell(conversation, parts, key, self._clock.now())
        if message is not None:
            self._publish(Event("message", conversation, message=message))

    async def get(self, conversation: str) -> Conversation | None:
        """The conversation with this id."""
        return await self._records.get(conversation)

    async def known(self, conversation: str) -> Conversation | None:
        """As `get`, from memory where it can: id, channel and token are right, state and matter may be of earlier."""
        found = self._known.get(conversation) or await self._records.get(conversation)
        if found is not None:
            self._known[conversation] = found
            self._known.move_to_end(conversation)
            if len(self._known) > KNOWN:
                self._known.popitem(last=False)
        return found

    async def by_token(self, token: str) -> Conversation | None:
        """The conversation this token belongs to."""
        return await self._records.by_token(_hash(token))

    @staticmethod
    def owns(token: str, conversation: Conversation) -> bool:
        """Whether the token is that conversation's, compared in constant time."""
        return hmac.compare_digest(_hash(token), conversation.token_hash)

    async def after(self, conversation: str, seq: int) -> list[Message]:
        """Up to PAGE messages after `seq`, in order."""
        return await self._records.after(conversation, seq, PAGE)

    async def card(self, number: str) -> MatterCard:
        """What its citizen is given to come back with. Raises LookupError when there is no such matter."""
        return await self._records.card(number)

    async def matter(self, number: str) -> MatterView | None:
        """The matter with this number, for whoever may see it."""
        return await self._records.matter(number)

    async def foresee(self, conversation: str, message_id: str, text: str) -> Sequence[Part]:
        """What would probably be said to a message that may be on its way: () where that is not known before it came.

        Nothing is kept. Raises EngineUnavailable, and BadMessage for what would be refused.
        """
        checked = check_message_id(message_id), clean_text(text, self._max_text)
        return await self._answering.foresee(conversation, *checked)

    async def handle(self, inbound: Inbound) -> Outcome:
        """Store the message, see it answered, and tell how; the same id again tells the same.

        Raises BadMessage for a refused message, UnknownConversation, and TurnLost when the answer was not stored.
        """
        _, answered = await self.submit(inbound)
        return await answered

    async def submit(self, inbound: Inbound) -> tuple[Message, asyncio.Future[Outcome]]:
        """Store the message and have it answered; returns as soon as it is stored.

        Raises BadMessage and UnknownConversation as `handle` does.
        """
        message_id, text = check_message_id(inbound.message_id), clean_text(inbound.text, self._max_text)
        inbound = replace(inbound, message_id=message_id, text=text)
        # Registered before the message is stored, because a worker already running may answer it at once.
        place = (inbound.channel, inbound.unique_key)
        waiter: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiters.setdefault(place, []).append(waiter)
        self._asked_in[place] = inbound.conversation
        waiter.add_done_callback(lambda done: self._forget(place, done))
        try:
            recorded = await self._records.record(inbound, self._clock.now())
            if recorded is None:
                raise UnknownConversation(inbound.conversation)
            conversation = recorded.message.conversation
            if place in self._asked_in:
                self._asked_in[place] = conversation  # a repetition may come in another than it was stored in
            if not recorded.repeated:
                for message in (recorded.message, *recorded.replies):
                    self._publish(Event("message", conversation, message=message))
            if recorded.message.seq == 2 and not recorded.repeated:
                self._publish(Event("state", conversation, state=recorded.state, matter=recorded.matter))
            if recorded.pending:
                if recorded.turn is not None and not self._order.running(conversation):
                    self._ready[conversation] = recorded.turn
                else:
                    self._behind.add(conversation)
                self._order.wake(conversation)
            elif not waiter.done():
                outcome = await self._records.outcome(inbound) if recorded.repeated else None
                if not waiter.done():
                    waiter.set_result(
                        outcome or Outcome(recorded.message, recorded.replies, recorded.state, recorded.matter)
                    )
        except BaseException:
            waiter.cancel()
            raise
        return recorded.message, waiter

    def _forget(self, place: tuple[str, str], waiter: asyncio.Future[Outcome]) -> None:
        waiting = self._waiters.get(place, [])
        if waiter in waiting:
            waiting.remove(waiter)
        if not waiting:
            self._waiters.pop(place, None)
            self._asked_in.pop(place, None)
        if not waiter.cancelled():
            waiter.exception()  # seen: a socket may have gone without waiting for it

    async def _step(self, conversation: str) -> bool:
        """Act on the oldest pending message; False when no more waited behind it, or the store failed."""
        pending: Pending | None = None
        try:
            pending = self._ready.pop(conversation, None)
            if pending is None:
                self._behind.discard(conversation)
                pending = await self._records.next_pending(conversation, self._clock.now())
            if pending is None:
                await self._settle(conversation)
                return False
            outcome = await self._answering.turn(pending)
        except TurnTaken:
            await self._settle(conversation)
            await self._clock.sleep(ELSEWHERE)
            return True
        except Exception as error:  # noqa: BLE001
            # The message stays pending in the store: its waiters are told, and the next wake or start tries again.
            log_failure(_LOG, "turn not finished, message kept", error)
            for waiter in self._all_waiters(pending, conversation):
                if not waiter.done():
                    waiter.set_exception(TurnLost("the answer could not be stored; the message is kept"))
            return False
        for message in () if outcome.repeated else outcome.replies:  # another process has told of them
            self._publish(Event("message", conversation, message=message))
        if outcome.state != "bot" and outcome.replies and not outcome.repeated:
            self._publish(Event("state", conversation, state=outcome.state, matter=outcome.matter))
        for waiter in list(self._waiters.get((pending.message.channel, pending.key), ())):
            if not waiter.done():
                waiter.set_result(outcome)
        more = pending.more or conversation in self._behind
        if not more:
            await self._settle(conversation)
        return more

    async def _settle(self, conversation: str) -> None:
        """Tell those who still wait for what another process has answered meanwhile."""
        for place in [place for place, where in self._asked_in.items() if where == conversation]:
            if all(waiter.done() for waiter in self._waiters.get(place, ())):
                continue  # told just now; spares asking the store
            channel, key = place
            outcome = await self._records.outcome(Inbound(channel, conversation, "", "", key))
            for waiter in list(self._waiters.get(place, ())) if outcome is not None else ():
                if not waiter.done() and outcome is not None:
                    waiter.set_result(outcome)

    def _all_waiters(self, pending: Pending | None, conversation: str) -> list[asyncio.Future[Outcome]]:
        """Who waits for this message, or, when the store could not even say which, for any of the conversation."""
        if pending is not None:
            return list(self._waiters.get((pending.message.channel, pending.key), ()))
        return [
            waiter
            for place, waiting in self._waiters.items()
            if self._asked_in[place] == conversation
            for waiter in waiting
        ]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
