"""What becomes of each message of customer service."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.clock import Clock
from bot.safe_log import log_failure
from bot.store.incoming_media import Arrival
from channels.providers.saying import Saying
from channels.wechat import words
from channels.wechat.front import Arrivals
from channels.wechat.kf.channel import address
from channels.wechat.kf.service import Service, State
from channels.wechat.place import Places
from channels.wechat.quota import ContactRecords, Quota

_LOG = logging.getLogger(__name__)
_BY_CITIZEN = 3
_MEDIA = ("image", "voice", "video", "file")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEY = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class KfFront:
    """Decides by the kind of what came. While a person of the enterprise answers, we are silent."""

    def __init__(
        self,
        service: Service,
        saying: Saying,
        quota: Quota,
        contacts: ContactRecords,
        arrivals: Arrivals,
        fetch: Callable[[], None],
        clock: Clock,
        *,
        hears: bool,
    ) -> None:
        self._service = service
        self._saying = saying
        self._quota = quota
        self._places = Places(contacts)
        self._arrivals = arrivals
        self._fetch = fetch
        self._clock = clock
        self._hears = hears

    async def take(self, message: Mapping[str, Any]) -> None:
        """Store what a citizen sent; whatever else the provider tells of is let be. The same message again is once."""
        event = message.get("event", {}) if message.get("msgtype") == "event" else {}
        kf = str(message.get("open_kfid") or event.get("open_kfid", ""))
        citizen = str(message.get("external_userid") or event.get("external_userid", ""))
        key = str(message.get("msgid", ""))
        if not (_ID.fullmatch(kf) and _ID.fullmatch(citizen) and _KEY.fullmatch(key)):
            return
        who = address(kf, citizen)
        if event.get("event_type") == "enter_session":
            await self._saying.conversation(who)  # greets who is new
        elif event.get("event_type") == "session_status_change" or message.get("origin") != _BY_CITIZEN:
            return
        elif await self._ours(kf, citizen):
            if message.get("msgtype") != "text":
                await self._quota.heard(who, said=True)
            await self._heard(who, key, message)

    async def _ours(self, kf: str, citizen: str) -> bool:
        """Whether we answer; a session that nobody has becomes ours."""
        state = await self._service.state(kf, citizen)
        if state is State.NEW:
            await self._service.take(kf, citizen)
        return state in (State.NEW, State.ASSISTANT)

    async def _heard(self, who: str, key: str, message: Mapping[str, Any]) -> None:
        kind = str(message.get("msgtype", ""))
        inside = message.get(kind, {})
        inside = inside if isinstance(inside, dict) else {}
        if kind == "text":
            await self._text(who, key, str(inside.get("content", "")))
        elif kind == "location":
            try:
                where = (float(inside["latitude"]), float(inside["longitude"]))
            except (KeyError, TypeError, ValueError) as error:
                log_failure(_LOG, "a location without a position", error)
                return
            await self._saying.tell(who, key, await self._places.question(who, *where))
        elif kind == "link":
            data = {"title": str(inside.get("title", "")), "url": str(inside.get("url", ""))}
            await self._keep(Arrival("link", key, who, "", data))
        elif kind == "voice" and not self._hears:
            await self._saying.tell(who, key, words.NO_VOICE)
        elif kind in _MEDIA and inside.get("media_id"):
            await self._keep(Arrival(kind, key, who, str(inside["media_id"]), {}))
        else:
            await self._saying.tell(who, key, words.CANNOT_READ)

    async def _text(self, who: str, key: str, text: str) -> None:
        place, told = await self._places.answer(who, key, text)
        if told or not text.strip():
            await self._saying.tell(who, key, told or words.CANNOT_READ)
        else:
            await self._saying.hear(who, key, place or text)

    async def _keep(self, arrival: Arrival) -> None:
        if await self._arrivals.add(arrival, self._clock.now()):
            self._fetch()
