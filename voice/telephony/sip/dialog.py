"""What both ends of a SIP call must remember to name it (RFC 3261, section 12)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from voice.telephony.sip.address import Address, Uri
from voice.telephony.sip.message import Malformed, Message
from voice.telephony.sip.transport import Peer


@dataclass(slots=True)
class Dialog:
    """Our end is the one that was called."""

    call_id: str
    tag: str
    """Ours."""
    local: str
    """To of the INVITE with our tag: From of what we send."""
    remote: str
    """From of the INVITE."""
    remote_tag: str
    target: Uri
    """Contact of the other side."""
    routes: tuple[str, ...]
    source: Peer
    """Where the INVITE came from."""
    sequence: int = 0
    """Of our last request."""
    heard: int = 0
    """Of the last request that came."""
    contact: str = field(default="")

    @classmethod
    def of(cls, invite: Message, tag: str, peer: Peer) -> Dialog:
        """Raises Malformed when the INVITE does not say who and where it is."""
        contacts = invite.all("contact")
        if not contacts:
            raise Malformed("no Contact")
        caller = Address.decode(invite.get("from"))
        Address.decode(invite.get("to"))
        return cls(
            call_id=invite.get("call-id"),
            tag=tag,
            local=f"{invite.get('to')};tag={tag}",
            remote=invite.get("from"),
            remote_tag=caller.tag,
            target=Address.decode(contacts[0]).uri,
            routes=tuple(invite.all("record-route")),
            source=peer,
            heard=invite.cseq[0],
        )

    def moved(self, request: Message) -> None:
        """A request within the call may name a new place to reach the other side. Raises Malformed."""
        if contacts := request.all("contact"):
            self.target = Address.decode(contacts[0]).uri

    def request(self, method: str, headers: tuple[tuple[str, str], ...] = (), body: bytes = b"") -> Message:
        """The next request of ours, still without a Via."""
        self.sequence += 1
        uri, routes = self.target.text, self.routes
        if routes and "lr" not in Address.decode(routes[0]).uri.parameters:
            # A strict router of the old standard wants to be the address itself.
            uri, routes = Address.decode(routes[0]).uri.text, (*routes[1:], f"<{self.target.text}>")
        own = (
            ("max-forwards", "70"),
            *(("route", route) for route in routes),
            ("from", self.local),
            ("to", self.remote),
            ("call-id", self.call_id),
            ("cseq", f"{self.sequence} {method}"),
            ("contact", self.contact),
        )
        return Message(method, uri, headers=(*own, *headers), body=body)

    def next_hop(self) -> Peer:
        """Where our requests go: the first proxy that wants to stay in the way, or the other side itself.

        A Contact that is not where the INVITE came from lies behind a router, or is a name: the source is as near as we
        get, and right with everything that answers at the port it sends from.
        """
        if self.source.protocol == "tcp":
            return self.source
        uri = Address.decode(self.routes[0]).uri if self.routes else self.target
        try:
            host = str(ipaddress.ip_address(uri.host))
        except ValueError:
            return self.source
        if self.routes or host == self.source.host:
            return Peer("udp", host, uri.port or 5060)
        return self.source
