"""A person by telephone: the queue, the seat that takes the call, and its telephone."""

from __future__ import annotations

from collections.abc import Callable

from voice.call.course import Course
from voice.call.message import Message
from voice.call_actions import Brief, JoinQueue, LeaveQueue, Play, ReleaseSeat, Transfer
from voice.call_events import Briefed, Event, NoSeat, Position, SeatTook

_MOST_TRANSFERS = 2
_UNKNOWN = -1


class Seats:
    """See `People`. `give_up` ends the wait, after the words of that name."""

    def __init__(self, course: Course, message: Message, give_up: Callable[[str], None]) -> None:
        self._course, self._message, self._give_up = course, message, give_up
        self._seat = self._target = ""
        self._queued = self._urgent = self._briefed = self._nobody = False
        self._queued_at = self._placed_at = 0.0
        self._place, self._failed = _UNKNOWN, 0

    def want(self, sentence: str, urgent: bool, before: str) -> None:
        """A person is wanted, or more urgently than before."""
        course = self._course
        if urgent and not self._urgent:
            self._urgent = True
            if course.state == "waiting":
                course.do(JoinQueue(urgent=True))
        if course.state in ("waiting", "briefing", "ringing"):
            course.say(course.text(sentence) if urgent else self._standing())
            return
        course.state, self._queued_at, self._place, self._nobody = "waiting", course.now, _UNKNOWN, False
        self._queued, self._placed_at = True, 0.0
        course.do(JoinQueue(self._urgent))
        course.say(before + course.text(sentence))

    def tell(self) -> None:
        """How many wait before the caller."""
        self._tell_place(again=True)

    def leave(self) -> None:
        """No person is wanted any more."""
        self._nobody = False
        if self._queued:
            self._queued = False
            self._course.do(LeaveQueue())

    def end(self) -> None:
        """The call is over, perhaps while a seat has it; one whose telephone took the caller keeps it."""
        if self._course.outcome == "transferred":
            self._queued = False
        elif self._course.state in ("briefing", "ringing"):
            self._course.do(ReleaseSeat(self._seat))
        self.leave()

    def without(self, because: str) -> None:
        """A message is taken."""
        self._message.take(because)

    def news(self, event: Event) -> None:
        """Of the queue and its seats."""
        match event:
            case Position(place):
                self._place = place
                self._tell_place()
            case NoSeat(promise):
                self._nobody_comes(promise)
            case SeatTook(seat, target):
                self._took(seat, target)
            case Briefed(seat):
                if self._course.state == "briefing" and seat == self._seat:
                    self._briefed = True
                    self._ring()

    def spoken(self) -> None:
        """What was said to who waits is over."""
        course = self._course
        match course.state:
            case "waiting" if self._nobody:
                self._give_up("no_seat")
            case "waiting" if self._place != _UNKNOWN and not self._placed_at:
                self._tell_place(again=True)  # it became known while they were told that somebody is looked for
            case "waiting":
                course.do(Play("music"))
                left = self._queued_at + course.patience.queue
                course.due = min(course.now + course.patience.place, left)
            case "briefing":
                self._ring()
            case "ringing":
                course.wait(course.patience.ringing)

    def due(self) -> None:
        """Nothing has happened for as long as is waited."""
        match self._course.state:
            case "waiting":
                if self._course.now >= self._queued_at + self._course.patience.queue:
                    self._give_up("waited_long")
                else:
                    self._tell_place(again=True)
            case "briefing":
                self._briefed = True
                self._ring()
            case "ringing":
                self.refused()

    def _nobody_comes(self, promise: str) -> None:
        self._course.promise = promise
        if self._course.state == "waiting" and self._course.speaking:
            self._nobody = True  # what is being said may be the number that helps at once
        elif self._course.state == "waiting":
            self._give_up("no_seat")

    def _took(self, seat: str, target: str) -> None:
        course = self._course
        if course.state != "waiting":
            course.do(ReleaseSeat(seat))
            return
        course.state, self._seat, self._target, self._briefed = "briefing", seat, target, False
        course.do(Brief(seat))
        course.say(course.text("seat_found"))

    def refused(self) -> None:
        """The seat's telephone did not take the caller."""
        course = self._course
        if course.state != "ringing":
            return
        course.do(ReleaseSeat(self._seat))
        self._failed += 1
        if self._failed >= _MOST_TRANSFERS:
            self._give_up("no_seat")
        else:
            course.state, self._queued_at = "waiting", course.now
            self._urgent = True  # who was already called waits no second turn
            course.do(JoinQueue(urgent=True))
            course.say(course.text("seat_gone"))

    def _tell_place(self, again: bool = False) -> None:
        course = self._course
        if course.state != "waiting" or course.speaking:
            return
        if again or course.now >= self._placed_at + course.patience.place:
            self._placed_at = course.now
            course.say(self._standing(), aside=True)

    def _standing(self) -> str:
        course = self._course
        if course.alarm:  # who may have one telephone only is not told to keep it to us
            return course.text("place_alarm")
        if course.state != "waiting" or self._place == _UNKNOWN:
            return course.text("still_waiting")
        return course.text("place", place=str(self._place)) if self._place else course.text("next")

    def _ring(self) -> None:
        """As soon as the seat can see what it is about and the caller has been told."""
        course = self._course
        if course.speaking:
            return
        if self._briefed:
            course.state = "ringing"
            course.do(Transfer(self._target))
            course.wait(course.patience.ringing)
        else:
            course.wait(course.patience.briefing)
