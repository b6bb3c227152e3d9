"""What an official account can be asked for: tokens, messages to citizens, files they sent, menu, QR codes."""

from __future__ import annotations

from typing import Any

from bot.clock import Clock
from channels.providers.failures import Unreachable
from channels.providers.http import Http
from channels.wechat.access_token import AccessToken, TokenRecords
from channels.wechat.account import Account
from channels.wechat.api import Api


class Official:
    """The API of one official account."""

    def __init__(self, account: Account, http: Http, records: TokenRecords, clock: Clock) -> None:
        self._account = account
        self._api = Api(account.api, http)
        # Two accounts on one store have two tokens.
        self._api.token = AccessToken(records, f"wechat:{account.appid}"[:32], self._fetch, clock)

    async def _fetch(self) -> tuple[str, float]:
        """The stable token: asking twice gives the same, so that two processes cannot make each other's useless."""
        body = {"grant_type": "client_credential", "appid": self._account.appid, "secret": self._account.secret}
        told = await self._api.ask("POST", "/cgi-bin/stable_token", body=body)
        try:
            return str(told["access_token"]), float(told["expires_in"])
        except (KeyError, TypeError, ValueError):
            raise Unreachable("no token in the answer") from None

    async def say(self, openid: str, text: str) -> None:
        """A customer-service message."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        await self._api.call("/cgi-bin/message/custom/send", body)

    async def notify(self, openid: str, template: str, page: str) -> None:
        """A subscribe message, that tells of something new; each was allowed by the citizen once."""
        words = {"thing1": {"value": "法律咨询有新的回复"}, "thing2": {"value": "请进入公众号查看"}}
        body: dict[str, Any] = {"touser": openid, "template_id": template, "data": words}
        await self._api.call("/cgi-bin/message/subscribe/bizsend", body | ({"page": page} if page else {}))

    async def media(self, media_id: str, most: int) -> tuple[bytes, str]:
        """A file that a citizen sent, of at most so many bytes."""
        return await self._api.file("/cgi-bin/media/get", {"media_id": media_id}, most)

    async def fine_voice(self, media_id: str, most: int) -> tuple[bytes, str]:
        """Voice at 16 kHz, where there is such."""
        return await self._api.file("/cgi-bin/media/get/jssdk", {"media_id": media_id}, most)

    async def set_menu(self, menu: dict[str, Any]) -> None:
        """Replace the menu below the conversation."""
        await self._api.call("/cgi-bin/menu/create", menu)

    async def qr_code(self, scene: str) -> str:
        """What a QR code must say, so that scanning it tells us `scene`; for thirty days."""
        body = {
            "expire_seconds": 2_592_000,
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        told = await self._api.call("/cgi-bin/qrcode/create", body)
        return str(told["url"])
