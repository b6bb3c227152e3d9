"""A message, and the number to call back."""

from __future__ import annotations

from voice.call.course import Course
from voice.call_actions import CallBack, KeepMessage, Play, StartMessage
from voice.repeating import agreed, digits_said, possible, whole

_NOBODY = ("no_seat", "waited_long")


class Message:
    """What a caller leaves who gets nobody. `caller` is the number they call from, "" where it is withheld."""

    def __init__(self, course: Course, caller: str) -> None:
        self._course, self._caller = course, caller
        self._taped_at = 0.0
        self._number, self._checking = "", False
        self.taping = False
        self.offers = False
        """The caller was told how to go on instead."""

    @property
    def reachable(self) -> bool:
        """Whether there is a number to call."""
        return bool(self._caller)

    def elsewhere(self, text: str) -> None:
        """They are to be called at another number, which they may say with it."""
        self._caller, self._number = "", digits_said(text)

    def take(self, because: str = "") -> None:
        """Ask for one."""
        course = self._course
        course.state = "message"
        why = course.text(because) if because else ""
        self.offers = course.answering and because in _NOBODY
        others = course.text("go_on") if self.offers else ""
        course.say(why + others + course.text("message", promise=course.promise))

    def tape(self, hearing: bool) -> None:
        """From here on. Where nobody tells when the caller begins to speak, the key or the longest time ends it."""
        course = self._course
        self.taping, self._taped_at = True, course.now
        course.do(Play("beep"), StartMessage(recorded=not (hearing and course.notice.refused)))
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
            return
        course.state, course.prompts = "number", 0
        kept = course.text("message_kept")
        if possible(self._number):
            self._check(kept)
        else:
            self._number = ""
            course.say(course.text("ask_number"), before=kept)

    def number(self, digits: str) -> None:
        """By keys."""
        if possible(digits):
            self._caller = digits
            self.call_back()
        else:
            self._anew(digits)

    def number_said(self, text: str) -> None:
        """All of it, a piece of it, or whether it was heard well."""
        course = self._course
        digits, answer = digits_said(text), agreed(text)
        if self._checking and answer is True and not digits:
            self.number(self._number)
            return
        if self._checking or answer is False:
            self._number, self._checking = "", False
        self._number += digits
        if whole(self._number):
            self._check() if possible(self._number) else self._anew(self._number)
        elif self._number:
            course.say(course.text("number_part", digits=self._number))
        else:
            course.say(course.text("ask_number"))

    def number_due(self) -> None:
        """Nothing more comes."""
        if possible(self._number) and not self._checking:
            self._check()
        else:
            self._anew(self._number)

    def _anew(self, number: str) -> None:
        """That was none."""
        wrong = bool(number) and not self._checking
        self._number, self._checking = "", False
        self.no_number(self._course.text("wrong_number") if wrong else "")

    def _check(self, before: str = "") -> None:
        self._checking = True
        self._course.say(self._course.text("check_number", number=self._number), before=before)

    def no_number(self, before: str = "") -> None:
        """None was told."""
        course = self._course
        if course.prompted():
            course.state = "leaving"
            course.say(course.text("no_number") + course.text("goodbye"))
        else:
            course.say(course.text("ask_number"), before=before)

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
