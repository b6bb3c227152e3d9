"""Conversations: every message is stored before it is acted on, answered once, in order, by the bot or a person."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot import greeting
from bot.asides import Aside, Said, first_answer
from bot.clock import Clock
from bot.dialogue.engine import Application, DialogueEngine, Handoff, Part, Recall, Reply, Turn
from bot.events import Event, Publish
from bot.message import Inbound, Message, check_message_id, clean_text
from bot.patience import Patience
from bot.progress import progress_line
from bot.reception import Placed, Reception
from bot.records import Conversation, ConversationRecords, MatterCard, MatterView, Outcome, Pending, Recalled, TurnTaken
from bot.safe_log import log_failure
from bot.turn_order import TurnOrder

_LOG = logging.getLogger(__name__)
_FAILED = Handoff("自动问答暂时无法回答，请人工接手。", "normal", "failure")
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
        self._reception = reception
        self._max_text = max_text
        self._patience = Patience(engine, clock, self._tell_slow, turn_timeout=turn_timeout, patience=patience)
        self._asides = asides
        self._order = TurnOrder(self._step)
        self._ready: dict[str, Pending] = {}
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
                log_failure(_LOG, "turns not looked after, trying again", error)

    async def idle(self) -> None:
        """Wait until no turn is under way."""
        await self._order.idle()

    async def create(self, channel: str) -> Opened:
        """A new conversation, greeted."""
        token = secrets.token_urlsafe(32)
        conversation = Conversation(secrets.token_hex(16), channel, "bot", "", _hash(token))
        message = await self._records.create(
            conversation.id, channel, conversation.token_hash, greeting.GREETING, self._clock.now()
        )
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

    async def _heard(self, message: Message) -> bool:
        """Let the desk read what somebody says who waits; whatever comes of it, the message is stored."""
        try:
            return await self._reception.heard(message)
        except Exception as error:  # noqa: BLE001
            log_failure(_LOG, "a message of one who waits was not read for a call back", error)
        return False

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
            pending = pending or await self._records.next_pending(conversation, self._clock.now())
            if pending is None:
                await self._settle(conversation)
                return False
            outcome = await self._turn(pending)
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
        if not pending.more:
            await self._settle(conversation)
        return pending.more

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

    async def _turn(self, pending: Pending) -> Outcome:
        """One turn: the engine is asked outside any transaction, then all it did is stored in one.

        While a person is waited for the bot is silent, but for when nobody is there: then it goes on until one is.
        """
        conversation, waiting = pending.message.conversation, pending.state == "waiting"
        if (said := await first_answer(self._asides, pending.message)) is not None:
            return await self._answer_aside(pending, said)
        if pending.state != "bot" and not (waiting and await self._alone(pending.message)):
            return await self._records.finish(pending, None, None, (), self._clock.now())
        self._publish(Event("typing", conversation, who="bot"))
        reply = await self._ask(pending, staffed=not waiting)
        if reply is None and waiting:
            return await self._records.finish(pending, None, None, (), self._clock.now())
        if reply is not None and reply.recall is not None:
            pending, reply = await self._recall(pending, reply.recall, staffed=not waiting)
        handoff, parts = await self._spoken(pending, reply)
        place: tuple[Handoff, Placed] | None = None
        news: Sequence[Part] = ()
        if handoff is not None:
            placed, news = await self._reception.receive(conversation, handoff, reply)
            if placed.offered and not waiting and reply is not None:
                # Nobody is here to come: the engine is asked again, and goes on where it would have stopped.
                reply = await self._ask(pending, staffed=False) or reply
                handoff, parts = reply.handoff or handoff, reply.parts or parts
                placed, news = await self._reception.receive(conversation, handoff, reply)
            place, news = (handoff, placed), greeting.STILL_NOBODY if waiting else news
        if reply is not None and reply.tell_matter:
            parts = await self._with_card(pending.matter, reply.application, parts)
        return await self._records.finish(pending, reply, place, _before_question(parts, news), self._clock.now())

    async def _answer_aside(self, pending: Pending, said: Said) -> Outcome:
        """Store the answer; where the talk is now about another matter, with the engine's word on that."""
        reply, parts = None, said.parts
        if said.matter:
            pending = replace(pending, matter=said.matter)
            self._publish(Event("state", pending.message.conversation, state=pending.state, matter=said.matter))
        if said.recalled is not None:
            pending, reply = await self._resume(pending, said.recalled, staffed=pending.state != "waiting")
            parts = (*parts, *(() if reply is None else reply.parts))
        return await self._records.finish(pending, reply, None, parts, self._clock.now())

    async def _alone(self, message: Message) -> bool:
        """Whether the bot goes on with one who waits: nobody is here to come, and it is not about being called."""
        return not await self._heard(message) and not await self._reception.attended(message.conversation)

    async def _spoken(self, pending: Pending, reply: Reply | None) -> tuple[Handoff | None, Sequence[Part]]:
        """What to say and whether a person is needed; an engine that says nothing has failed the citizen too."""
        if reply is None or not (reply.parts or reply.handoff):
            return _FAILED, greeting.ENGINE_DOWN
        if reply.handoff is not None:
            return reply.handoff, reply.parts or greeting.HANDED_OVER
        judged = await self._reception.judge(pending.message.conversation, pending.message.text, reply)
        if judged is None:
            return None, reply.parts
        return judged.handoff, (*reply.parts, Part("text", judged.say))

    async def _recall(self, pending: Pending, asked: Recall, *, staffed: bool = True) -> tuple[Pending, Reply | None]:
        """The same message again, with the matter that the citizen came back to, or with the news that it is not."""
        found = await self._records.recall(pending.message.conversation, asked.number, asked.code, self._clock.now())
        if found is not None:
            return await self._resume(pending, found, staffed=staffed)
        told: dict[str, Any] = {"number": asked.number, "found": False, "progress": []}
        return pending, await self._ask(pending, told, staffed=staffed)

    async def _resume(self, pending: Pending, found: Recalled, *, staffed: bool) -> tuple[Pending, Reply | None]:
        """The same message again, with the matter that the conversation is now about."""
        pending = replace(pending, dialogue=found.dialogue, matter=found.number)
        self._publish(Event("state", pending.message.conversation, state="bot", matter=found.number))
        told = {"number": found.number, "found": True, "progress": [progress_line(one) for one in found.progress]}
        return pending, await self._ask(pending, told, staffed=staffed)

    async def _with_card(self, matter: str, application: Application | None, parts: Sequence[Part]) -> tuple[Part, ...]:
        """The parts with what the citizen needs to come back, behind the opinion or what was handed in."""
        card = await self._records.card(matter)
        lines = [greeting.MATTER.format(matter=card.number, code=card.code)]
        lines += [progress_line(one) for one in card.progress if application is None]
        at = next((i for i, part in enumerate(parts, 1) if part.kind == "opinion"), 1)
        return (*parts[:at], Part("text", "\n".join(lines)), *parts[at:])

    async def _ask(
        self, pending: Pending, recalled: Mapping[str, Any] | None = None, *, staffed: bool = True
    ) -> Reply | None:
        """The engine's reply; None when it could not give one."""
        message = pending.message
        turn = Turn(
            message.conversation,
            message.message_id,
            message.text,
            self._clock.now(),
            pending.dialogue,
            pending.matter,
            recalled,
            staffed,
        )
        return await self._patience.ask(turn)

    async def _tell_slow(self, turn: Turn) -> None:
        """The answer takes long: said once in five minutes, however many messages wait for it."""
        await self.tell(turn.conversation, greeting.SLOW, f"slow-engine/{int(turn.at.timestamp()) // 300}")


def _before_question(parts: Sequence[Part], news: Sequence[Part]) -> tuple[Part, ...]:
    """The news behind what was said; a question of the interview stays last, where it is answered."""
    at = len(parts) - 1 if news and parts and "remaining" in parts[-1].data else len(parts)
    return (*parts[:at], *news, *parts[at:])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
