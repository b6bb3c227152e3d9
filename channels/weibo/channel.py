"""Brings letters to citizens on Weibo, as customer-service messages, as long as Weibo lets us."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.clock import Clock
from channels.capabilities import Capabilities
from channels.delivery import DeliveryFailed
from channels.providers.failures import ApiError, Unreachable
from channels.rendering import Piece
from channels.splitting import split

CHARACTERS = 299
"""Of one message: "fewer than 300 characters", by the documentation, which does not say whether a letter is one."""
WINDOW = timedelta(hours=48)
"""After what the citizen wrote or did, for so long messages may go to them, however many."""
NOTED = timedelta(minutes=30)
"""What the citizen does is written down no more often."""

_TOKEN = frozenset({21301, 21314, 21315, 21316, 21317, 21319, 21327, 21332})
_WAIT = {10001: 30.0, 10002: 30.0, 10003: 30.0, 10009: 30.0, 10010: 30.0, 10022: 3600.0, 10023: 3600.0, 10024: 3600.0}
_GONE = frozenset({20003})


class Speaker(Protocol):
    """Sends one message, as `channels.weibo.service.Service` does."""

    async def say(self, citizen: str, text: str) -> None:
        """Raises ApiError, Unreachable."""
        ...


class Contacts(Protocol):
    """Whom we write to, as `bot.store.contacts.ContactStore` keeps them."""

    async def heard(self, external_id: str, now: datetime, keep: int = 0) -> None: ...
    async def spend(self, external_id: str, most: int) -> int | None: ...
    async def block(self, external_id: str, now: datetime) -> None: ...
    async def data(self, external_id: str) -> dict[str, Any]: ...
    async def note(self, external_id: str, **noted: Any) -> dict[str, Any]: ...


def failed(code: int) -> DeliveryFailed:
    """What Weibo's error number means."""
    if code in _TOKEN:
        return DeliveryFailed(f"微博不认我们的令牌（{code}），请管理员更换 WEIBO_TOKEN", retry_after=600.0)
    if code in _WAIT:
        return DeliveryFailed(f"微博现在忙或者限制了频率（{code}）", retry_after=_WAIT[code])
    if code in _GONE:
        return DeliveryFailed("微博说没有这个来访人", final=True)
    return DeliveryFailed(f"微博没有接受（{code}）")


class Window:
    """Whether Weibo lets us write to somebody."""

    def __init__(self, contacts: Contacts, clock: Clock) -> None:
        self._contacts = contacts
        self._clock = clock

    async def heard(self, citizen: str) -> None:
        """They wrote, or did what opens the window."""
        now = self._clock.now()
        await self._contacts.heard(citizen, now)
        before = _moment(await self._contacts.data(citizen))
        if before is None or now - before > NOTED:
            await self._contacts.note(citizen, heard=now.isoformat())

    async def left(self, citizen: str) -> None:
        """They follow us no more: nothing may go to them."""
        await self._contacts.block(citizen, self._clock.now())

    async def check(self, citizen: str) -> None:
        """Raises DeliveryFailed where it is closed."""
        before = _moment(await self._contacts.data(citizen))
        if before is not None and self._clock.now() - before > WINDOW + NOTED:
            raise DeliveryFailed("超过 48 小时没有来信，微博不让发", until_contact=True)
        if await self._contacts.spend(citizen, 2**31 - 2) is None:
            raise DeliveryFailed("来访人已经取消关注，微博不让发", until_contact=True)


def _moment(noted: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(noted["heard"]) if "heard" in noted else None


class WeiboChannel:
    """Implements `channels.channel.PieceChannel`."""

    capabilities = Capabilities(text_bytes=CHARACTERS * 3, buttons=0, cards=False, files=False, typing=False)
    """Three bytes are a Chinese character."""

    def __init__(self, speaker: Speaker, window: Window) -> None:
        self._speaker = speaker
        self._window = window

    async def send_piece(self, piece: Piece, address: str, _key: str) -> None:
        """Deliver one piece. Raises DeliveryFailed; Weibo knows no ids, so a piece may come twice after a crash between
        its answer and our note of it."""
        await self._window.check(address)
        try:
            for text in fitting(piece.text):
                await self._speaker.say(address, text)
        except ApiError as error:
            raise failed(error.code) from None
        except Unreachable:
            raise DeliveryFailed("连不上微博") from None


def fitting(text: str) -> list[str]:
    """The text in as many messages as it takes; more than one only where much of it is no Chinese."""
    return [text] if len(text) <= CHARACTERS else split(text, CHARACTERS)


def in_one(text: str) -> bool:
    """Whether the text goes into one message."""
    return len(text) <= CHARACTERS
