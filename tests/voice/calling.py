"""A call in words: what is given to it, and what it does."""

from __future__ import annotations

from voice.call.talk import Talk
from voice.call_actions import (
    Action,
    Ask,
    Say,
)
from voice.call_events import (
    Answered,
    Event,
    SpeechStarted,
    Spoken,
    Words,
)
from voice.sentences import Sentences


class Told:
    """A call and what came of it so far."""

    def __init__(self, caller: str = "13800138000") -> None:
        self.talk, self.now, self.number = Talk(Sentences(), caller=caller), 0.0, 0
        self.give(Answered())

    def give(self, *events: Event) -> tuple[Action, ...]:
        """What the last of them led to."""
        actions: tuple[Action, ...] = ()
        for event in events:
            self.now += 1
            actions = self.talk.handle(event, self.now)
            self.number = max([self.number, *(action.number for action in actions if isinstance(action, Say))])
        return actions

    def spoken(self) -> tuple[Action, ...]:
        """The sentence is over."""
        return self.give(Spoken(self.number))

    def says(self, text: str) -> tuple[Action, ...]:
        """The caller does."""
        return self.give(SpeechStarted(), Words(text))


def said(actions: tuple[Action, ...]) -> str:
    return "".join(action.text for action in actions if isinstance(action, Say))


def asked(actions: tuple[Action, ...]) -> list[tuple[str, bool]]:
    return [(action.text, action.confirmed) for action in actions if isinstance(action, Ask)]
