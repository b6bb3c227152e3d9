"""The end of a consultation: satisfaction by one key, and goodbye."""

from __future__ import annotations

from voice.call.course import Course
from voice.call.message import Message
from voice.call_actions import Rated

_NOT_CONTENT = 3


class Farewell:
    """`message` knows whether somebody can call back."""

    def __init__(self, course: Course, message: Message) -> None:
        self._course, self._message = course, message

    def over(self, before: str = "") -> None:
        """They want no more: who told of danger is not asked how it was."""
        course = self._course
        if course.alarm:
            course.state = "leaving"
            course.say(before + course.text("goodbye_alarm" if self._message.reachable else "goodbye_unreachable"))
        else:
            course.state = "rating"
            course.say(before + course.text("rate"))

    def rated(self, score: int) -> None:
        """By one of the three keys."""
        course = self._course
        course.do(Rated(score))
        course.outcome = "advised"
        course.state = "leaving"
        sorry = score == _NOT_CONTENT and self._message.apologise()
        course.say(course.text("sorry_rated" if sorry else "rated") + course.text("goodbye"))

    def say(self) -> None:
        """Goodbye."""
        self._course.state = "leaving"
        self._course.say(self._course.text("goodbye"))
