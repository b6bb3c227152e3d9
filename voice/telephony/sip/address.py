"""Addresses and parameters in SIP headers (RFC 3261, sections 19.1 and 20)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from voice.telephony.sip.message import Malformed, split


@dataclass(frozen=True, slots=True)
class Uri:
    """`sip:user@host:port;parameters`; of `tel:` the number is the user."""

    text: str
    scheme: str
    user: str
    host: str
    port: int | None
    parameters: dict[str, str]

    @classmethod
    def decode(cls, text: str) -> Uri:
        """Raises Malformed."""
        scheme, colon, rest = text.strip().partition(":")
        scheme = scheme.lower()
        if not colon or scheme not in ("sip", "sips", "tel") or not rest or any(letter <= " " for letter in rest):
            raise Malformed("not an address we can call")
        if scheme == "tel":
            number, *more = rest.split(";")
            return cls(text.strip(), scheme, number, "", None, _parameters(more))
        user, at, place = rest.rpartition("@")
        host_port, *more = place.partition("?")[0].split(";")
        host, port = host_and_port(host_port)
        return cls(text.strip(), scheme, unquote(user.partition(":")[0]) if at else "", host, port, _parameters(more))

    @property
    def number(self) -> str:
        """The telephone number in it, without marks for the eye; empty when it bears a name and no number."""
        plain = self.user.partition(";")[0]
        for mark in "-.() ":
            plain = plain.replace(mark, "")
        digits = plain.removeprefix("+")
        return plain if digits.isascii() and digits.replace("*", "").replace("#", "").isdigit() else ""


@dataclass(frozen=True, slots=True)
class Address:
    """`"Name" <uri>;parameters` as in From, To and Contact; the name is not used and not kept."""

    uri: Uri
    parameters: dict[str, str]

    @classmethod
    def decode(cls, text: str) -> Address:
        """Raises Malformed."""
        first, *more = split(text, ";") or [""]
        start, end = first.rfind("<"), first.rfind(">")
        inner = first[start + 1 : end] if 0 <= start < end else first
        return cls(Uri.decode(inner), _parameters(more))

    @property
    def tag(self) -> str:
        """Which end of a call it names; empty before that is settled."""
        return self.parameters.get("tag", "")


@dataclass(frozen=True, slots=True)
class Via:
    """Where a response goes."""

    transport: str
    host: str
    port: int | None
    parameters: dict[str, str]

    @classmethod
    def decode(cls, text: str) -> Via:
        """Raises Malformed."""
        first, *more = split(text, ";") or [""]
        protocol, _, place = " ".join(first.split()).rpartition(" ")
        parts = [part.strip().upper() for part in protocol.split("/")]
        if len(parts) != 3 or parts[:2] != ["SIP", "2.0"]:
            raise Malformed("Via cannot be read")
        host, port = host_and_port(place)
        return cls(parts[2], host, port, _parameters(more))

    @property
    def branch(self) -> str:
        """Which transaction; empty from very old phones."""
        return self.parameters.get("branch", "")


def host_and_port(text: str) -> tuple[str, int | None]:
    """`host`, `host:port`, `[v6]:port`. Raises Malformed."""
    text = text.strip()
    if text.startswith("["):
        host, closed, rest = text[1:].partition("]")
        port = rest.removeprefix(":") if closed else "?"
    else:
        host, _, port = text.partition(":")
    if not host or (port and not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536)):
        raise Malformed("host and port cannot be read")
    return host.lower(), int(port) if port else None


def _parameters(parts: list[str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        made.setdefault(name.strip().lower(), value.strip().strip('"'))
    return made
