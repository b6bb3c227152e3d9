"""What becomes of each message and event of the official account."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.store.incoming_media import Arrival
from channels.providers.passive import Passive, Response
from channels.providers.saying import Saying
from channels.wechat import words
from channels.wechat.place import Places
from channels.wechat.quota import ContactRecords, Quota
from channels.wechat.received import Received
from channels.wechat.scene import said_by
from channels.wechat.subscribe import Subscriptions

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
        quota: Quota,
        contacts: ContactRecords,
        arrivals: Arrivals,
        fetch: Callable[[], None],
        subscriptions: Subscriptions,
        left: Callable[[str], Awaitable[None]],
        clock: Clock,
        *,
        hears: bool,
    ) -> None:
        self._saying = saying
        self._passive = passive
        self._quota = quota
        self._contacts = contacts
        self._places = Places(contacts)
        self._arrivals = arrivals
        self._fetch = fetch
        self._subscriptions = subscriptions
        self._left = left
        self._clock = clock
        self._hears = hears
        """There is a recogniser."""

    async def take(self, received: Received, began: float) -> Response:
        """Store it, and what to answer at once; in time, whatever the engine does."""
        doing: Mapping[str, Callable[[Received, float], Awaitable[Response]]] = {
            "text": self._text,
            "voice": self._voice,
            **dict.fromkeys(("image", "video", "shortvideo", "file"), self._file),
            "location": self._location,
            "link": self._link,
            "other": self._other,
            "event:subscribe": self._subscribed,
            "event:unsubscribe": self._unsubscribed,
            "event:click": self._clicked,
            "event:scan": self._scanned,
            "event:location": self._positioned,
        }
        if received.kind.startswith("event:subscribe_msg_"):
            await self._subscriptions.changed(received.citizen, received.data.get("templates", ()))
            return _NOTHING
        act = doing.get(received.kind)
        return _NOTHING if act is None else await act(received, began)

    async def _said(self, received: Received, text: str, began: float, *, event: bool = False) -> Response:
        """As words of the citizen."""
        if event:
            await self._quota.heard(received.citizen, said=False)
        said = await self._saying.hear(received.citizen, received.key, text)
        return _NOTHING if said is None else await self._passive.response(said.outcome, began)

    async def _told(self, received: Received, text: str) -> Response:
        """Our own words to it."""
        await self._quota.heard(received.citizen, said=not received.is_event)
        await self._saying.tell(received.citizen, received.key, text)
        return _NOTHING

    async def _keep(self, received: Received) -> Response:
        """To be fetched and dealt with."""
        await self._quota.heard(received.citizen, said=True)
        arrival = Arrival(received.kind, received.key, received.citizen, received.media, dict(received.data))
        if await self._arrivals.add(arrival, self._clock.now()):
            self._fetch()
        return _NOTHING

    async def _text(self, received: Received, began: float) -> Response:
        if not received.text.strip():
            return await self._told(received, words.CANNOT_READ)
        place, told = await self._places.answer(received.citizen, received.key, received.text)
        if told:
            return await self._told(received, told)
        return await self._said(received, place or received.text, began)

    async def _voice(self, received: Received, began: float) -> Response:
        if received.text:  # the provider has heard it
            return await self._said(received, received.text, began)
        person = (await self._saying.conversation(received.citizen)).state == "human"
        if received.media and (self._hears or person):
            return await self._keep(received)
        return await self._told(received, words.NO_VOICE)

    async def _file(self, received: Received, _began: float) -> Response:
        if received.media:
            return await self._keep(received)
        return await self._told(received, words.CANNOT_READ)

    async def _location(self, received: Received, _began: float) -> Response:
        if (await self._saying.conversation(received.citizen)).state in ("waiting", "human"):
            return await self._keep(received)  # for the person who is asked for, or there
        where = (float(received.data["latitude"]), float(received.data["longitude"]))
        return await self._told(received, await self._places.question(received.citizen, *where))

    async def _link(self, received: Received, _began: float) -> Response:
        return await self._keep(received)

    async def _other(self, received: Received, _began: float) -> Response:
        return await self._told(received, words.CANNOT_READ)

    async def _subscribed(self, received: Received, began: float) -> Response:
        await self._quota.heard(received.citizen, said=False)
        conversation = await self._saying.conversation(received.citizen)
        greeting = await self._saying.greeted(conversation)
        if said := said_by(str(received.data.get("scene", ""))):
            return await self._said(received, said, began, event=True)
        if greeting is None:
            return await self._told(received, words.WELCOME_BACK)
        return await self._passive.greeting(greeting)

    async def _unsubscribed(self, received: Received, _began: float) -> Response:
        await self._contacts.block(received.citizen, self._clock.now())
        await self._left(received.citizen)
        return _NOTHING

    async def _clicked(self, received: Received, began: float) -> Response:
        if not received.text.strip():
            return _NOTHING
        return await self._said(received, received.text, began, event=True)

    async def _scanned(self, received: Received, began: float) -> Response:
        said = said_by(str(received.data.get("scene", "")))
        return await self._said(received, said, began, event=True) if said else _NOTHING

    async def _positioned(self, received: Received, _began: float) -> Response:
        where = (float(received.data["latitude"]), float(received.data["longitude"]))
        asked = await self._places.first_question(received.citizen, *where, received.key)
        if asked:
            await self._saying.tell(received.citizen, received.key, asked)
        return _NOTHING
