"""Pushes messages to the service as the provider does: signed, perhaps sealed, within 5 s, three times."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aiohttp import ClientError, ClientSession, ClientTimeout

from channels.wechat.account import Account
from channels.wechat.envelope import Envelope
from channels.wechat.signature import sign
from channels.wechat.xml import read_xml, write_xml

Mode = Literal["plain", "compatible", "safe"]
TRIES = 3
PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one push."""

    heard: bool
    """The service answered one of the tries in time, in the form that is wanted."""
    answer: str
    """Text of the passive answer; "" for none."""
    seconds: float
    """Until the try that was heard."""
    tries: int
    status: int = 0
    """Of the last try; 0 where there was no answer."""


class Pushing:
    """Of one account, to one address."""

    def __init__(self, account: Account, mode: Mode, http: ClientSession, patience: float = PATIENCE) -> None:
        self._account = account
        self._mode = mode
        self._http = http
        self._patience = ClientTimeout(total=patience)
        self._envelope = None if account.key is None else Envelope(account.key, account.appid)

    def signed(
        self,
        openid: str,
        fields: Mapping[str, str | int],
        at: int | None = None,
        nested: Mapping[str, str] | None = None,
    ) -> tuple[dict[str, str], str]:
        """Query and body of a push; `nested` are fields of the list in a subscribe message's event."""
        stamp, nonce = str(int(time.time()) if at is None else at), secrets.token_hex(5)
        query = {"signature": sign(self._account.token, stamp, nonce), "timestamp": stamp, "nonce": nonce}
        query["openid"] = openid
        xml = write_xml(fields)
        if nested:
            rows = write_xml(nested).removeprefix("<xml>").removesuffix("</xml>")
            rows = f"<SubscribeMsgPopupEvent><List>{rows}</List></SubscribeMsgPopupEvent>"
            xml = xml.replace("</xml>", f"{rows}</xml>")
        if self._mode == "plain" or self._envelope is None:
            return query, xml
        sealed = self._envelope.seal(xml)
        query |= {"encrypt_type": "aes", "msg_signature": sign(self._account.token, stamp, nonce, sealed)}
        outside: dict[str, str | int] = dict(fields) if self._mode == "compatible" else {}
        outside |= {"ToUserName": fields["ToUserName"], "Encrypt": sealed}
        return query, write_xml(outside)

    async def push(
        self, url: str, openid: str, fields: Mapping[str, str | int], nested: Mapping[str, str] | None = None
    ) -> Pushed:
        """One message, until it is heard or the third try has failed."""
        status = 0
        for number in range(1, TRIES + 1):
            query, body = self.signed(openid, fields, nested=nested)
            began = time.perf_counter()
            try:
                async with self._http.post(
                    url, params=query, data=body.encode(), timeout=self._patience, headers={"Content-Type": "text/xml"}
                ) as answer:
                    said, status = await answer.text(), answer.status
            except (ClientError, TimeoutError, OSError):
                status = 0
                await asyncio.sleep(0.2 if number < TRIES else 0)  # the provider does not hammer a dead address
                continue
            if status == 200:
                return Pushed(True, self._read(said), time.perf_counter() - began, number, status)
        return Pushed(False, "", 0.0, TRIES, status)

    def _read(self, said: str) -> str:
        """The text of a passive answer. Raises ValueError where a phone would show that the service is broken."""
        if said in ("success", ""):
            return ""
        fields = read_xml(said)
        if "Encrypt" in fields:
            if self._envelope is None:
                raise ValueError("a sealed answer in plain mode")
            words = str(fields["TimeStamp"]), str(fields["Nonce"]), str(fields["Encrypt"])
            if sign(self._account.token, *words) != fields["MsgSignature"]:
                raise ValueError("an answer with a wrong signature")
            fields = read_xml(self._envelope.open(words[2]))
        elif self._mode == "safe":
            raise ValueError("a plain answer in safe mode")
        return str(fields["Content"])
