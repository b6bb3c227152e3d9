"""Events told to the other processes of the service through Redis, so that it does not matter where a page is open."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from datetime import datetime
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.events import Event
from bot.message import Message, parts_from_json, parts_to_json
from bot.safe_log import log_failure, log_round
from channels.hub import Hub

_LOG = logging.getLogger(__name__)
CHANNEL = "faxian.events"
BACKLOG = 10_000
"""Events kept while Redis cannot be reached; older ones are dropped. Pages then catch up by sequence number."""
_WAIT = 1.0
"""Seconds between attempts to reach Redis."""


class SharedHub(Hub):
    """A hub that hears and tells the others; `run` it while the service runs."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._redis: Redis = Redis.from_url(address, socket_connect_timeout=5, health_check_interval=15)
        self._me = secrets.token_hex(8)
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)

    def tell(self, key: str, event: Event) -> None:
        """Hand the event to those who watch here, and to the other processes as soon as may be."""
        super().tell(key, event)
        if self._outgoing.full():
            self._outgoing.get_nowait()
        self._outgoing.put_nowait(encode(self._me, key, event))

    async def run(self) -> None:
        """Send and listen for ever; cancel to stop."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send())
                tasks.create_task(self._listen())
        finally:
            await self._redis.aclose()

    async def ready(self) -> bool:
        """Whether Redis answers now."""
        try:
            return bool(await self._redis.ping())
        except (RedisError, OSError):
            return False

    async def _send(self) -> None:
        letter = None
        while _goes_on():
            letter = letter or await self._outgoing.get()
            if await self._sent(letter):
                letter = None
            else:
                await asyncio.sleep(_WAIT)

    async def _sent(self, letter: bytes) -> bool:
        try:
            await self._redis.publish(CHANNEL, letter)
        except (RedisError, OSError) as error:
            log_round(_LOG, "Redis not reachable, the other processes do not hear of what happens", error)
            return False
        return True

    async def _listen(self) -> None:
        while _goes_on():
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(CHANNEL)
                    async for letter in heard.listen():
                        self._take(letter["data"])
            except (RedisError, OSError) as error:
                log_round(_LOG, "Redis not reachable, pages of this process may be late", error)
                await asyncio.sleep(_WAIT)

    def _take(self, letter: bytes) -> None:
        try:
            sender, key, event = decode(letter)
        except (ValueError, KeyError, TypeError) as error:
            log_failure(_LOG, "an event of another process cannot be read; do all run the same version?", error)
            return
        if sender != self._me:
            super().tell(key, event)


def _goes_on() -> bool:
    """Until the task is cancelled: a client that was just connecting may take that for a failure of the connection."""
    task = asyncio.current_task()
    return task is None or not task.cancelling()


def encode(sender: str, key: str, event: Event) -> bytes:
    """An event as it travels."""
    body: dict[str, Any] = {"from": sender, "key": key, "kind": event.kind, "conversation": event.conversation}
    if (message := event.message) is not None:
        body["message"] = {
            "seq": message.seq,
            "sender": message.sender,
            "id": message.message_id,
            "at": message.at.isoformat(),
            "parts": parts_to_json(message.parts),
            "channel": message.channel,
        }
    for name in ("state", "matter", "who", "staff"):
        if (value := getattr(event, name)) not in (None, ""):
            body[name] = value
    if event.data:
        body["data"] = dict(event.data)
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def decode(letter: bytes) -> tuple[str, str, Event]:
    """Who sent it, the key and the event. Raises ValueError, KeyError or TypeError for what `encode` did not make."""
    body = json.loads(letter)
    told = body.get("message")
    message = None
    if told is not None:
        message = Message(
            body["conversation"],
            told["seq"],
            told["sender"],
            told["id"],
            datetime.fromisoformat(told["at"]),
            parts_from_json(told["parts"]),
            told["channel"],
        )
    event = Event(
        body["kind"],
        body["conversation"],
        message,
        body.get("state"),
        body.get("matter", ""),
        body.get("who"),
        body.get("staff"),
        body.get("data", {}),
    )
    return body["from"], body["key"], event
