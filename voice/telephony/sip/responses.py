"""Responses, and what must be noted on a request before it can be answered."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from voice.telephony.sip.address import Address, Via
from voice.telephony.sip.message import Malformed, Message
from voice.telephony.sip.transport import Peer

ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, NOTIFY"
_REASONS = {
    100: "Trying", 180: "Ringing", 200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
    405: "Method Not Allowed", 415: "Unsupported Media Type", 420: "Bad Extension", 481: "Call Does Not Exist",
    486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here", 489: "Bad Event",
    500: "Server Internal Error", 503: "Service Unavailable",
}  # fmt: skip
_COPIED = ("via", "from", "call-id", "cseq")


def stamped(request: Message, peer: Peer) -> Message:
    """The request with its true source noted in the topmost Via (RFC 3581). Raises Malformed."""
    vias = request.all("via")
    if not vias:
        raise Malformed("no Via")
    top = Via.decode(vias[0])
    text = vias[0]
    if "rport" in top.parameters:
        head, _, tail = text.partition(";")
        kept = [part for part in tail.split(";") if part.strip().lower().partition("=")[0] not in ("rport", "received")]
        text = ";".join([head, *kept, f"received={peer.host}", f"rport={peer.port}"])
    elif top.host != peer.host.lower():
        text += f";received={peer.host}"
    others = tuple(pair for pair in request.headers if pair[0] != "via")
    return replace(request, headers=(("via", text), *(("via", via) for via in vias[1:]), *others))


def response(
    request: Message, status: int, tag: str = "", headers: tuple[tuple[str, str], ...] = (), body: bytes = b""
) -> Message:
    """An answer to `request`; `tag` names our end where To does not yet."""
    to = request.get("to")
    if tag and ";tag=" not in to.rpartition(">")[2].replace(" ", "").lower():
        to += f";tag={tag}"
    copied = [(name, value) for wanted in _COPIED for name, value in request.headers if name == wanted]
    # Record-Route goes back with what makes a dialog.
    routes = [pair for pair in request.headers if pair[0] == "record-route" and 100 < status < 300]
    return Message("", "", status, _REASONS[status], (*copied, ("to", to), *routes, *headers), body)


def where(request: Message, peer: Peer) -> Peer:
    """Where the response to a stamped request goes."""
    if peer.protocol == "tcp":
        return peer
    top = Via.decode(request.all("via")[0])
    if "rport" in top.parameters:
        return peer
    return Peer("udp", peer.host, top.port or 5060)


def refusal(request: Message, status: int, headers: tuple[tuple[str, str], ...] = ()) -> Message:
    """An answer that leaves nothing behind: asked again, the same comes again, tag included."""
    name = "\0".join((request.get("call-id"), request.get("cseq"), request.get("from")))
    tag = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return response(request, status, tag, headers)


def invite_key(request: Message) -> tuple[str, ...]:
    """What an INVITE, its repeats and its CANCEL have in common. Raises Malformed."""
    branch = Via.decode(request.all("via")[0]).branch
    return (branch, request.get("call-id"), str(request.cseq[0]), Address.decode(request.get("from")).tag)
