"""Brings letters to citizens of the official account, as customer-service messages."""

from __future__ import annotations

from typing import Protocol

from channels.capabilities import Capabilities
from channels.delivery import DeliveryFailed
from channels.providers.failures import ApiError, Unreachable
from channels.rendering import Piece
from channels.splitting import split
from channels.wechat.quota import HINT, Quota
from channels.wechat.subscribe import Subscriptions

TEXT_BYTES = 2048
"""Of one message, by the provider's rule."""
_TOO_LONG = 45002
_LEAST = 200


class Speaker(Protocol):
    """Sends one message, as `channels.wechat.official.Official` does."""

    async def say(self, openid: str, text: str) -> None:
        """Raises ApiError, Unreachable."""
        ...


class WeChatChannel:
    """Implements `channels.channel.PieceChannel`."""

    capabilities = Capabilities(
        text_bytes=TEXT_BYTES - len(HINT.encode()), buttons=0, cards=False, files=False, typing=False
    )

    def __init__(self, speaker: Speaker, quota: Quota, subscriptions: Subscriptions | None = None) -> None:
        self._speaker = speaker
        self._quota = quota
        self._subscriptions = subscriptions

    async def send_piece(self, piece: Piece, address: str, _key: str) -> None:
        """Deliver one piece. Raises DeliveryFailed; the provider knows no ids, so a piece may come twice after a crash
        between its answer and our note of it."""
        await self._say(address, piece.text)

    async def _say(self, citizen: str, text: str) -> None:
        try:
            last = await self._quota.take(citizen)
        except DeliveryFailed:
            await self._tell(citizen)
            raise
        try:
            await self._speaker.say(citizen, text + HINT if last else text)
        except ApiError as error:
            why = await self._quota.refused(citizen, error.code)
            if error.code == _TOO_LONG and len(text.encode()) > _LEAST:
                for half in split(text, max(_LEAST, len(text.encode()) * 2 // 3)):
                    await self._say(citizen, half)
                return
            if why.until_contact:
                await self._tell(citizen)
            raise why from None
        except Unreachable:
            # Whether it left nobody knows. It counts: one message less is better than one too many.
            raise DeliveryFailed("连不上微信") from None

    async def _tell(self, citizen: str) -> None:
        """Where the citizen has allowed it, tell that something waits for them."""
        if self._subscriptions is not None:
            await self._subscriptions.tell(citizen)


def in_one(text: str) -> bool:
    """Whether the text goes into one message."""
    return len(text.encode("utf-8", "replace")) <= TEXT_BYTES
