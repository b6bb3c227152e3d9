"""Who has the floor: the caller comes in while we speak, nods, makes a noise, or says nothing."""

from __future__ import annotations

from collections.abc import Callable

from voice.call.course import Course
from voice.call.message import Message
from voice.call_actions import Pause, Resume, Stop
from voice.nodding import nods


class Floor:
    """`broken_off` is called when our sentence was, `give_up` where nobody is asked again."""

    def __init__(
        self, course: Course, message: Message, broken_off: Callable[[], None], give_up: Callable[[str], None]
    ) -> None:
        self._course, self._message = course, message
        self._broken_off, self._give_up = broken_off, give_up
        self._broken = False

    def taken(self) -> None:
        """The caller begins to speak."""
        course = self._course
        if course.speaking and course.state != "message":  # of a message every word must be recorded
            # Silence at once; whether it is for good, their words will tell.
            if not course.paused:
                course.do(Pause())
            course.paused = True
            course.wait(course.patience.speaking)
            return
        self.hush()
        if course.state in ("talking", "checking", "rating"):
            # Words follow when the turn is over; the cap on a turn is the ear's, this only guards against its silence.
            course.wait(course.patience.speaking)
        elif course.state == "message":
            self._message.goes_on(course.patience.speaking)

    def hush(self) -> None:
        """The caller comes in: silence at once."""
        course = self._course
        if course.speaking:
            self._broken = True
            course.paused = False
            course.do(Stop())
            if course.state == "leaving":  # they are not done: the goodbye was ours, not theirs
                course.state = "talking"
            self._broken_off()

    def kept(self) -> None:
        """What they say is for us to hear, whatever it sounds like."""
        if self._course.paused:
            self.hush()

    def given_back(self, text: str) -> bool:
        """Whether they only nodded, or made a noise, while we paused: then we go on, but not against noise for ever."""
        course = self._course
        if not course.paused:
            return False
        if text and not nods(text, course.telling.text if course.asked else ""):
            self.hush()
            return False
        if text:
            course.prompts = 0
        elif course.prompted():
            self.hush()
            self._give_up("silent")
            return True
        course.paused = False
        course.do(Resume())
        course.wait(course.patience.speaking)
        return True

    def heard(self) -> None:
        """They have said something."""
        self._course.prompts, self._broken = 0, False

    def noise(self) -> None:
        """It was no speech, or none that could be understood: what it broke off is said again, but not for ever."""
        course = self._course
        broken, self._broken = self._broken, False
        if course.speaking or course.state not in ("talking", "checking", "rating"):
            return
        if broken and course.state != "rating":
            self.prompt(course.telling.text)
        else:
            course.wait(course.patience.silence)

    def prompt(self, text: str = "") -> None:
        """Nothing is heard of them: ask, but not for ever."""
        course = self._course
        if course.prompted():
            self._give_up("silent")
        else:
            again = course.telling.last if course.prompts > 1 and course.telling.last.endswith("？") else ""
            asked = course.text("still_there_alarm" if course.alarm else f"still_there_{course.prompts}")
            course.say(text or asked + again, aside=not text)
