"""Apps and public-service platforms that talk to us for their users: a key to come in by, a webhook to be told at."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.settings import safe_address

OVERLAP = timedelta(days=1)
"""After a change of secret both are good for so long: the app need not change in the same second."""
REMEMBERED = 30.0
"""Seconds for which a key that was looked up is not looked up again."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


class AppError(ValueError):
    """What was asked for cannot be done; the message says why."""


@dataclass(frozen=True, slots=True)
class App:
    """One of them."""

    name: str
    url: str
    """Where it is told of messages; "" where it asks for them."""
    secret: str
    """What it is told is signed with."""
    disabled: bool = False
    old_secret: str = ""
    """Of before the last change."""
    old_until: datetime | None = None
    """Until when that one counts too."""

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """All that count, the present one first."""
        old = self.old_secret if self.old_until is not None and now < self.old_until else ""
        return (self.secret, old) if old else (self.secret,)


class AppRecords(Protocol):
    """Their storage."""

    async def add(self, app: App, key_hash: str, now: datetime) -> bool:
        """False where the name is taken."""
        ...

    async def by_key(self, key_hash: str) -> App | None: ...
    async def named(self, name: str) -> App | None: ...
    async def all(self) -> Sequence[App]: ...

    async def change(self, app: App, key_hash: str | None = None) -> None:
        """Everything of it but its name, and its key where one is given."""
        ...


class Apps:
    """Known apps. A key is shown once and kept as a hash; a secret is kept, because we sign with it."""

    def __init__(self, records: AppRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock
        self._seen: dict[str, tuple[float, App]] = {}

    async def add(self, name: str, url: str = "") -> tuple[App, str]:
        """A new one, and its key. Raises AppError."""
        if not _NAME.fullmatch(name):
            raise AppError(f"{name!r} is no name: small letters, digits and hyphens, at most 31")
        app, key = App(name, _checked(url), _new_secret()), _new_key()
        if not await self._records.add(app, _hash(key), self._clock.now()):
            raise AppError(f"there is an app named {name} already")
        return app, key

    async def by_key(self, key: str) -> App | None:
        """Whose key this is; None for nobody's, and for one that is switched off."""
        now, mark = self._clock.monotonic(), _hash(key)
        seen = self._seen.get(mark)
        if seen is None or now - seen[0] > REMEMBERED:
            app = await self._records.by_key(mark)
            if app is None:
                self._seen.pop(mark, None)
                return None
            self._seen[mark] = seen = (now, app)
        return None if seen[1].disabled else seen[1]

    async def named(self, name: str) -> App | None:
        """The one of this name."""
        return await self._records.named(name)

    async def all(self) -> Sequence[App]:
        """Every one, by name."""
        return await self._records.all()

    async def point(self, name: str, url: str) -> App:
        """Tell it somewhere else. Raises AppError."""
        app = await self._must(name)
        return await self._changed(App(name, _checked(url), app.secret, app.disabled, app.old_secret, app.old_until))

    async def switch(self, name: str, *, on: bool) -> App:
        """Let it in, or not. Raises AppError."""
        app = await self._must(name)
        return await self._changed(App(name, app.url, app.secret, not on, app.old_secret, app.old_until))

    async def new_secret(self, name: str) -> App:
        """Sign with another one; the old one counts for a while. Raises AppError."""
        app = await self._must(name)
        until = self._clock.now() + OVERLAP
        return await self._changed(App(name, app.url, _new_secret(), app.disabled, app.secret, until))

    async def new_key(self, name: str) -> str:
        """Another key; the old one opens nothing any more. Raises AppError."""
        key = _new_key()
        await self._records.change(await self._must(name), _hash(key))
        return key

    async def _must(self, name: str) -> App:
        app = await self._records.named(name)
        if app is None:
            raise AppError(f"there is no app named {name}")
        return app

    async def _changed(self, app: App) -> App:
        await self._records.change(app)
        return app


def _checked(url: str) -> str:
    if url and (not safe_address(url) or len(url) > 500):
        raise AppError(f"{url!r} is not usable: expected an https:// address, of at most 500 characters")
    return url


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _new_key() -> str:
    return f"fxa_{secrets.token_urlsafe(32)}"


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
