"""The ID token of an OpenID Connect provider: whom it names, once everything about it is proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, KeySet

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures by a key pair. Not "none"; not HS256, whose key would be a public one here."""
LEEWAY = 60
"""Seconds by which the provider's clock may differ."""
_SIGNING = ("RSA", "EC")
_SEVERAL = frozenset(("mfa", "otp", "hwk"))
"""Values of `amr` (RFC 8176) that mean a second factor was shown."""


class BadToken(Exception):
    """The token proves nothing; the message says why, for our log."""


class UnknownKey(BadToken):
    """It is signed by a key that is not among those given; the provider may have new ones."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token names."""

    subject: str
    email: str
    """"" unless the provider has verified it."""
    several_factors: bool


def key_set(document: Mapping[str, Any]) -> KeySet:
    """The provider's keys for signatures. Raises BadToken when the document is none."""
    found = document.get("keys")
    if not isinstance(found, list):
        raise BadToken("the key set has no keys")
    try:
        return KeySet(
            [
                JWKRegistry.import_key(one)
                for one in found
                if isinstance(one, dict) and one.get("kty") in _SIGNING and one.get("use", "sig") == "sig"
            ]
        )
    except (JoseError, ValueError, TypeError) as error:
        raise BadToken(f"a key cannot be read: {type(error).__name__}") from None


def identity(token: str, keys: KeySet, *, issuer: str, client: str, nonce: str, now: int) -> Identity:
    """As OpenID Connect Core 1.0, section 3.1.3.7 asks. Raises BadToken."""
    try:
        claims = jwt.decode(token, _only(keys), algorithms=list(ALGORITHMS)).claims
        jwt.JWTClaimsRegistry(
            now=now,
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
    except InvalidKeyIdError:
        raise UnknownKey("signed by an unknown key") from None
    except (JoseError, ValueError, TypeError) as error:
        raise BadToken(f"{type(error).__name__}: {error}"[:200]) from None
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client:
        raise BadToken("for several audiences, and issued to another")
    if "azp" in claims and claims["azp"] != client:
        raise BadToken("issued to another")
    email, methods = claims.get("email"), claims.get("amr")
    return Identity(
        claims["sub"],
        email.casefold() if isinstance(email, str) and claims.get("email_verified") is True else "",
        isinstance(methods, list) and bool(_SEVERAL & {one for one in methods if isinstance(one, str)}),
    )


def _only(keys: KeySet) -> Any:
    """The keys; of a single one, that one, since then the token need not name it."""
    if not keys.keys:
        raise BadToken("the provider has no key for signatures")
    return keys.keys[0] if len(keys.keys) == 1 and not keys.keys[0].kid else keys
