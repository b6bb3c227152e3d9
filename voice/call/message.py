"""A message, and the number to call back."""

from __future__ import annotations

from voice.call.course import Course
from voice.call_actions import CallBack, KeepMessage, Play, StartMessage

_LEAST_DIGITS = 7


class Message:
    """What a caller leaves who gets nobody. `caller` is the number they call from, "" where it is withheld."""

    def __init__(self, course: Course, caller: str) -> None:
        self._course, self._caller = course, caller
        self._taped_at = 0.0
        self.taping = False

    def take(self, because: str = "") -> None:
        """Ask for one."""
        course = self._course
        course.state = "message"
        why = course.text(because) if because else ""
        course.say(why + course.text("message", promise=course.promise))

    def tape(self, hearing: bool) -> None:
        """From here on. Where nobody tells when the caller begins to speak, the key or the longest time ends it."""
        course = self._course
        self.taping, self._taped_at = True, course.now
        course.do(Play("beep"), StartMessage())
        course.wait(course.patience.silence if hearing else course.patience.message)

    def goes_on(self, seconds: float) -> None:
        """They speak: it is not over for so long, but for the longest time."""
        if self.taping:
            self._course.due = min(self._course.now + seconds, self._taped_at + self._course.patience.message)

    def keep(self) -> None:
        """What there is of it."""
        if self.taping:
            self.taping = False
            self._course.do(KeepMessage())
            self._course.outcome = "message"

    def done(self) -> None:
        """It is complete."""
        course = self._course
        self.keep()
        if self._caller:
            self.call_back()
        else:
            course.state, course.prompts = "number", 0
            course.say(course.text("message_kept") + course.text("ask_number"))

    def number(self, digits: str) -> None:
        """By keys."""
        if len(digits) >= _LEAST_DIGITS:
            self._caller = digits
            self.call_back()
        else:
            self.no_number()

    def no_number(self) -> None:
        """None was pressed."""
        course = self._course
        if course.prompted():
            course.state = "leaving"
            course.say(course.text("no_number") + course.text("goodbye"))
        else:
            course.say(course.text("ask_number"))

    def call_back(self) -> None:
        """Promise it."""
        course = self._course
        course.do(CallBack(self._caller, course.promise))
        if course.outcome != "message":
            course.outcome = "call_back"
        course.state = "leaving"
        told = course.text("call_back", promise=course.promise)
        course.say(course.text("message_kept") + told + course.text("goodbye"))

    def apologise(self) -> bool:
        """To who is not content, by a call; whether there is a number for it."""
        if self._caller:
            self._course.do(CallBack(self._caller, self._course.promise))
        return bool(self._caller)
