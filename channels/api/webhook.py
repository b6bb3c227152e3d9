"""Tells an app what was said in the conversations of its users: one signed request for each message.

Signed as in Standard Webhooks 1.0: `webhook-signature` holds, for each secret that counts, "v1," and the Base64 of the
HMAC-SHA256 of "{webhook-id}.{webhook-timestamp}.{body}" under the bytes that follow "whsec_" in the secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from bot.apps import Apps
from bot.clock import Clock
from bot.message import Message
from channels.capabilities import Capabilities
from channels.delivery import DeliveryFailed
from channels.frames import message_json

CHANNEL = "app"
"""Of conversations that an app which is known has opened."""
WITHIN = 10.0
"""Seconds that an app has to answer."""
LONGEST_PAUSE = 3600.0
"""Seconds that an app can make us wait by Retry-After."""


def sign(secrets: Sequence[str], id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    signed = f"{id}.{timestamp}.".encode() + body
    keys = [base64.b64decode(secret.removeprefix("whsec_")) for secret in secrets]
    return " ".join(f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}" for key in keys)


class WebhookChannel:
    """Implements `channels.channel.Channel`: what does not arrive is tried again by the outbox, in order."""

    capabilities = Capabilities()

    def __init__(self, apps: Apps, clock: Clock) -> None:
        self._apps = apps
        self._clock = clock
        self._session: ClientSession | None = None

    async def send(self, message: Message, address: str) -> None:
        """Tell the app. Raises DeliveryFailed."""
        app = await self._apps.named(address.partition("/")[0])
        if app is None or app.disabled:
            raise DeliveryFailed("这个应用已经停用", final=True)
        if not app.url:
            return  # it asks by itself
        told = {"type": "message", "conversation": message.conversation, "message": message_json(message)}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        now = self._clock.now()
        id, at = f"{message.conversation}.{message.seq}", int(now.timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "faxian",
            "webhook-id": id,
            "webhook-timestamp": str(at),
            "webhook-signature": sign(app.secrets(now), id, at, body),
        }
        try:
            async with self._open().post(app.url, data=body, headers=headers, allow_redirects=False) as answer:
                status, pause = answer.status, answer.headers.get("Retry-After", "")
        except (ClientError, TimeoutError, OSError):
            raise DeliveryFailed("连不上应用的回调地址") from None
        if status == 410:
            raise DeliveryFailed("应用的回调地址说不再接收", final=True)
        if status in (429, 503) and pause.isascii() and pause.isdigit():
            raise DeliveryFailed(f"应用请我们稍后再发（{status}）", retry_after=min(LONGEST_PAUSE, float(pause)))
        if not 200 <= status < 300:
            raise DeliveryFailed(f"应用的回调地址没有收下（{status}）")

    async def close(self) -> None:
        """No more calls."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> ClientSession:
        """At the first call, because there is no loop before the service runs."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=64), cookie_jar=DummyCookieJar(), timeout=ClientTimeout(WITHIN)
            )
        return self._session
