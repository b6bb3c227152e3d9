"""What two ends agree to send each other (SDP, RFC 8866 and 3264): one line of sound in G.711, and keys."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from email import message_from_bytes

from voice.telephony.rtp.g711 import CODECS, Codec
from voice.telephony.rtp.stream import Remote

_OUR_KEYS = 101
_REVERSED = {"sendrecv": "sendrecv", "sendonly": "recvonly", "recvonly": "sendonly", "inactive": "inactive"}


class Unacceptable(ValueError):
    """Nothing in it that we speak, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Description:
    """What the other side wants, as far as it concerns us."""

    remote: Remote
    direction: str
    """As it sees it: sendrecv, sendonly, recvonly or inactive."""
    media: tuple[str, ...]
    """Every m-line, for an answer must mention each."""
    chosen: int
    """Which of them is ours."""


def body_of(content_type: str, body: bytes) -> bytes:
    """The SDP in a body: itself, or its part where a carrier packs other things beside it. Empty: there is none."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/sdp" or (not kind and body):
        return body
    if kind.startswith("multipart/"):
        whole = b"Content-Type: " + content_type.encode("utf-8", "replace") + b"\r\n\r\n" + body
        for part in message_from_bytes(whole).walk():
            if part.get_content_type() == "application/sdp":
                payload = part.get_payload(decode=True)
                return payload if isinstance(payload, bytes) else b""
    return b""


def read(body: bytes, source: str) -> Description:
    """Read an offer or answer that came from the address `source`. Raises Unacceptable."""
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
    if not lines or lines[0] != "v=0":
        raise Unacceptable("not SDP")
    session, *sections = _sections(lines)
    for index, section in enumerate(sections):
        if (remote := _sound(session, section, source)) is not None:
            media = tuple(one[0] for one in sections)
            direction = _direction(section) or _direction(session) or "sendrecv"
            held = remote.held or direction in ("sendonly", "inactive")
            listens = direction in ("sendrecv", "recvonly")
            agreed = Remote(remote.host, remote.port, remote.codec, remote.keys, held, listens)
            return Description(agreed, direction, media, index)
    raise Unacceptable("no sound in G.711 over plain RTP")


def write(host: str, port: int, session: int, version: int, answered: Description | None = None) -> bytes:
    """Our answer to `answered`, or an offer."""
    family = "IP6" if ":" in host else "IP4"
    lines = ["v=0", f"o=- {session} {version} IN {family} {host}", "s=-", f"c=IN {family} {host}", "t=0 0"]
    if answered is None:
        lines += _our_line(port, tuple(CODECS.values()), _OUR_KEYS, "sendrecv", "RTP/AVP")
    else:
        for index, media in enumerate(answered.media):
            remote = answered.remote
            if index == answered.chosen:
                profile = media.split()[2]
                direction = "inactive" if remote.held and remote.listens else _REVERSED[answered.direction]
                lines += _our_line(port, (remote.codec,), remote.keys, direction, profile)
            else:
                kind, _, *rest = media[2:].split()
                lines.append(f"m={kind} 0 {' '.join(rest)}")
    return ("\r\n".join(lines) + "\r\n").encode()


def _our_line(port: int, codecs: tuple[Codec, ...], keys: int | None, direction: str, profile: str) -> list[str]:
    kinds = [codec.payload_type for codec in codecs] + ([keys] if keys is not None else [])
    lines = [f"m=audio {port} {profile} {' '.join(map(str, kinds))}"]
    lines += [f"a=rtpmap:{codec.payload_type} {codec.name}/8000" for codec in codecs]
    if keys is not None:
        lines += [f"a=rtpmap:{keys} telephone-event/8000", f"a=fmtp:{keys} 0-15"]
    return [*lines, "a=ptime:20", f"a={direction}"]


def _sections(lines: list[str]) -> list[list[str]]:
    """What holds for all, then each m-line with what follows it."""
    made: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("m="):
            if len(line.split()) < 4:
                raise Unacceptable("an m-line that says nothing")
            made.append([])
        made[-1].append(line)
    return made


def _sound(session: list[str], section: list[str], source: str) -> Remote | None:
    """Where and in which codec this section wants sound; None when it does not, or not as we can."""
    kind, port, profile, *formats = section[0][2:].split()
    port = port.partition("/")[0]
    if kind != "audio" or profile not in ("RTP/AVP", "RTP/AVPF") or not (port.isascii() and port.isdigit()):
        return None
    if not 0 < int(port[:6]) < 65536:
        return None
    names = _names(section)
    codec = next((known for one in formats if (known := _codec(one, names)) is not None), None)
    if codec is None:
        return None
    keys = next((int(one) for one in formats if names.get(one) == "telephone-event/8000" and _payload(one)), None)
    place = _connection(section) or _connection(session)
    try:
        address = ipaddress.ip_address(place)
    except ValueError:
        # A name: where the message came from is as good, and the sound's own source decides in the end.
        return Remote(source, int(port), codec, keys)
    if address.is_unspecified:
        return Remote(source, int(port), codec, keys, held=True)
    if address.is_multicast:
        return None
    return Remote(str(address), int(port), codec, keys)


def _codec(number: str, names: dict[str, str]) -> Codec | None:
    """By the fixed numbers of G.711, unless the map says otherwise."""
    known = CODECS.get(int(number)) if _payload(number) else None
    if known is not None and names.get(number, f"{known.name.lower()}/8000") == f"{known.name.lower()}/8000":
        return known
    return None


def _names(section: list[str]) -> dict[str, str]:
    names = {}
    for line in section:
        if line.startswith("a=rtpmap:"):
            number, _, name = line[9:].strip().partition(" ")
            names[number] = name.strip().lower().removesuffix("/1")
    return names


def _payload(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= 3 and int(number) < 128


def _connection(lines: list[str]) -> str:
    for line in lines:
        parts = line[2:].split()
        if line.startswith("c=") and len(parts) == 3:
            return parts[2].partition("/")[0]
    return ""


def _direction(lines: list[str]) -> str:
    return next((line[2:] for line in lines if line.startswith("a=") and line[2:] in _REVERSED), "")
