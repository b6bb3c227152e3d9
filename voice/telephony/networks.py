"""Addresses that may bring calls."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Networks:
    """A list such as `127.0.0.0/8, 10.1.2.3`."""

    known: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]

    @classmethod
    def decode(cls, text: str) -> Networks:
        """Raises ValueError, naming the part that is no address."""
        return cls(tuple(ipaddress.ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip()))

    def __contains__(self, host: str) -> bool:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return any(address in network for network in self.known if network.version == address.version)
