"""What the caller says: wishes about the call itself, else something for whoever answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voice.call.course import Course
from voice.call.farewell import Farewell
from voice.call.floor import Floor
from voice.call.interview import Interview, ToPerson
from voice.call.meaning import is_here, is_only_person, means, satisfaction
from voice.call.message import Message
from voice.call.state import WITH_PEOPLE
from voice.call_events import Emergency, Words
from voice.nodding import nods
from voice.spoken import next_piece
from voice.telling import Wish, read_wish, wish_beside

_OPEN = ("还有别的", "遇到什么事", "最想解决什么", "发生了什么事")
"""In questions to which 没了 is no answer but goodbye."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where words can lead."""

    emergency: Callable[[Emergency], None]
    to_person: ToPerson
    to_message: Callable[[], None]
    go_on: Callable[[], None]
    """Back to whoever answers, without a person."""
    tell: Callable[[], None]
    """How long the caller may have to wait."""


class Caller:
    """Whom we listen to."""

    def __init__(
        self, course: Course, floor: Floor, interview: Interview, message: Message, farewell: Farewell, ways: Ways
    ) -> None:
        self._course, self._floor, self._interview = course, floor, interview
        self._message, self._farewell, self._ways = message, farewell, ways

    def said(self, words: Words) -> None:
        """One turn of theirs."""
        course, text = self._course, words.text.strip()
        if words.emergency:
            self._floor.kept()
        elif self._floor.given_back(text):
            return
        elif not text:
            self._floor.noise()
            return
        asked_whether_there = course.prompts > 0 and course.state in ("talking", "checking")
        prompted = asked_whether_there and (nods(text, "") or is_here(text))
        self._floor.heard()
        if prompted and not words.emergency:  # they only show that they are there
            course.say(course.telling.last or course.text("nothing_to_repeat"))
            return
        if words.emergency:
            course.note(text)
            course.alarm = text
            self._ways.emergency(words.emergency)
        elif self._course.state == "message":
            if is_only_person(text):
                self._ways.to_person("to_person")
            elif means(text, "go_on") and course.answering:
                self._ways.go_on()
            else:
                self._message.goes_on(course.patience.pause)
        elif means(text, "person"):
            course.note(text)
            self._ways.to_person("to_person")
        elif means(text, "unrecorded"):
            course.notice.refuse()
            course.say(course.text("unrecorded"), aside=True)
        elif means(text, "why_recorded"):
            course.say(course.telling.last, before=course.text("why_recorded"))
        elif course.rest and means(text, "more"):
            piece = next_piece(course.rest)
            asked = course.telling.last if course.telling.last.endswith("？") else ""
            course.say(piece.text + asked)
            course.rest = piece.rest
        elif course.state != "checking" and means(text, "place"):
            course.say(course.telling.last, before=course.text("place_called"))
        elif means(text, "who"):
            course.say(course.telling.last, before=course.text("who"))
        elif (wish := self._wish(text)) is not None:
            course.retell(wish)
        elif self._course.state == "number":
            self._message.number_said(text)
        elif self._course.state in WITH_PEOPLE:
            self._while_waiting(text)
        elif means(text, "call_back"):
            course.note(text)
            if means(text, "elsewhere"):
                self._message.elsewhere(text)
            self._ways.to_message()
        elif means(text, "misdialled"):
            course.note(text)
            self._farewell.say()
        elif means(text, "unreturned"):
            course.note(text)
            self._ways.to_person("unreturned")
        elif means(text, "again") and _OPEN[1] in course.telling.last:
            course.note(text)
            course.say(course.telling.last, before=course.text("broken_off"))
        elif means(text, "wait"):
            course.holding = True
            course.say(course.text("wait"), aside=True)
        elif self._course.state == "checking":
            self._interview.checked(text)
        elif self._course.state == "rating" and (score := satisfaction(text)) is not None:
            self._farewell.rated(score)
        elif self._course.state in ("rating", "leaving") and (means(text, "bye") or means(text, "enough")):
            self._farewell.say()
        elif self._course.state in ("talking", "thinking") and self._done(text):
            self._farewell.over()
        elif self._course.state in ("talking", "thinking", "rating", "leaving"):
            story, beside = wish_beside(text)
            if beside is not None:
                course.pace(beside)
            self._interview.told(story)

    def _done(self, text: str) -> bool:
        """没了 is goodbye where nothing was asked but whether there is more; else it may well be the answer."""
        asked = self._course.telling.last
        return means(text, "bye") or (
            means(text, "enough") and (not asked.endswith("？") or any(one in asked for one in _OPEN))
        )

    def _while_waiting(self, text: str) -> None:
        course = self._course
        course.note(text)
        if course.alarm:
            course.alarm = f"{course.alarm}。{text}"
        if self._course.state != "waiting":
            return
        if means(text, "leave_word"):
            self._ways.to_message()
        elif means(text, "how_long"):
            self._ways.tell()
        else:
            course.say(course.text("waiting_alarm" if course.alarm else "waiting_heard"), aside=True)

    def _wish(self, text: str) -> Wish | None:
        """Who waits for a person and says 快一点 wants that person."""
        holding, self._course.holding = self._course.holding, False
        if holding and means(text, "ready"):
            return Wish.THERE
        wish = read_wish(text)
        return None if wish is Wish.FASTER and self._course.state in WITH_PEOPLE else wish
