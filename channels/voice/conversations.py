"""Who answers the telephone: the bot, the desk and the store, asked by the call's id."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from bot.calls.call import VOICE, Ringing
from bot.calls.calls import Calls
from bot.calls.chatting import CallChat
from bot.calls.keeper import CallKeeper
from bot.calls.queueing import CallQueue
from bot.clock import Clock
from bot.dialogue.engine import EngineUnavailable, Part
from bot.message import Inbound
from bot.rasa import wording
from bot.records import Outcome as Answered
from bot.understanding.danger import mentions_violence
from channels.hub import Hub
from channels.inbox import Inbox
from channels.voice.emergency import emergency_in
from channels.voice.for_ear import for_ear, heard_parts
from channels.voice.line import Line
from channels.voice.promise import promise
from channels.voice.waiting import CallWaiting
from voice.call.meaning import means
from voice.call_actions import Outcome
from voice.call_events import Emergency, NoSeat, Position, SeatTook
from voice.conversations import Answer
from voice.media import Call
from voice.recordings import Recordings
from voice.spoken import Spoken

SCORES = {1: 4, 2: 3, 3: 2}
"""What a key is worth where citizens give one to five."""
_GOODBYES = (wording.GOODBYE, wording.GOODBYE_LEFT.partition("{")[0])
_BEGINNING = 3
"""Turns in which who rings again says what it was about; later they have told too much to begin where they were."""
_SAID_BY_THE_TELEPHONE = ("asked", "failure")
"""Handoffs for which it has words of its own, though nobody is there; who is in danger then has the bot at least."""


class CallConversations:
    """Implements `voice.conversations.Conversations`."""

    def __init__(
        self,
        calls: Calls,
        queue: CallQueue,
        chat: CallChat,
        keeper: CallKeeper,
        inbox: Inbox,
        hub: Hub,
        recordings: Recordings,
        clock: Clock,
        *,
        greeting: str,
        no_promise: str,
        nobody: Callable[[str], str],
    ) -> None:
        """`greeting` is what a caller hears first; `no_promise` stands for a time that is not known; `nobody` says
        that nobody is there, and by when they call."""
        self._calls = calls
        self._queue = queue
        self._chat = chat
        self._keeper = keeper
        self._inbox = inbox
        self._recordings = recordings
        self._clock = clock
        self._greeting = (Part("text", greeting, data={"spoken": True}),)
        self._nobody, self._no_promise = nobody, no_promise
        self._waiting = CallWaiting(calls, queue, hub, clock, no_promise)
        self._lines: dict[str, Line] = {}

    async def open(self, call: Call) -> None:
        """The call's one matter begins."""
        self._lines.setdefault(call.id, Line(call))
        self._keeper.going_on.add(call.id)
        await self._conversation(call.id)

    async def close(self, call: str, outcome: Outcome) -> None:
        """The call is over."""
        self._keeper.going_on.discard(call)
        if (line := self._lines.get(call)) is not None:
            await self._owe_who_got_nobody(line, await self._conversation(call))
            del self._lines[call]
            outcome = "transferred" if line.chatting else outcome  # whatever became of the call after that
        await self._calls.end(call, outcome, self._recordings.of(call))

    def emergency(self, text: str) -> Emergency | None:
        """Whether someone is in danger now; known without the engine."""
        return emergency_in(text)

    async def heard(self, call: str, text: str, confirmed: bool) -> None:
        """Keep what was said that needs no answer."""
        line, conversation = self._lines[call], await self._conversation(call)
        line.words += 1
        line.again = line.again or means(text, "rang_before")
        await self._guard(conversation, text)
        await self._calls.heard(conversation, f"heard-{line.words}", text, _how(confirmed))

    async def ask(self, call: str, text: str, confirmed: bool) -> Answer:
        """One turn of the bot."""
        line, conversation = self._lines[call], await self._conversation(call)
        line.turns += 1
        line.again = line.turns <= _BEGINNING and (line.again or means(text, "rang_before"))
        await self._guard(conversation, text)
        how = _how(confirmed) | ({"again": True} if line.again else {})
        inbound = Inbound(VOICE, conversation, _turn(line.turns), text, how=how)
        _, answered = await self._inbox.accept(inbound, None)
        return await self._answer(line, await answered, text if confirmed else "")

    async def foresee(self, call: str, text: str) -> str:
        """What the bot would say to that as its next turn."""
        line, conversation = self._lines[call], await self._conversation(call)
        said = heard_parts(await self._inbox.foresee(conversation, _turn(line.turns + 1), text))
        return for_ear(said, await self._calls.reach(conversation), text).text if said else ""

    async def queue(self, call: str, urgent: bool) -> AsyncIterator[Position | SeatTook | NoSeat]:
        """Wait for a person; closing the iterator leaves the queue."""
        line, conversation = self._lines[call], await self._conversation(call)
        line.urgent = line.urgent or urgent
        waiting = self._waiting.wait(line, conversation)
        try:
            async for news in waiting:
                yield news
        finally:
            await waiting.aclose()  # type: ignore[attr-defined]

    async def to_chat(self, call: str, urgent: bool) -> bool:
        """Let a person go on in the chat of the page that calls."""
        line, conversation = self._lines[call], await self._conversation(call)
        here = await self._chat.move(conversation, line.call.reference, urgent=urgent)
        line.chatting = True
        return here

    async def release(self, call: str, seat: str) -> None:
        """That seat was not reached, or came too late."""
        self._lines[call].wanted = True
        await self._calls.leave(await self._conversation(call), int(seat))

    async def brief(self, call: str, seat: str) -> None:
        """Returns when the summary is on that seat's screen."""
        await self._waiting.briefed(self._lines[call], await self._conversation(call))

    async def keep_message(self, call: str, recording: str, text: str) -> None:
        """A message was left."""
        line, conversation = self._lines[call], await self._conversation(call)
        line.owed = True
        await self._calls.keep_message(conversation, recording, text, line.number, line.promised)

    async def call_back(self, call: str, number: str, promise: str) -> None:
        """Someone is to call, by what was promised."""
        line, conversation = self._lines[call], await self._conversation(call)
        line.owed = True
        await self._calls.call_back(conversation, number, line.promised, angry=line.angry)

    async def rated(self, call: str, score: int) -> None:
        """One of the three keys."""
        self._lines[call].angry = await self._calls.rate(await self._conversation(call), SCORES[score])

    async def _conversation(self, call: str) -> str:
        """Begun now, where it could not be when the call came in."""
        line = self._lines[call]
        async with line.opening:
            if line.begun is None:
                told = line.call
                ringing = Ringing(told.id, told.transport, told.caller, told.called, told.reference)
                line.begun = await self._calls.begin(ringing, self._greeting)
            return line.begun.conversation

    async def _guard(self, conversation: str, text: str) -> None:
        """Where there is violence at home, somebody else may read what comes to that telephone."""
        if emergency_in(text) is not None or mentions_violence(text):
            await self._calls.no_texts(conversation)

    async def _answer(self, line: Line, outcome: Answered, heard: str) -> Answer:
        conversation = outcome.message.conversation
        said = heard_parts([part for reply in outcome.replies for part in reply.parts])
        standing = await self._calls.standing(conversation) if outcome.state == "waiting" else None
        news = ""
        if standing is not None:
            known, line.nobody = line.nobody, not await self._here(line, conversation)
            line.wanted, line.urgent = True, line.urgent or standing.urgent
            if line.nobody and not known and standing.kind not in _SAID_BY_THE_TELEPHONE:
                news = await self._no_one(line)
        told = for_ear(said, await self._calls.reach(conversation), heard, news) if said else Spoken((), more=False)
        text = told.text
        papers = [part for part in said if part.kind == "opinion"]
        if papers:
            await self._calls.share(conversation, papers, f"{line.call.id}/{outcome.message.seq}")
        if outcome.state == "human":
            return Answer("", person=True)
        if standing is not None and (not line.nobody or standing.kind in _SAID_BY_THE_TELEPHONE):
            return Answer("" if standing.kind in _SAID_BY_THE_TELEPHONE else text, person=True)
        if not text:
            raise EngineUnavailable("the bot had nothing to say")
        return Answer(text, rest=told.rest, done=any(part.text.startswith(_GOODBYES) for part in said))

    async def _here(self, line: Line, conversation: str) -> bool:
        """Whether somebody is there whom the caller, who waits, can be given."""
        if line.call.transport == "browser":
            return await self._chat.attended(conversation)
        place = await self._queue.place(conversation)
        return place is not None and place.here

    async def _no_one(self, line: Line) -> str:
        """Said to whom a person was announced, where none is there; "" where they are told in the chat, or cannot be
        called."""
        if line.call.transport == "browser" or not line.number:
            return ""
        line.promised = await self._queue.by(urgent=line.urgent)
        return self._nobody(self._no_promise if line.promised is None else promise(line.promised, self._clock.now()))

    async def _owe_who_got_nobody(self, line: Line, conversation: str) -> None:
        """Who hung up while in danger is called at once; who found nobody there, when somebody is."""
        if not line.wanted or line.owed or not line.number or not (line.urgent or line.nobody):
            return
        by = await self._queue.by(urgent=line.urgent)
        await self._calls.hung_up(conversation, line.number, by or self._clock.now() + timedelta(days=1))


def _turn(number: int) -> str:
    """The id of what is asked as the turn of that number."""
    return f"turn-{number}"


def _how(confirmed: bool) -> dict[str, bool]:
    """What the desk is shown of an utterance."""
    return {"spoken": True} if confirmed else {"spoken": True, "confirmed": False}
