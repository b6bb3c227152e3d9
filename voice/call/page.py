"""A person for who calls from a page: in its chat, and the call ends."""

from __future__ import annotations

from voice.call.course import Course
from voice.call.state import WITH_PEOPLE
from voice.call_actions import GoToChat, Transfer
from voice.call_events import Event, InChat, NoChat
from voice.media import CHAT


class Page:
    """See `People`."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._here: bool | None = None
        self._urgent = False

    def want(self, sentence: str, urgent: bool, before: str) -> None:
        """A person is wanted, or more urgently than before."""
        course = self._course
        if course.state in WITH_PEOPLE and not urgent:
            return  # they are on the way there
        if course.state != "moved":
            course.state, self._here = "moving", None
        self._urgent = self._urgent or urgent
        course.do(GoToChat(self._urgent))
        course.say(before + course.text(f"{sentence}_chat"))

    def news(self, event: Event) -> None:
        """Of the chat."""
        match event:
            case InChat(here):
                self._told(here)
            case NoChat():
                self._failed()

    def tell(self) -> None:
        """It is said as it comes."""

    def leave(self) -> None:
        """Nobody waits in a call for the chat."""

    def end(self) -> None:
        """What is in the chat stays there."""

    def without(self, because: str) -> None:
        """Nothing more can be done by voice, but in the chat."""
        self._course.state = "leaving"
        self._course.say(self._course.text(f"{because}_chat"))

    def spoken(self) -> None:
        """What was said to who goes there is over."""
        if self._course.state == "moving":
            self._go_on()
        else:
            self._course.wait(self._course.patience.ringing)

    def due(self) -> None:
        """Nothing has happened for as long as is waited."""
        if self._course.state == "moving":
            self._failed()
        else:
            self.refused()

    def _told(self, here: bool) -> None:
        self._course.outcome = "transferred"  # a person has it, whatever becomes of the call
        if self._course.state == "moving" and self._here is None:
            self._here = here
            self._go_on()

    def _failed(self) -> None:
        if self._course.state == "moving" and self._here is None:
            self.without("lost")

    def refused(self) -> None:
        """The page has no chat that is connected."""
        if self._course.state == "moved":
            self.without("reload")

    def _go_on(self) -> None:
        """As soon as the chat is told of it, and the caller too."""
        course = self._course
        if course.speaking:
            return
        if self._here is None:
            course.wait(course.patience.engine)
        elif self._here:
            course.state = "moved"
            course.do(Transfer(CHAT))
            course.wait(course.patience.ringing)
        else:
            self._here = True  # once said, it goes on as if
            course.say(course.text("nobody_chat"))
