"""Proof of a password (RFC 3261, section 22), with nothing kept between question and answer."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Literal

from voice.clock import Clock
from voice.telephony.sip.message import Message, split

VALID_FOR = 60.0
_REALM = "faxian"
Verdict = Literal["good", "stale", "bad"]


class Digest:
    """A challenge is good for one Call-ID from one address, so an answer overheard opens no other call.

    MD5 alone is offered: phones that know no other fail where a second challenge names SHA-256 (libre, for one).
    """

    def __init__(self, users: Mapping[str, str], clock: Clock) -> None:
        """`users`: passwords by name."""
        self._users = users
        self._clock = clock
        self._secret = secrets.token_bytes(32)

    def challenge(self, call_id: str, source: str, *, stale: bool = False) -> str:
        """The value of WWW-Authenticate."""
        stamp = f"{int(self._clock.monotonic()):x}"
        nonce = f"{stamp}.{self._seal(stamp, call_id, source)}"
        more = ", stale=true" if stale else ""
        return f'Digest realm="{_REALM}", nonce="{nonce}", algorithm=MD5, qop="auth"{more}'

    def check(self, request: Message, source: str) -> Verdict:
        """Whether `request` proves that it knows a password."""
        verdict: Verdict = "bad"
        for value in (value for name, value in request.headers if name == "authorization"):
            scheme, _, rest = value.partition(" ")
            if scheme.lower() == "digest" and (verdict := self._one(rest, request, source)) == "good":
                break
        return verdict

    def _one(self, text: str, request: Message, source: str) -> Verdict:
        given = {}
        for part in split(text, ","):
            name, _, value = part.partition("=")
            given[name.strip().lower()] = value.strip().strip('"')
        user, nonce = given.get("username", ""), given.get("nonce", "")
        if given.get("algorithm", "MD5").upper() != "MD5" or user not in self._users or given.get("realm") != _REALM:
            return "bad"
        stamp, _, seal = nonce.partition(".")
        if not _same(seal, self._seal(stamp, request.get("call-id"), source)):
            return "stale"

        def digest(*parts: str) -> str:
            data = ":".join(parts).encode("utf-8", "surrogateescape")
            return hashlib.md5(data, usedforsecurity=False).hexdigest()

        who = digest(user, _REALM, self._users[user])
        what = digest(request.method, given.get("uri", ""))
        if "qop" in given:
            expected = digest(who, nonce, given.get("nc", ""), given.get("cnonce", ""), given["qop"], what)
        else:
            expected = digest(who, nonce, what)
        if not _same(given.get("response", "").lower(), expected):
            return "bad"
        return "good" if self._clock.monotonic() - int(stamp, 16) <= VALID_FOR else "stale"

    def _seal(self, stamp: str, call_id: str, source: str) -> str:
        data = "\0".join((stamp, call_id, source)).encode("utf-8", "surrogateescape")
        return hmac.new(self._secret, data, "sha256").hexdigest()[:32]


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode("utf-8", "surrogateescape"))
