"""Answers a call: gives what comes over the line to the state machine and does what it says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from voice.call.talk import Talk
from voice.call_actions import (
    Action,
    Ask,
    Brief,
    CallBack,
    CloseMatter,
    GoToChat,
    HangUp,
    JoinQueue,
    KeepMessage,
    LeaveQueue,
    Listen,
    Note,
    OpenMatter,
    Pace,
    Pause,
    Play,
    Rated,
    Record,
    ReleaseSeat,
    Resume,
    Say,
    StartMessage,
    Stop,
    Transfer,
)
from voice.call_events import (
    Answered,
    Briefed,
    Due,
    EngineLost,
    Event,
    HungUp,
    InChat,
    NoChat,
    NoSeat,
    Pressed,
    Replied,
    Spoken,
    Transferred,
    Words,
)
from voice.clock import Clock
from voice.conversations import Conversations, Presence
from voice.foresight import Foresight
from voice.hearing.resampled import at_rate
from voice.hearing.watched import Watched
from voice.ledger import Ledger
from voice.media import Frame, Key, MediaSession
from voice.patience import Patience
from voice.recognizer import Heard, Recognizer
from voice.recordings import Recordings
from voice.sentences import Sentences
from voice.speaker import Speaker
from voice.speaking.lead_in import LeadIn, Sound
from voice.synthesizer import Synthesizer
from voice.tapes import Tapes
from voice.turn_times import Measured, TurnTimer, logged
from voice.turns.attention import Attention
from voice.turns.ending import Ending
from voice.turns.listener import Listener, Told

_LOG = logging.getLogger(__name__)


def as_heard(heard: Heard) -> str:
    """Word for word."""
    return heard.text


@dataclass(frozen=True, slots=True)
class Phone:
    """What a call is answered with; `answer` is for the switchboard."""

    clock: Clock
    conversations: Conversations
    synthesizer: Synthesizer
    recognizers: Sequence[Recognizer]
    """The best first; the next one takes over when one breaks down in mid-call. Looked at anew for every call."""
    recordings: Recordings
    presence: Callable[[int], Presence] = Attention
    """Makes one for a rate."""
    sentences: Sentences = field(default_factory=Sentences)
    patience: Patience = field(default_factory=Patience)
    ending: Ending = field(default_factory=Ending)
    repair: Callable[[Heard], str] = as_heard
    """What was most likely said, of what was heard."""
    lead_in: Sound | None = None
    """The word that an answer begins with where it is slow."""
    measured: Measured = logged
    """Told of every turn that was answered, how long that took."""

    async def answer(self, session: MediaSession) -> None:
        """From the greeting until the call is over and all of it is on file."""
        await _Answering(self, session).run()


class _Answering:
    """One call being answered."""

    def __init__(self, phone: Phone, session: MediaSession) -> None:
        self._phone, self._session, self._id = phone, session, session.call.id
        patience = phone.patience.hearing
        self._ears = [Watched(at_rate(one, session.rate), phone.clock, patience) for one in phone.recognizers]
        self._talk = Talk(
            phone.sentences,
            phone.patience,
            session.call.caller,
            hearing=bool(self._ears),
            chat=session.call.transport == "browser",
        )
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._ledger = Ledger(self._id)
        self._tapes = Tapes(phone.recordings, self._id, session.rate)
        presence = phone.presence(session.rate)
        self._timer = TurnTimer(session.call, phone.clock, phone.measured)
        self._listener = Listener(
            self._id, self._ears, presence, phone.ending, self._told, self._timer.over, self._paused
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._speaker = Speaker(
            session,
            phone.synthesizer,
            self._listener,
            self._start,
            self._timer.sounded,
            lambda number: self._events.put_nowait(Spoken(number)),
            None if phone.lead_in is None else LeadIn(phone.lead_in, phone.clock),
        )
        self._foresight = Foresight(self._id, self._talk, phone.conversations, self._speaker, self._start)
        self._queue: asyncio.Task[None] | None = None
        self._alarm: asyncio.Task[None] | None = None
        self._transferring: asyncio.Task[None] | None = None
        self._message_words: list[str] = []
        self._taping = False

    async def run(self) -> None:
        """Answer it."""
        keeping = asyncio.create_task(self._ledger.run())
        self._start(self._receive())
        if self._ears:
            self._start(self._listener.run())
        try:
            self._events.put_nowait(Answered())
            while self._talk.state != "over":
                event = await self._events.get()
                actions = self._talk.handle(event, self._phone.clock.monotonic())
                if isinstance(event, Words) and not any(isinstance(one, Ask | Say) for one in actions):
                    self._timer.forget()
                for action in actions:
                    await self._do(action)
                self._set_alarm()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._speaker.close()
            if (
                self._talk.state != "over"
            ):  # we are being stopped: the matter is closed and the sound sealed all the same
                for action in self._talk.handle(HungUp(), self._phone.clock.monotonic()):
                    if isinstance(action, CloseMatter | KeepMessage | Note | Record | ReleaseSeat):
                        await self._do(action)
            self._ledger.close()
            await keeping

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._talk.due is not None:
            self._alarm = self._start(self._ring_at(self._talk.due))

    async def _ring_at(self, moment: float) -> None:
        while (left := moment - self._phone.clock.monotonic()) > 0:
            await self._phone.clock.sleep(left)
        self._events.put_nowait(Due())

    # In

    async def _receive(self) -> None:
        while (came := await self._session.receive()) is not None:
            if isinstance(came, Key):
                self._events.put_nowait(Pressed(came.key))
            elif isinstance(came, Frame):
                self._tapes.write(came.pcm)
                self._listener.hear(came.pcm)
        if self._transferring is not None:  # a caller who was taken is gone from here too, and has not hung up
            await asyncio.wait([self._transferring])
        self._events.put_nowait(HungUp())

    def _told(self, told: Told) -> None:
        if not isinstance(told, Heard):
            self._events.put_nowait(told)
            return
        words = self._words(told)
        if self._taping and words.text.strip():
            self._message_words.append(words.text)
        self._timer.understood()
        self._events.put_nowait(words)

    def _paused(self, heard: Heard) -> None:
        if self._events.empty():  # else the talk does not stand yet where it will when they are done
            self._foresight.look(self._words(heard), self._phone.clock.monotonic())

    def _words(self, heard: Heard) -> Words:
        text = self._phone.repair(heard) if heard.text.strip() else ""
        return Words(text, self._phone.conversations.emergency(text))

    # Out

    async def _do(self, action: Action) -> None:
        conversations = self._phone.conversations
        match action:
            case Say(number, text):
                self._speaker.say(number, text, answers=self._timer.owed)
            case Stop():
                self._speaker.stop()
            case Pause():
                self._speaker.pause()
            case Resume():
                self._speaker.resume()
            case Play(sound):
                self._speaker.play(sound)
            case Pace(speed, loud):
                self._speaker.pace(speed, loud=loud)
            case Listen(words):
                self._listener.wanted = words
            case Record(on, forget):
                self._tapes.record(on, forget)
            case StartMessage(recorded):
                self._message_words = []
                self._taping = True
                if recorded:
                    self._tapes.start_message()
            case KeepMessage():
                self._taping, recording = False, self._tapes.end_message()
                said = "。".join(self._message_words)
                self._ledger.add(conversations.keep_message(self._id, recording, said))
            case OpenMatter():
                self._ledger.add(conversations.open(self._session.call))
            case CloseMatter(outcome):
                self._ledger.add(conversations.close(self._id, outcome))
            case CallBack(number, promise):
                self._ledger.add(conversations.call_back(self._id, number, promise))
            case Rated(score):
                self._ledger.add(conversations.rated(self._id, score))
            case Note(text, confirmed):
                self._ledger.add(conversations.heard(self._id, text, confirmed))
            case ReleaseSeat(seat):
                self._ledger.add(conversations.release(self._id, seat))
            case Ask():
                self._start(self._ask(action))
            case JoinQueue(urgent):
                await self._leave_queue()
                self._queue = self._start(self._wait(urgent))
            case LeaveQueue():
                await self._leave_queue()
            case GoToChat(urgent):
                self._ledger.add(self._go_to_chat(urgent))  # behind all that was said
            case Brief(seat):
                self._start(self._brief(seat))
            case Transfer(target):
                self._transferring = self._start(self._transfer(target))
            case HangUp():
                await self._session.hang_up()

    async def _ask(self, question: Ask) -> None:
        try:
            answer = await self._phone.conversations.ask(self._id, question.text, question.confirmed)
        except Exception as error:  # noqa: BLE001 - whatever broke, the caller gets a person
            _LOG.warning("no answer on call %s: %s", self._id, type(error).__name__)
            self._events.put_nowait(EngineLost())
            return
        self._timer.answered()
        self._events.put_nowait(
            Replied(question.number, answer.text, answer.person, answer.done, answer.emergency, answer.rest)
        )

    async def _wait(self, urgent: bool) -> None:
        await self._ledger.written()  # whoever comes sees all that was said
        news = self._phone.conversations.queue(self._id, urgent)
        try:
            async for event in news:
                self._events.put_nowait(event)
        except Exception as error:  # noqa: BLE001 - no queue, so nobody comes: a message is taken
            _LOG.warning("the queue of call %s failed: %s", self._id, type(error).__name__)
            self._events.put_nowait(NoSeat(self._phone.sentences.say("default_promise")))

    async def _leave_queue(self) -> None:
        if self._queue is not None:
            self._queue.cancel()
            await asyncio.gather(self._queue, return_exceptions=True)
            self._queue = None

    async def _brief(self, seat: str) -> None:
        try:
            await self._phone.conversations.brief(self._id, seat)
        except Exception as error:  # noqa: BLE001 - the call goes on to the seat when its patience ends
            _LOG.warning("no summary for call %s: %s", self._id, type(error).__name__)
            return
        self._events.put_nowait(Briefed(seat))

    async def _go_to_chat(self, urgent: bool) -> None:
        try:
            here = await self._phone.conversations.to_chat(self._id, urgent)
        except Exception:
            self._events.put_nowait(NoChat())
            raise
        self._events.put_nowait(InChat(here))

    async def _transfer(self, target: str) -> None:
        self._events.put_nowait(Transferred(await self._session.transfer(target)))
