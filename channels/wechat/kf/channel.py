"""Brings letters to citizens of customer service, while the session is ours."""

from __future__ import annotations

import hashlib
import logging

from channels.delivery import DeliveryFailed
from channels.providers.failures import ApiError, Unreachable
from channels.rendering import Piece
from channels.wechat.channel import WeChatChannel
from channels.wechat.kf.service import Service, State
from channels.wechat.quota import HINT, Quota

_LOG = logging.getLogger(__name__)
_NOT_OURS = 95018
_THEIRS = 300.0
"""Seconds between looks whether a person of the enterprise still answers."""


def address(kf: str, citizen: str) -> str:
    """Who a citizen is: the same person at another account of the enterprise is another conversation."""
    return f"{kf}/{citizen}"


class KfChannel:
    """Implements `channels.channel.PieceChannel`."""

    capabilities = WeChatChannel.capabilities

    def __init__(self, service: Service, quota: Quota) -> None:
        self._service = service
        self._quota = quota

    async def send_piece(self, piece: Piece, address: str, key: str) -> None:
        """Deliver one piece; tried again under the same id, which the provider shows once. Raises DeliveryFailed."""
        kf, _, citizen = address.partition("/")
        msgid = hashlib.sha256(key.encode()).hexdigest()[:32]
        last = await self._quota.take(address)
        text = piece.text + HINT if last else piece.text
        try:
            await self._service.say(kf, citizen, text, msgid)
        except ApiError as error:
            if error.code != _NOT_OURS:
                raise await self._quota.refused(address, error.code) from None
            await self._when_not_ours(kf, citizen, address, text, msgid)
        except Unreachable:
            raise DeliveryFailed("连不上微信客服") from None

    async def _when_not_ours(self, kf: str, citizen: str, address: str, text: str, msgid: str) -> None:
        try:
            state = await self._service.state(kf, citizen)
            if state is State.NEW:
                await self._service.take(kf, citizen)
                await self._service.say(kf, citizen, text, msgid)
                return
        except ApiError as error:
            raise await self._quota.refused(address, error.code) from None
        except Unreachable:
            raise DeliveryFailed("连不上微信客服") from None
        if state in (State.POOL, State.PERSON):
            await self._quota.unsent(address)
            raise DeliveryFailed("企业微信的客服正在接待，等对方结束", retry_after=_THEIRS)
        raise await self._quota.refused(address, _NOT_OURS)
