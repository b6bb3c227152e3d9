"""One turn: the citizen's message put to asides, engine and desk, and all that came of it stored at once."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import greeting
from bot.asides import Aside, Said, first_answer
from bot.clock import Clock
from bot.dialogue.engine import Application, DialogueEngine, Handoff, Part, Recall, Reply, Turn
from bot.events import Event, Publish
from bot.in_danger import in_danger, said_in_danger
from bot.message import Message
from bot.patience import Patience
from bot.progress import progress_line, withdrawal_line
from bot.reception import Placed, Reception, Withdrawn
from bot.records import ConversationRecords, Outcome, Pending, Recalled
from bot.safe_log import log_failure

_LOG = logging.getLogger(__name__)
NOTED_EVERY = timedelta(minutes=2)
"""Who writes on while waiting is told no more often that it is kept…"""
_ASKS_AFTER = re.compile(
    r"有人[吗么没]|在[吗么不]|多久|还要?等|第几|几个人|轮到|人呢|how long|any(?:body|one)|hello", re.IGNORECASE
)
"""…unless they ask how long it takes."""
_FAILED = Handoff("自动问答暂时无法回答，请人工接手。", "normal", "failure")
_FAILED_IN_DANGER = Handoff("来访人可能处于危险之中，自动问答暂时无法回答，请马上接手。", "urgent", "danger")


class Answering:
    """What a turn is; when it is whose turn `bot.conversation` decides. `tell` says something outside the turn."""

    def __init__(
        self,
        records: ConversationRecords,
        engine: DialogueEngine,
        clock: Clock,
        publish: Publish,
        reception: Reception,
        tell: Callable[[str, Sequence[Part], str], Awaitable[None]],
        *,
        turn_timeout: float,
        patience: float,
        asides: Sequence[Aside],
    ) -> None:
        self._records = records
        self._engine = engine
        self._clock = clock
        self._publish = publish
        self._reception = reception
        self._tell = tell
        self._patience = Patience(engine, clock, self._tell_slow, turn_timeout=turn_timeout, patience=patience)
        self._asides = asides

    async def turn(self, pending: Pending) -> Outcome:
        """One turn: the engine is asked outside any transaction, then all it did is stored in one.

        While a person who is there is waited for, the bot answers danger only and tells that the words are kept. Where
        nobody is there it goes on until one is; what is about being called is the desk's.
        """
        if (said := await first_answer(self._asides, pending.message)) is not None:
            return await self._answer_aside(pending, said)
        if pending.state == "waiting" and (left := await self._reception.withdrawn(pending.message)) is not None:
            return await self._after_waiting(pending, left)
        return await self._answer(pending)

    async def _after_waiting(self, pending: Pending, left: Withdrawn) -> Outcome:
        """Who waits no more hears what they were asked before, or is answered what else they said."""
        message = pending.message
        self._publish(Event("state", message.conversation, state="bot", matter=pending.matter))
        pending = replace(pending, state="bot")
        if not left.rest:
            return await self._records.finish(pending, None, None, (left.said, *left.put), self._clock.now())
        about = replace(message, parts=(Part("text", left.rest),))
        outcome = await self._answer(replace(pending, message=about), (left.said,))
        return replace(outcome, message=message)

    async def _answer(self, pending: Pending, first: Sequence[Part] = ()) -> Outcome:
        """What the engine and the desk make of a message that is no aside; `first` is said before it."""
        conversation, waiting = pending.message.conversation, pending.state == "waiting"
        if pending.state != "bot" and (not waiting or await self._heard(pending.message)):
            return await self._records.finish(pending, None, None, (), self._clock.now())
        if waiting and await self._reception.attended(conversation):
            return await self._beside(pending)
        self._publish(Event("typing", conversation, who="bot"))
        reply = await self._ask(pending, staffed=not waiting)
        if reply is None and waiting:
            return await self._records.finish(pending, None, None, await self._kept(pending.message), self._clock.now())
        if reply is not None and reply.recall is not None:
            pending, reply = await self._recall(pending, reply.recall, staffed=not waiting)
        elif reply is not None and reply.topic and (found := await self._broken_off(pending, reply.topic)) is not None:
            pending, reply = await self._resume(pending, found, staffed=not waiting)
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
            again = () if handoff.kind == "danger" else greeting.STILL_NOBODY
            place, news = (handoff, placed), again if waiting else news
        if reply is not None and reply.application is not None and reply.application.act == "withdraw":
            parts = _before_question(parts, (await self._taken_back(pending.matter, reply.application.kind),))
        if reply is not None and reply.tell_matter:
            parts = await self._with_card(pending.matter, reply.application, parts)
        parts = (*first, *_before_question(parts, news))
        return await self._records.finish(pending, reply, place, parts, self._clock.now())

    async def foresee(self, conversation: str, message_id: str, text: str) -> Sequence[Part]:
        """What the bot would say to that: nothing is kept, and nobody is told. () where it would not answer by itself,
        or where more than its word decides. Raises EngineUnavailable."""
        stand = await self._records.stand(conversation)
        if stand is None or stand.state != "bot":
            return ()
        turn = Turn(conversation, message_id, text, self._clock.now(), stand.dialogue, stand.matter)
        reply = await self._engine.respond(turn)
        if reply.handoff is not None or reply.recall is not None or reply.application is not None:
            return ()
        return await self._with_card(stand.matter, None, reply.parts) if reply.tell_matter else reply.parts

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

    async def _beside(self, pending: Pending) -> Outcome:
        """A line that the person who comes will read: it is not told into silence."""
        message = pending.message
        reply = await self._ask(pending) if in_danger(message.text) else None
        if reply is not None and reply.handoff is not None and reply.handoff.kind == "danger":
            placed, news = await self._reception.receive(message.conversation, reply.handoff, reply)
            place = (reply.handoff, placed)
            return await self._records.finish(pending, reply, place, (*reply.parts, *news), self._clock.now())
        return await self._records.finish(pending, None, None, await self._noted(message), self._clock.now())

    async def _noted(self, message: Message) -> tuple[Part, ...]:
        """Once while they write on; again when it has been quiet around them for a while."""
        if await self._told_lately(message) and not _ASKS_AFTER.search(message.text):
            return ()
        return await self._reception.noted(message.conversation)

    async def _kept(self, message: Message) -> tuple[Part, ...]:
        """The same where neither a person nor the engine answers; who is in danger hears every time what helps."""
        if said := said_in_danger(message.text):
            return (Part("text", said),)
        asks = bool(_ASKS_AFTER.search(message.text))
        return () if await self._told_lately(message) and not asks else greeting.STILL_DOWN

    async def _told_lately(self, message: Message) -> bool:
        """Whether the last thing said was that their lines are kept."""
        last = await self._records.last_said(message.conversation)
        noted = last is not None and any(part.data.get("noted") for part in last.parts)
        return last is not None and noted and self._clock.now() - last.at < NOTED_EVERY

    async def _spoken(self, pending: Pending, reply: Reply | None) -> tuple[Handoff | None, Sequence[Part]]:
        """What to say and whether a person is needed; an engine that says nothing has failed the citizen too."""
        if reply is None or not (reply.parts or reply.handoff):
            if said := said_in_danger(pending.message.text):
                return _FAILED_IN_DANGER, (Part("text", said), *greeting.ENGINE_DOWN)
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

    async def _broken_off(self, pending: Pending, topic: str) -> Recalled | None:
        """The talk that broke off, of a caller who has said so and now what it was about."""
        if not any(part.data.get("again") for part in pending.message.parts):
            return None
        return await self._records.broken_off(pending.message.conversation, topic, self._clock.now())

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

    async def _taken_back(self, matter: str, kind: str) -> Part:
        """What becomes of the wish to take an application back, as it stands."""
        card = await self._records.card(matter)
        return Part("text", withdrawal_line(card.progress, kind))

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
        await self._tell(turn.conversation, greeting.SLOW, f"slow-engine/{int(turn.at.timestamp()) // 300}")

    async def _heard(self, message: Message) -> bool:
        """Let the desk read what somebody says who waits; whatever comes of it, the message is stored."""
        try:
            return await self._reception.heard(message)
        except Exception as error:  # noqa: BLE001
            log_failure(_LOG, "a message of one who waits was not read for a call back", error)
        return False


def _before_question(parts: Sequence[Part], news: Sequence[Part]) -> tuple[Part, ...]:
    """The news behind what was said; a question of the interview stays last, where it is answered."""
    at = len(parts) - 1 if news and parts and "remaining" in parts[-1].data else len(parts)
    return (*parts[:at], *news, *parts[at:])
