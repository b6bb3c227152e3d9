"""The OpenID Connect provider over the network: discovery, keys, and codes changed for ID tokens."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
from joserfc.jwk import KeySet

from bot.clock import Clock
from bot.desk.accounts import LoginRefused
from bot.desk.id_token import BadToken, Identity, UnknownKey, identity, key_set
from bot.safe_log import log_failure
from bot.settings import Settings, safe_address

RETURN_PATH = "/desk/login/oidc/return"
_TIMEOUT = aiohttp.ClientTimeout(total=10)
_KEPT = 3600.0
"""Seconds for which what the provider says of itself is kept."""
_KEYS_AGAIN = 60.0
"""Seconds between fetching keys anew because of a token signed by one we do not know."""
_LOG = logging.getLogger(__name__)


class OidcProvider:
    """Implements `bot.desk.oidc.Provider`. `close` it at the end."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._issuer = settings.oidc_issuer
        self._client = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._back = settings.public_url.rstrip("/") + RETURN_PATH
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._about: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._fetching = asyncio.Lock()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def address(self, state: str, nonce: str, challenge: str) -> str:
        """Where to send the browser. Raises LoginRefused."""
        asked = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": self._back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        start = (await self._discovered())["authorization_endpoint"]
        return f"{start}{'&' if urlsplit(start).query else '?'}{urlencode(asked)}"

    async def identity(self, code: str, verifier: str, nonce: str) -> Identity:
        """Whom the code stands for. Raises LoginRefused."""
        about = await self._discovered()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "client_id": self._client,
            "code_verifier": verifier,
        }
        answer = await self._json("POST", about["token_endpoint"], form)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise self._refusal("no ID token")
        try:
            try:
                return self._read(token, await self._known_keys(about, fresh=False), nonce)
            except UnknownKey:
                return self._read(token, await self._known_keys(about, fresh=True), nonce)
        except BadToken as error:
            raise self._refusal(str(error)) from None

    def _read(self, token: str, keys: KeySet, nonce: str) -> Identity:
        now = int(self._clock.now().timestamp())
        return identity(token, keys, issuer=self._issuer, client=self._client, nonce=nonce, now=now)

    async def _discovered(self) -> dict[str, Any]:
        async with self._fetching:
            now = self._clock.monotonic()
            if self._about is None or now - self._about[0] > _KEPT:
                about = await self._json("GET", self._issuer.rstrip("/") + "/.well-known/openid-configuration")
                ends = [about.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
                if about.get("issuer") != self._issuer or not all(
                    isinstance(end, str) and safe_address(end) for end in ends
                ):
                    raise self._refusal("the discovery document names another issuer, or an address without TLS")
                self._about = now, about
            return self._about[1]

    async def _known_keys(self, about: dict[str, Any], *, fresh: bool) -> KeySet:
        async with self._fetching:
            now = self._clock.monotonic()
            if self._keys is None or now - self._keys[0] > (_KEYS_AGAIN if fresh else _KEPT):
                self._keys = now, key_set(await self._json("GET", about["jwks_uri"]))
            return self._keys[1]

    async def _json(self, method: str, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        headers = {"Accept": "application/json"}
        if form is not None and self._secret:  # each quoted first: RFC 6749, section 2.3.1
            headers["Authorization"] = aiohttp.encode_basic_auth(quote(self._client, ""), quote(self._secret, ""))
        try:
            async with self._session.request(
                method, address, data=form, allow_redirects=False, headers=headers
            ) as answer:
                if answer.status != 200:
                    raise self._refusal(f"{method} answered {answer.status}")
                body = json.loads(await answer.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log_failure(_LOG, "the OIDC provider does not answer", error)
            raise LoginRefused("统一登录暂时不可用，请稍后再试，或用账号密码登录。") from None
        if not isinstance(body, dict):
            raise self._refusal("no JSON object")
        return body

    def _refusal(self, why: str) -> LoginRefused:
        _LOG.warning("sign-in by the OIDC provider refused: %s", why)
        return LoginRefused("统一登录没有成功，请再试一次；一直不行请联系管理员。")
