"""One callback of the provider, from the request to the fields in it and from the answer back, in every mode."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping

from bot.clock import Clock
from channels.wechat.account import Account
from channels.wechat.envelope import BadSeal, Envelope
from channels.wechat.signature import Signatures, sign
from channels.wechat.xml import LARGEST, BadXml, Fields, read_xml, write_xml

_NONCES = 50_000
"""Nonces that are remembered: many more than come while a signature counts."""


class Forged(Exception):
    """Not from the provider, or not for us, or not of now; nobody is told which."""


class Callbacks:
    """Reads and answers what comes for one account.

    With a key only what is sealed counts (safe mode, and the sealed half in the compatible one), since anybody who saw
    one plain signature could write under it; without one messages come in plain.
    """

    def __init__(self, account: Account, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._signatures = Signatures(account.token, clock)
        self._envelope = None if account.key is None else Envelope(account.key, account.appid)
        self._seen: OrderedDict[tuple[str, str], str] = OrderedDict()

    def echo(self, query: Mapping[str, str]) -> str:
        """What the provider wants to read when it checks our address. Raises Forged."""
        said = query.get("echostr", "")
        if "msg_signature" in query:  # as enterprises have it: sealed, and signed with what is sealed
            if not self._right(query, "msg_signature", said):
                raise Forged
            return self._opened(said).decode("utf-8", "replace")
        if not self._right(query, "signature"):
            raise Forged
        return said

    def read(self, query: Mapping[str, str], body: bytes) -> Fields:
        """The fields of the message. Raises Forged, BadXml."""
        if self._envelope is None:
            signed = self._right(query, "signature")
            if not signed or len(body) > LARGEST:
                raise Forged
            fields = read_xml(body)
            self._once(query, fields)
            return fields
        # Enterprises sign the sealed message only; official accounts the request, too.
        if "signature" in query and not self._right(query, "signature"):
            raise Forged
        if len(body) > LARGEST:
            raise Forged
        sealed = read_xml(body).get("Encrypt", "")
        if not isinstance(sealed, str) or not self._right(query, "msg_signature", sealed or "none"):
            raise Forged
        return read_xml(self._opened(sealed))

    def answer(self, xml: str) -> str:
        """`xml` as the provider reads it in this mode."""
        if self._envelope is None:
            return xml
        sealed, nonce = self._envelope.seal(xml), secrets.token_hex(8)
        now = int(self._clock.now().timestamp())
        signature = sign(self._account.token, str(now), nonce, sealed)
        return write_xml({"Encrypt": sealed, "MsgSignature": signature, "TimeStamp": now, "Nonce": nonce})

    def _right(self, query: Mapping[str, str], name: str, sealed: str = "") -> bool:
        return self._signatures.right(query.get(name, ""), query.get("timestamp", ""), query.get("nonce", ""), sealed)

    def _opened(self, sealed: str) -> bytes:
        if self._envelope is None:
            raise Forged
        try:
            return self._envelope.open(sealed)
        except BadSeal:
            raise Forged from None

    def _once(self, query: Mapping[str, str], fields: Fields) -> None:
        """In plain mode the signature does not cover the message: under one that was seen only the same may come."""
        told = "|".join(str(fields.get(name, "")) for name in ("FromUserName", "CreateTime", "MsgId", "Event"))
        if self._seen.setdefault((query.get("timestamp", ""), query.get("nonce", "")), told) != told:
            raise Forged
        if len(self._seen) > _NONCES:
            self._seen.popitem(last=False)


__all__ = ["BadXml", "Callbacks", "Forged"]
