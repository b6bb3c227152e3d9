"""Keys that callers press: 0 for a person, one key where we asked for one, a number and # at any time."""

from __future__ import annotations

from collections.abc import Callable

from voice.call.course import Course
from voice.call.farewell import Farewell
from voice.call.floor import Floor
from voice.call.interview import Interview, ToPerson
from voice.call.message import Message
from voice.call.state import WITH_PEOPLE
from voice.call_events import Words

_OPEN = "您遇到什么事"
"""To which no key is an answer."""
_STRAY = 2
"""Digits; who presses more tells a number."""


class Keypad:
    """`to_person` and `to_message` lead there, `go_on` back to who answers."""

    def __init__(
        self,
        course: Course,
        floor: Floor,
        interview: Interview,
        message: Message,
        farewell: Farewell,
        to_person: ToPerson,
        to_message: Callable[[], None],
        go_on: Callable[[], None],
    ) -> None:
        self._course, self._floor, self._interview = course, floor, interview
        self._message, self._farewell = message, farewell
        self._to_person, self._to_message, self._go_on = to_person, to_message, go_on
        self._digits = ""

    @property
    def waits(self) -> bool:
        """Whether a number has been begun and not ended."""
        return bool(self._digits)

    def forget(self) -> None:
        """The number that was begun."""
        self._digits = ""

    def pressed(self, key: str) -> None:
        """One key."""
        course = self._course
        course.prompts = 0
        if course.state == "new":
            return
        if course.state == "message" and key == "1" and course.answering and self._message.offers:
            self._go_on()
            return
        self._floor.hush()
        if key == "0" and not self._digits and course.state != "number":
            self._to_person("to_person")
        elif course.state == "rating" and key in "123":
            self._farewell.rated(int(key))
        elif course.state == "message":
            if key == "#":
                self._message.done()
        elif course.state == "waiting":
            if key == "1":
                self._to_message()
        elif course.state == "checking" and key in "12" and not self._digits:
            self._interview.checked("对" if key == "1" else "不对")
        elif course.state in WITH_PEOPLE:
            return
        elif key == "#":
            self.done()
        elif key == "*":
            self._digits = ""
            course.wait(course.patience.silence)
        elif key.isdigit():
            self._digits += key
            course.wait(course.patience.key)

    def speaks(self, words: Words) -> bool:
        """Whether the caller only says what they enter; any other words take the place of a number not ended."""
        if not self._digits or words.emergency or not words.text.strip():
            return False
        if self._course.state == "number":
            self._course.wait(self._course.patience.key)
            return True
        self._digits = ""
        return False

    def done(self) -> None:
        """The number is complete."""
        digits, self._digits = self._digits, ""
        if digits == "0":  # only where a number may begin with 0 is it looked at this late
            self._to_person("to_person")
        elif self._course.state == "number":
            self._message.number(digits)
        elif (
            0 < len(digits) <= _STRAY
            and self._course.state == "talking"
            and self._course.telling.last.startswith(_OPEN)
        ):
            self._course.say(self._course.telling.last, before=self._course.text("keys_unasked"))
        elif digits:
            self._interview.digits(digits)
