"""One call from greeting to goodbye, as a pure state machine: events and times in, actions out.

Here every state answers to every event; what then happens is in the modules beside this one.
"""

from __future__ import annotations

import copy

from voice.call.caller import Caller, Ways
from voice.call.course import Course
from voice.call.farewell import Farewell
from voice.call.floor import Floor
from voice.call.interview import Interview
from voice.call.keypad import Keypad
from voice.call.message import Message
from voice.call.page import Page
from voice.call.people import People
from voice.call.seats import Seats
from voice.call.state import WITH_PEOPLE, State
from voice.call_actions import Action, CloseMatter, HangUp, Listen, OpenMatter, Stop
from voice.call_events import (
    Answered,
    Due,
    Emergency,
    EngineLost,
    Event,
    HungUp,
    Pressed,
    RecognizerLost,
    Replied,
    SpeechStarted,
    Spoken,
    Transferred,
    Words,
)
from voice.patience import Patience
from voice.sentences import Sentences


class Talk:
    """`handle` each event at its time, do what it says in that order, and send `Due` when `due` has come."""

    def __init__(
        self,
        sentences: Sentences,
        patience: Patience | None = None,
        caller: str = "",
        hearing: bool = True,
        chat: bool = False,
    ) -> None:
        """`hearing`: somebody turns what the caller says into words; without, keys, a message and people are left.

        `chat`: they call from a page with a chat. People are there then: no seat rings, and no message is taken.
        """
        self._unchanging = sentences, patience or Patience()
        self._course = Course(*self._unchanging)
        self._message = Message(self._course, caller)
        self._people: People = Page(self._course) if chat else Seats(self._course, self._message, self._nobody)
        self._interview = Interview(self._course, self._to_person)
        self._farewell = Farewell(self._course, self._message)
        self._floor = Floor(self._course, self._message, self._broken_off, self._silent)
        self._keypad = Keypad(
            self._course,
            self._floor,
            self._interview,
            self._message,
            self._farewell,
            self._to_person,
            self._to_message,
            self._go_on,
        )
        ways = Ways(self._emergency, self._to_person, self._leave_word, self._go_on, self._people.tell)
        self._caller = Caller(self._course, self._floor, self._interview, self._message, self._farewell, ways)
        self._hearing = self._course.answering = hearing
        self._chat = chat
        self._alone_until, self._alarm_asked = 0.0, ""

    @property
    def state(self) -> State:
        """Where the call stands."""
        return self._course.state

    @property
    def due(self) -> float | None:
        """When `Due` is wanted; None for never."""
        return self._course.due

    def handle(self, event: Event, now: float) -> tuple[Action, ...]:
        """What is to be done; nothing any more once the call is over."""
        if self.state == "over":
            return ()
        self._course.now, self._course.out = now, []
        self._take(event)
        return tuple(self._course.out)

    def twin(self) -> Talk:
        """One that stands where this stands: what it does with an event, this would do."""
        return copy.deepcopy(self, {id(one): one for one in self._unchanging})

    def _take(self, event: Event) -> None:
        match event:
            case Answered():
                self._answered()
            case HungUp():
                self._end(hang_up=False)
            case SpeechStarted():
                self._floor.taken()
            case Words():
                if not self._keypad.speaks(event):
                    self._caller.said(event)
            case Pressed(key):
                self._keypad.pressed(key)
            case Spoken(number):
                if self._course.says(number):
                    self._spoken(heard=True)
            case Due():
                if self.due is not None and self._course.now >= self.due:
                    self._due()
            case Replied():
                self._replied(event)
            case EngineLost():
                self._interview.lost()
            case RecognizerLost(replaced):
                self._recognizer_lost(replaced)
            case Transferred(taken):
                self._transferred(taken)
            case _:
                self._people.news(event)

    # What the caller does

    def _answered(self) -> None:
        course = self._course
        if self.state != "new":
            return
        course.do(OpenMatter())
        if self._chat and not self._hearing:
            self._people.without("deaf")
            return
        course.notice.give()
        if not self._hearing:
            self._to_person("deaf", before=course.text("notice"))
            return
        course.state = "talking"
        course.do(Listen(words=True))
        course.say(course.text("notice") + course.text("question"))

    # Time

    def _spoken(self, heard: bool) -> None:
        """The sentence is over, or was broken off: what was to follow it follows."""
        course = self._course
        course.silent(heard)
        match self.state:
            case "talking" | "checking" | "number":
                patience = course.patience
                course.wait(
                    patience.hold if course.holding else patience.pondering if course.prompts else patience.silence
                )
            case "thinking":
                self._interview.spoken()
            case "waiting" | "briefing" | "ringing" | "moving" | "moved":
                self._people.spoken()
            case "message":
                self._message.tape(self._hearing)
            case "rating":
                course.wait(course.patience.rating)
            case "leaving":
                self._end(hang_up=True)

    def _broken_off(self) -> None:
        self._spoken(heard=False)

    def _due(self) -> None:
        course = self._course
        course.due = None
        if course.speaking:  # the voice is lost: the call goes on without it
            course.do(Stop())
            self._spoken(heard=False)
            return
        if self._keypad.waits:
            self._keypad.done()
            return
        match self.state:
            case "talking" | "checking":
                self._floor.prompt()
            case "thinking":
                self._interview.due()
            case "waiting" | "briefing" | "ringing" | "moving" | "moved":
                self._people.due()
            case "message":
                self._message.done()
            case "number":
                self._message.number_due()
            case "rating":
                self._farewell.say()

    # What others do

    def _replied(self, reply: Replied) -> None:
        if not self._interview.answers(reply):
            return
        self._course.state, before = "talking", self._interview.before()
        if reply.emergency:
            self._emergency(reply.emergency)
        elif reply.person and not (reply.text and self._course.now < self._alone_until):
            self._to_person("to_person", before=before + reply.text)
        elif reply.done:
            self._farewell.over(before=before + reply.text)
        else:
            self._course.outcome = "advised"
            self._course.say(reply.text, before=before)
            self._course.rest = reply.rest

    def _recognizer_lost(self, replaced: bool) -> None:
        if replaced:
            if self.state in ("talking", "checking"):
                self._course.say(self._course.text("hearing_changed"))
            return
        if self._hearing:
            self._hearing = self._course.answering = False
            self._course.do(Listen(words=False))
            if self.state in ("talking", "thinking", "checking"):
                self._to_person("hearing_lost")

    def _transferred(self, taken: bool) -> None:
        if taken:  # also when we had given up on it
            self._course.outcome = "transferred"
            self._end(hang_up=False)
        else:
            self._people.refused()

    # Where it leads

    def _emergency(self, kind: Emergency) -> None:
        self._to_person(f"emergency_{kind}", urgent=True)

    def _to_person(self, sentence: str, urgent: bool = False, before: str = "") -> None:
        self._message.keep()
        self._keypad.forget()
        self._course.note_unconfirmed()
        self._people.want(sentence, urgent, before)

    def _leave_word(self) -> None:
        """They want to be called; in a chat a person answers as soon as there is one."""
        if self._chat:
            self._to_person("to_person")
        else:
            self._to_message()

    def _silent(self, because: str) -> None:
        """Nothing is heard of them."""
        if self._course.alarm and self.state not in WITH_PEOPLE:
            self._farewell.over()
        else:
            self._to_message(because)

    def _nobody(self, because: str) -> None:
        """A message is taken; who is in danger is not left to a machine that beeps, but answered."""
        course = self._course
        if not (course.alarm and course.answering):
            self._to_message(because)
            return
        told, self._alarm_asked = self._alarm_asked, course.alarm
        self._go_on("" if told == course.alarm else course.alarm, course.text("alone"))

    def _go_on(self, text: str = "", before: str = "") -> None:
        """Without a person, with who answers."""
        course = self._course
        self._people.leave()
        self._message.keep()
        self._keypad.forget()
        course.state = "talking"
        if text:
            self._alone_until = course.now + course.patience.alone
            self._interview.ask(text, confirmed=True, before=before)
        else:
            course.say(before + course.text("back"))

    def _to_message(self, because: str = "") -> None:
        self._people.leave()
        self._course.note_unconfirmed()
        self._keypad.forget()
        self._people.without(because)

    def _end(self, hang_up: bool) -> None:
        course = self._course
        if course.speaking:
            course.speaking = False
            course.do(Stop())
        self._message.keep()
        self._people.end()
        course.notice.stop()
        course.note_unconfirmed()
        if self.state != "new":
            course.do(Listen(words=False), CloseMatter(course.outcome))
        if hang_up:
            course.do(HangUp())
        course.state, course.due = "over", None
