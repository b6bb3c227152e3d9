"""What a citizen's phone shows, and what the provider allows to be sent to it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

PER_MESSAGE, FOR_MESSAGE = 5, 48 * 3600.0
PER_EVENT, FOR_EVENT = 3, 60.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the screen."""

    text: str
    how: str
    """passive | custom | notice | kf"""
    at: float


@dataclass
class Phone:
    """One citizen."""

    openid: str
    subscribed: bool = True
    shown: list[Shown] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    allowed: int = 0
    """Messages that may still be sent without the citizen writing."""
    until: float = 0.0
    notices: int = 0
    """Subscribe messages that the citizen has allowed."""
    state: int = 4
    """Of the session, of customer service."""

    def show(self, text: str, how: str, at: float) -> None:
        """Put it on the screen."""
        self.shown.append(Shown(text, how, at))
        self.news.set()

    def wrote(self, now: float) -> None:
        """A message gives five for two days; what was left is not added."""
        self.allowed, self.until = PER_MESSAGE, now + FOR_MESSAGE

    def acted(self, now: float) -> None:
        """An event gives three for a minute, or leaves what is more."""
        self.allowed, self.until = max(self.allowed, PER_EVENT), max(self.until, now + FOR_EVENT)

    @property
    def texts(self) -> list[str]:
        """All that is on the screen."""
        return [one.text for one in self.shown]

    async def until_shown(self, count: int, within: float = 30.0) -> list[str]:
        """All texts, once there are so many. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while len(self.shown) < count:
                self.news.clear()
                await self.news.wait()
        return self.texts
