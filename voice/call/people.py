"""How a caller gets a person: by a seat's telephone, or in the chat of the page that calls."""

from __future__ import annotations

from typing import Protocol

from voice.call_events import Event


class People(Protocol):
    """While the state is one of WITH_PEOPLE."""

    def want(self, sentence: str, urgent: bool, before: str) -> None:
        """A person is wanted, or more urgently than before; say the sentence of that name, after `before`."""
        ...

    def news(self, event: Event) -> None:
        """What whoever looks for a person tells; what is another way's is passed over."""
        ...

    def spoken(self) -> None:
        """What was said to who waits is over."""
        ...

    def due(self) -> None:
        """Nothing has happened for as long as is waited."""
        ...

    def refused(self) -> None:
        """The caller was not taken where they were transferred to."""
        ...

    def tell(self) -> None:
        """How long it may take."""
        ...

    def leave(self) -> None:
        """No person is wanted any more."""
        ...

    def end(self) -> None:
        """The call is over."""
        ...

    def without(self, because: str) -> None:
        """It goes on without one, after the words of that name."""
        ...
