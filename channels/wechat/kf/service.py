"""What the customer-service API can be asked for: tokens, messages behind a cursor, states of sessions, sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bot.clock import Clock
from channels.providers.failures import Unreachable
from channels.providers.http import Http
from channels.wechat.access_token import AccessToken, TokenRecords
from channels.wechat.account import Account
from channels.wechat.api import Api

PAGE = 500


class State(IntEnum):
    """Of a session, as the provider numbers them."""

    NEW = 0
    ASSISTANT = 1
    """Ours: the API may answer."""
    POOL = 2
    """Waits for somebody of the enterprise."""
    PERSON = 3
    """Somebody of the enterprise answers, in their own application."""
    OVER = 4


@dataclass(frozen=True, slots=True)
class Page:
    """Messages behind a cursor."""

    messages: Sequence[Mapping[str, Any]]
    cursor: str
    more: bool


class Service:
    """The API of one enterprise."""

    def __init__(self, account: Account, http: Http, records: TokenRecords, clock: Clock) -> None:
        self._account = account
        self._api = Api(account.api, http)
        self._api.token = AccessToken(records, f"kf:{account.appid}"[:32], self._fetch, clock)

    async def _fetch(self) -> tuple[str, float]:
        query = {"corpid": self._account.appid, "corpsecret": self._account.secret}
        told = await self._api.ask("GET", "/cgi-bin/gettoken", query=query)
        try:
            return str(told["access_token"]), float(told["expires_in"])
        except (KeyError, TypeError, ValueError):
            raise Unreachable("no token in the answer") from None

    async def sync(self, kf: str, cursor: str, token: str = "") -> Page:
        """Messages of the account `kf` behind the cursor. `token` is of the callback: with it the provider lets us ask
        as often as it calls."""
        body: dict[str, Any] = {"open_kfid": kf, "cursor": cursor, "limit": PAGE, "voice_format": 0}
        told = await self._api.call("/cgi-bin/kf/sync_msg", body | ({"token": token} if token else {}))
        found = told.get("msg_list", [])
        return Page(found, str(told.get("next_cursor", cursor)), bool(told.get("has_more")) and bool(found))

    async def state(self, kf: str, citizen: str) -> State:
        """Whose the session is now."""
        body = {"open_kfid": kf, "external_userid": citizen}
        return State(int((await self._api.call("/cgi-bin/kf/service_state/get", body))["service_state"]))

    async def take(self, kf: str, citizen: str) -> None:
        """The session becomes ours."""
        body = {"open_kfid": kf, "external_userid": citizen, "service_state": int(State.ASSISTANT)}
        await self._api.call("/cgi-bin/kf/service_state/trans", body)

    async def say(self, kf: str, citizen: str, text: str, msgid: str) -> None:
        """One message; the same `msgid` again is the same message."""
        body = {"touser": citizen, "open_kfid": kf, "msgid": msgid, "msgtype": "text", "text": {"content": text}}
        await self._api.call("/cgi-bin/kf/send_msg", body)

    async def media(self, media_id: str, most: int) -> tuple[bytes, str]:
        """A file that a citizen sent."""
        return await self._api.file("/cgi-bin/media/get", {"media_id": media_id}, most)
