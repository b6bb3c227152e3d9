"""What a channel can show, so that whatever it cannot is said in another way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Of one channel. The defaults are those of a channel that can show everything."""

    text_bytes: int | None = None
    """Bytes of UTF-8 that one message may have; None for no limit."""
    buttons: int = 100
    """Choices that can be tapped at once; 0 for none. More are numbered and chosen by their number."""
    cards: bool = True
    """Opinions and articles are shown as such; else as text, with a link to the paper."""
    files: bool = True
    """Files are sent as such; else as a link."""
    voice: bool = False
    typing: bool = True

    def shows(self, choices: tuple[str, ...]) -> bool:
        """Whether these can be tapped."""
        return len(choices) <= self.buttons
