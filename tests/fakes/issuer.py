"""An OpenID Connect provider on loopback that can be told to do wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from yarl import URL

CLIENT, SECRET = "faxian", "the client's secret"


class Issuer:
    """Signs in whoever comes as `claims` says."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
        self.claims: dict[str, Any] = {"sub": "user-1", "email": "Zhou@Example.org", "email_verified": True}
        self.changed: dict[str, Any] = {}
        """Claims set after all others; None leaves one out."""
        self.algorithm = "RS256"
        self.signed_by: Any = None
        """Another key than the one published."""
        self.document: dict[str, Any] = {}
        """What discovery says besides or instead."""
        self.down = False
        self.codes: dict[str, dict[str, str]] = {}
        self.keys_asked = 0
        self.server: Any = None

    @property
    def address(self) -> str:
        """The issuer."""
        return str(self.server.make_url("")).rstrip("/")

    def allow(self, address: str) -> dict[str, str]:
        """What the person does at the provider: the query with which their browser comes back."""
        asked = dict(URL(address).query)
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return {"state": asked["state"], "code": code}

    async def _discovery(self, _request: web.Request) -> web.Response:
        if self.down:
            raise web.HTTPServiceUnavailable
        said = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }
        return web.json_response(said | self.document)

    async def _keys(self, _request: web.Request) -> web.Response:
        self.keys_asked += 1
        return web.json_response({"keys": [self.key.as_dict(private=False), {"kty": "unheard of", "kid": "x"}]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = self.codes.pop(str(form["code"]), None)
        proved = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20').replace(chr(39), '%27')}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or request.headers.get("Authorization") != f"Basic {proved}"
            or challenge.decode() != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response(
            {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(asked["nonce"])}
        )

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce} | self.claims
        said = {name: value for name, value in (said | self.changed).items() if value is not None}
        if self.algorithm == "none":
            header = {"alg": "none", "kid": "k1"}
            parts = (base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in (header, said))
            return ".".join((*parts, ""))
        if self.algorithm == "HS256":  # by the public key, which everybody has
            shared = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": "k1"}, said, shared, algorithms=["HS256"])
        key = self.signed_by or self.key
        return jwt.encode({"alg": self.algorithm, "kid": key.kid}, said, key, algorithms=[self.algorithm])


def other_key(kid: str = "k1") -> RSAKey:
    """A key that the provider does not publish."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


def curve_key() -> ECKey:
    """Another kind of key."""
    return ECKey.generate_key("P-256", {"kid": "e1", "use": "sig"})


@asynccontextmanager
async def issuing() -> AsyncIterator[Issuer]:
    """One that runs."""
    issuer = Issuer()
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", issuer._discovery)
    app.router.add_get("/keys", issuer._keys)
    app.router.add_post("/token", issuer._token)
    async with TestServer(app) as server:
        issuer.server = server
        yield issuer
