"""What all parts of a call share: where it stands, what is being said, and what is to be done."""

from __future__ import annotations

from dataclasses import replace

from voice.call.notice import Notice
from voice.call.state import State
from voice.call_actions import Action, Note, Outcome, Pace, Say, Stop
from voice.patience import Patience
from voice.sentence_cuts import seconds
from voice.sentences import Sentences
from voice.telling import Telling, Wish

_MOST_PROMPTS = 2
_EARLY = 1.0
"""Seconds before a question in which somebody who knows what comes may answer it."""
_BEFORE_AGAIN = {Wish.SLOWER: "slower", Wish.FASTER: "faster", Wish.LOUDER: "louder", Wish.THERE: "here"}


class Course:
    """One call's; it decides nothing."""

    def __init__(self, sentences: Sentences, patience: Patience) -> None:
        self._sentences, self.patience = sentences, patience
        self.state: State = "new"
        self.now = 0.0
        self.due: float | None = None
        self.out: list[Action] = []
        self.outcome: Outcome = "hung_up"
        self.promise = sentences.say("default_promise")
        """By when somebody calls back."""
        self.notice = Notice(self.do)
        self.speaking = self.paused = False
        self.telling = Telling()
        """What was said last."""
        self.unconfirmed = ""
        """What the caller is just being asked to confirm."""
        self.answering = True
        """What the caller says is heard, and there is somebody to answer it."""
        self.alarm = ""
        """What was said in danger."""
        self.rest: tuple[str, ...] = ()
        """Sentences that were offered and are not said yet."""
        self.holding = False
        """They have asked us to wait."""
        self.prompts = 0
        """Times in a row that nothing was heard of the caller."""
        self._said, self._said_at, self._lead = 0, 0.0, ""

    def do(self, *actions: Action) -> None:
        """These, in this order."""
        self.out += actions

    def wait(self, seconds: float) -> None:
        """Nothing is due before that."""
        self.due = self.now + seconds

    def text(self, name: str, **gaps: str) -> str:
        """The sentence of that name."""
        return self._sentences.say(name, **gaps)

    def say(self, text: str, before: str = "", *, aside: bool = False) -> None:
        """In place of what is being said. `before` is said too, but not again, as an `aside` is not."""
        if self.speaking:
            self.do(Stop())
            self.notice.lose()
            self.paused = False
        if not aside:
            self.telling = self.telling.next(text)
            self._said_at, self._lead = self.now, before
        text = before + text
        if self.notice.wanted and self.state in ("talking", "checking"):
            self.notice.give()
            text = self.text("notice_again") + text
        self._said, self.speaking = self._said + 1, True
        self.do(Say(self._said, text))
        self.wait(self.patience.speaking)

    def pace(self, wish: Wish) -> None:
        """From now on so."""
        before, self.telling = self.telling, self.telling.after(wish)
        if (self.telling.speed, self.telling.loud) != (before.speed, before.loud):
            self.do(Pace(self.telling.speed, self.telling.loud))

    def retell(self, wish: Wish) -> None:
        """The same again, at another pace if that is what they want."""
        self.pace(wish)
        words = _BEFORE_AGAIN.get(wish)
        repeats = self.telling.repeats
        self.say(self.telling.text or self.text("nothing_to_repeat"), before=self.text(words) if words else "")
        self.telling = replace(self.telling, repeats=repeats)

    @property
    def asked(self) -> bool:
        """Whether the question in what is being said can have been heard; where all of it is one, it can."""
        told = self._lead + self.telling.text
        before = told.removesuffix(self.telling.last) if self.telling.last.endswith("？") else told
        return bool(self.telling.text) and self.now - self._said_at >= seconds(before) / self.telling.speed - _EARLY

    def says(self, number: int) -> bool:
        """Whether the sentence of that number is being said."""
        return self.speaking and number == self._said

    def silent(self, heard: bool) -> None:
        """The sentence is over, or was broken off."""
        self.speaking = self.paused = False
        self.notice.spoken(heard)

    def prompted(self) -> bool:
        """Nothing was heard of them once more; whether it is time to stop asking."""
        self.prompts += 1
        return self.prompts > _MOST_PROMPTS

    def note(self, text: str) -> None:
        """Keep it, and what was to be confirmed."""
        self.note_unconfirmed()
        if text:
            self.do(Note(text))

    def note_unconfirmed(self) -> None:
        """What they were just being asked to confirm is not lost."""
        text, self.unconfirmed = self.unconfirmed, ""
        if text:
            self.do(Note(text, confirmed=False))
