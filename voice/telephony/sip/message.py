"""A SIP message (RFC 3261, section 7), read forgivingly and written strictly."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 65_535
_MAX_HEADERS = 200
_COMPACT = {
    "a": "accept-contact", "b": "referred-by", "c": "content-type", "d": "request-disposition", "e": "content-encoding",
    "f": "from", "i": "call-id", "j": "reject-contact", "k": "supported", "l": "content-length", "m": "contact",
    "o": "event", "r": "refer-to", "s": "subject", "t": "to", "u": "allow-events", "v": "via", "x": "session-expires",
}  # fmt: skip
_LISTS = frozenset({"via", "route", "record-route", "contact", "require", "supported", "allow"})
_SPELLED = {"call-id": "Call-ID", "cseq": "CSeq", "www-authenticate": "WWW-Authenticate"}


class Malformed(ValueError):
    """What came is no SIP message, or one of its headers cannot be read."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request (`method` and `uri`) or a response (`status` and `reason`).

    Text is kept as it came, bytes that are no UTF-8 included: exchanges here send names in GBK, and what is sent back
    must be what was sent.
    """

    method: str = ""
    uri: str = ""
    status: int = 0
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case and in full."""
    body: bytes = b""

    def get(self, name: str) -> str:
        """The first value of a header; empty where it is absent."""
        return next((value for known, value in self.headers if known == name), "")

    def all(self, name: str) -> list[str]:
        """Every value of a header, in order; lists in one line are taken apart."""
        values = [value for known, value in self.headers if known == name]
        return [part for value in values for part in split(value, ",")] if name in _LISTS else values

    @property
    def cseq(self) -> tuple[int, str]:
        """Number and method. Raises Malformed."""
        number, _, method = self.get("cseq").partition(" ")
        if not (number.isascii() and number.isdigit() and len(number) <= 10 and method.strip()):
            raise Malformed("CSeq cannot be read")
        return int(number), method.strip()

    def encode(self) -> bytes:
        """As it goes over the wire, its length stated."""
        first = f"{self.method} {self.uri} SIP/2.0" if self.method else f"SIP/2.0 {self.status} {self.reason}"
        lines = [first, *(f"{_spelled(name)}: {value}" for name, value in self.headers if name != "content-length")]
        head = "\r\n".join([*lines, f"Content-Length: {len(self.body)}", "", ""])
        return head.encode("utf-8", "surrogateescape") + self.body

    @classmethod
    def decode(cls, data: bytes) -> Message:
        """Read one whole message. Raises Malformed."""
        head, found, body = data.partition(b"\r\n\r\n")
        if not found:
            head, found, body = data.partition(b"\n\n")
        lines = _unfolded(head.decode("utf-8", "surrogateescape"))
        first = lines[0].split(" ", 2) if lines else []
        if len(first) != 3 or len(lines) > _MAX_HEADERS or "\0" in lines[0]:
            raise Malformed("no start line")
        headers = []
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            name = name.strip().lower()
            if not colon or not name or not name.isascii() or " " in name:
                raise Malformed("a header without a name")
            headers.append((_COMPACT.get(name, name), value.strip()))
        known = dict(reversed(headers))
        if length := known.get("content-length", ""):
            if not (length.isascii() and length.isdigit() and len(length) < 7) or int(length) > len(body):
                raise Malformed("Content-Length does not fit")
            body = body[: int(length)]
        if first[0] == "SIP/2.0":
            if not (first[1].isascii() and first[1].isdigit() and 100 <= int(first[1][:4]) <= 699):
                raise Malformed("no such status")
            return cls("", "", int(first[1]), first[2], tuple(headers), body)
        if first[2] != "SIP/2.0" or not first[0].isascii() or not first[0].replace("-", "").isalnum():
            raise Malformed("neither request nor response")
        return cls(first[0], first[1], 0, "", tuple(headers), body)


def split(value: str, mark: str) -> list[str]:
    """Parts between marks that stand neither in quotes nor in angle brackets; stripped, empty ones dropped."""
    parts, start, quoted, inside, escaped = [], 0, False, False, False
    for place, letter in enumerate(value):
        if escaped:
            escaped = False
        elif quoted:
            escaped, quoted = letter == "\\", letter != '"'
        elif letter == '"':
            quoted = True
        elif letter in "<>":
            inside = letter == "<"
        elif letter == mark and not inside:
            parts.append(value[start:place].strip())
            start = place + 1
    parts.append(value[start:].strip())
    return [part for part in parts if part]


def _unfolded(head: str) -> list[str]:
    """The lines of a header, those that go on in the next made one."""
    lines: list[str] = []
    for line in head.replace("\r\n", "\n").replace("\r", " ").split("\n"):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] += " " + line.strip()
        elif line or lines:
            lines.append(line)
    return [line for line in lines if line]


def _spelled(name: str) -> str:
    return _SPELLED.get(name) or "-".join(part.capitalize() for part in name.split("-"))
