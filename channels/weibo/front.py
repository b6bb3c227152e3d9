"""What becomes of each message and event of the Weibo account."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.store.incoming_media import Arrival
from channels.providers.passive import Passive, Response
from channels.providers.saying import Saying
from channels.weibo import words
from channels.weibo.channel import Window
from channels.weibo.received import Received

_NOTHING = Response()


class Arrivals(Protocol):
    """Where what is no words waits, as `bot.store.incoming_media.MediaStore` keeps it."""

    async def add(self, arrival: Arrival, now: datetime) -> bool: ...


class Front:
    """Decides by the kind of what came. All of it may come twice, also in two processes: it is done once."""

    def __init__(
        self,
        saying: Saying,
        passive: Passive,
        window: Window,
        arrivals: Arrivals,
        fetch: Callable[[], None],
        clock: Clock,
        *,
        hears: bool,
    ) -> None:
        self._saying = saying
        self._passive = passive
        self._window = window
        self._arrivals = arrivals
        self._fetch = fetch
        self._clock = clock
        self._hears = hears

    async def take(self, received: Received, began: float) -> Response:
        """Store it, and what to answer at once; in time, whatever the engine does."""
        doing: Mapping[str, Callable[[Received, float], Awaitable[Response]]] = {
            "text": self._text,
            "voice": self._voice,
            "image": self._file,
            "position": self._position,
            "mention": self._mentioned,
            "other": self._other,
            "event:follow": self._greeted,
            "event:subscribe": self._greeted,
            "event:scan": self._greeted,
            "event:scan_follow": self._greeted,
            "event:click": self._clicked,
            "event:unfollow": self._left,
        }
        act = doing.get(received.kind)
        return _NOTHING if act is None else await act(received, began)

    async def _said(self, received: Received, text: str, began: float) -> Response:
        """As words of the citizen."""
        await self._window.heard(received.citizen)
        said = await self._saying.hear(received.citizen, received.key, text)
        return _NOTHING if said is None else await self._passive.response(said.outcome, began)

    async def _told(self, received: Received, text: str) -> Response:
        """Our own words to it."""
        await self._window.heard(received.citizen)
        await self._saying.tell(received.citizen, received.key, text)
        return _NOTHING

    async def _keep(self, received: Received, kind: str) -> Response:
        """To be fetched and dealt with."""
        await self._window.heard(received.citizen)
        arrival = Arrival(kind, received.key, received.citizen, received.media, dict(received.data))
        if await self._arrivals.add(arrival, self._clock.now()):
            self._fetch()
        return _NOTHING

    async def _text(self, received: Received, began: float) -> Response:
        if not received.text.strip():
            return await self._other(received, began)
        return await self._said(received, received.text, began)

    async def _voice(self, received: Received, _began: float) -> Response:
        person = (await self._saying.conversation(received.citizen)).state == "human"
        if received.media and (self._hears or person):
            return await self._keep(received, "voice")
        return await self._told(received, words.NO_VOICE)

    async def _file(self, received: Received, began: float) -> Response:
        return await self._keep(received, "image") if received.media else await self._other(received, began)

    async def _position(self, received: Received, _began: float) -> Response:
        return await self._keep(received, "location")  # the citizen is asked whether to keep it

    async def _other(self, received: Received, _began: float) -> Response:
        return await self._told(received, words.CANNOT_READ)

    async def _mentioned(self, _received: Received, _began: float) -> Response:
        """In public: nothing of it is kept, and Weibo allows one answer."""
        return Response(words.IN_PRIVATE)

    async def _greeted(self, received: Received, _began: float) -> Response:
        await self._window.heard(received.citizen)
        conversation = await self._saying.conversation(received.citizen)
        greeting = await self._saying.greeted(conversation)
        if greeting is None:
            return await self._told(received, words.WELCOME_BACK)
        return await self._passive.greeting(greeting)

    async def _clicked(self, received: Received, began: float) -> Response:
        return await self._said(received, received.text, began) if received.text.strip() else _NOTHING

    async def _left(self, received: Received, _began: float) -> Response:
        """Unfollowed. Who only unsubscribes has no more news sent, and may still be answered."""
        await self._window.left(received.citizen)
        return _NOTHING
