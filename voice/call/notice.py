"""The notice that calls are recorded: nothing is recorded before it was heard, nor once it was refused."""

from __future__ import annotations

from collections.abc import Callable

from voice.call_actions import Record


class Notice:
    """`do` takes what is to be done."""

    def __init__(self, do: Callable[[Record], None]) -> None:
        self._do = do
        self._heard = self._giving = self._refused = self._recording = False

    @property
    def wanted(self) -> bool:
        """Whether it is still to be given."""
        return not (self._heard or self._refused or self._giving)

    @property
    def refused(self) -> bool:
        """Whether the caller wants no recording."""
        return self._refused

    def give(self) -> None:
        """It is in the sentence that begins."""
        self._giving = True

    def lose(self) -> None:
        """The sentence with it is not said after all."""
        self._giving = False

    def spoken(self, heard: bool) -> None:
        """A sentence is over, or was broken off."""
        if self._giving and heard:
            self._heard = True
            if not self._refused:
                self._record(True)
        self._giving = False

    def refuse(self) -> None:
        """The caller does not want it: what there is goes too."""
        self._refused, self._recording = True, False
        self._do(Record(False, forget=True))

    def stop(self) -> None:
        """The call is over."""
        self._record(False)

    def _record(self, on: bool) -> None:
        if on != self._recording:
            self._recording = on
            self._do(Record(on))
