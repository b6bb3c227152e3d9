"""The interview by voice: what is said goes to the engine, once it was confirmed where it matters."""

from __future__ import annotations

from typing import Protocol

from voice.call.course import Course
from voice.call_actions import Ask
from voice.call_events import Replied
from voice.repeating import agreed, corrected, keyed, same, to_repeat, written

_MOST_TRIES = 2
_CODE = "查询码"
"""What is asked for with this word is no sum."""


class ToPerson(Protocol):
    """Calls for one."""

    def __call__(self, sentence: str, urgent: bool = False, before: str = "") -> None:
        """With that sentence, after what is said `before`."""
        ...


class Interview:
    """`to_person` calls one where the engine is lost."""

    def __init__(self, course: Course, to_person: ToPerson) -> None:
        self._course, self._to_person = course, to_person
        self._engine = True
        self._asked, self._asked_at = 0, 0.0
        self._tries, self._before = 0, ""
        self._wanted = False

    def told(self, text: str) -> None:
        """Something that is no wish about the call."""
        text = written(text)
        if _CODE in self._course.telling.last:
            self.ask(text, confirmed=True)
        elif things := to_repeat(text):
            self._course.unconfirmed, self._course.state = text, "checking"
            self._course.say(self._course.text("check", things="，".join(things)))
        else:
            self.ask(text, confirmed=True)

    def checked(self, text: str) -> None:
        """The answer to whether it was heard well."""
        answer, unconfirmed = agreed(text), self._course.unconfirmed
        if same(text, unconfirmed):
            self.ask(unconfirmed, confirmed=True)
        elif to_repeat(text):  # said anew, with or without 不对
            self._wrong(corrected(unconfirmed, text))
        elif answer is True:  # to who was asked to say it anew it is no yes to what was heard
            self.ask(unconfirmed, confirmed=not self._wanted)
        elif answer is False:
            self._wrong("")
        else:  # they went on: nothing they said is lost, but it is not confirmed
            self.ask(f"{unconfirmed}。{text}", confirmed=False)

    def digits(self, digits: str) -> None:
        """A number by keys, also in place of one that was to be confirmed."""
        checking = self._course.state == "checking"
        self.ask(keyed(self._course.unconfirmed, digits) if checking else digits, confirmed=True)

    def ask(self, text: str, confirmed: bool, before: str = "") -> None:
        """Give it to the engine; `before` is said before its answer."""
        course = self._course
        self._tries, course.unconfirmed, course.rest, self._before = 0, "", (), before
        self._wanted = False
        if not self._engine:
            course.note(text)
            self._to_person("engine_lost")
            return
        self._asked, self._asked_at, course.state = self._asked + 1, course.now, "thinking"
        course.do(Ask(self._asked, text, confirmed))
        if not course.speaking:
            course.wait(course.patience.thinking)

    def before(self) -> str:
        """What is to be said before the answer, once."""
        before, self._before = self._before, ""
        return before

    def answers(self, reply: Replied) -> bool:
        """Whether that is the answer to what was asked last."""
        return self._course.state == "thinking" and reply.number == self._asked

    def spoken(self) -> None:
        """The sentence before the answer is over."""
        self._course.due = self._asked_at + self._course.patience.engine

    def due(self) -> None:
        """No answer yet."""
        if self._course.now >= self._asked_at + self._course.patience.engine:
            self.lost()
        else:
            self._course.say(self.before() + self._course.text("thinking"), aside=True)

    def lost(self) -> None:
        """No answer will come, nor to anything else."""
        self._engine = self._course.answering = False
        if self._course.state in ("talking", "thinking", "checking"):
            self._to_person("engine_lost")

    def _wrong(self, anew: str) -> None:
        """`anew`: all that was told, as it is now; "" where they have only said that it was heard wrongly."""
        course = self._course
        self._tries, self._wanted = self._tries + 1, not anew
        if self._tries > _MOST_TRIES:
            self.ask(anew or course.unconfirmed, confirmed=False, before=course.text("unchecked"))
        elif anew:
            told, course.unconfirmed = to_repeat(course.unconfirmed), anew
            things = [one for one in to_repeat(anew) if one not in told] or to_repeat(anew)
            course.say(course.text("check", things="，".join(things)))
        else:
            again = course.text("check_again")
            course.say(again + course.text("check_keys") if self._tries == _MOST_TRIES else again)
