"""Messages as phones and exchanges write them, and as nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.telephony.sip.address import Address, Uri, Via
from voice.telephony.sip.message import Malformed, Message, split

INVITE = (
    b"INVITE sip:12348@law.example SIP/2.0\r\n"
    b"v: SIP/2.0/UDP pbx_1.local:5061 ;branch=z9hG4bK1;rport, SIP/2.0/TCP [fd00::1];branch=z9hG4bK0\r\n"
    b'f: "\xc0\xee, \xc4\xb3 <x>" <sip:+86-138-0013-8000;phone-context=cn@pbx:5070;user=phone>;tag=a1\r\n'
    b"t: tel:12348\r\n"
    b"Call-ID: one\r\n"
    b"CSeq:  7   INVITE\r\n"
    b"Subject: in two\r\n"
    b"\t lines\r\n"
    b"l: 4\r\n"
    b"\r\n"
    b"bodyextra"
)


def test_short_names_odd_bytes_and_folded_lines_are_read() -> None:
    message = Message.decode(INVITE)
    assert (message.method, message.uri, message.body) == ("INVITE", "sip:12348@law.example", b"body")
    assert message.cseq == (7, "INVITE")
    assert message.get("subject") == "in two lines"
    assert len(message.all("via")) == 2
    assert b"\xc0\xee, \xc4\xb3 <x>" in message.encode()
    assert Message.decode(message.encode()).headers[:-1] == message.headers[:-1]


def test_addresses() -> None:
    message = Message.decode(INVITE)
    caller = Address.decode(message.get("from"))
    assert (caller.tag, caller.uri.number, caller.uri.host, caller.uri.port) == ("a1", "+8613800138000", "pbx", 5070)
    assert Address.decode(message.get("to")).uri.number == "12348"
    top, below = (Via.decode(one) for one in message.all("via"))
    assert (top.host, top.port, top.branch, "rport" in top.parameters) == ("pbx_1.local", 5061, "z9hG4bK1", True)
    assert (below.transport, below.host, below.port) == ("TCP", "fd00::1", None)
    assert Uri.decode("sip:anonymous@anonymous.invalid").number == ""
    assert Uri.decode("sip:host").user == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"HELLO\r\n\r\n",
        b"INVITE sip:a@b SIP/3.0\r\n\r\n",
        b"SIP/2.0 9 x\r\n\r\n",
        b"SIP/2.0 20x OK\r\n\r\n",
        b"INVITE sip:a@b SIP/2.0\r\nno colon\r\n\r\n",
        b"INVITE sip:a@b SIP/2.0\r\nContent-Length: 5\r\n\r\nfour",
        b"INVITE sip:a@b SIP/2.0\r\nContent-Length: -1\r\n\r\n",
        b"INVITE sip:a@b SIP/2.0\r\nContent-Length: \xd9\xa3\r\n\r\nabc",
        b"INVITE sip:a@b SIP/2.0\r\n" + b"x: y\r\n" * 300 + b"\r\n",
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        Message.decode(data)


@pytest.mark.parametrize(
    "text", ["", "http://a", "sip:", "sip:a b@c", "sip:a@", "sip:a@b:0", "sip:a@b:99999", "sip:a@[::1", "sip:a@b:5x"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Uri.decode(text)


def test_lists_are_taken_apart_outside_quotes_and_brackets() -> None:
    assert split(r'"a, \" b" <sip:x,y>;q=1, c ,, d', ",") == [r'"a, \" b" <sip:x,y>;q=1', "c", "d"]


NAMES = st.sampled_from(["via", "from", "to", "call-id", "cseq", "contact", "x-other", "require", "record-route"])
VALUES = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=("Cs",)), max_size=60).map(str.strip)


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=20), st.binary(max_size=200))
def test_what_is_written_is_read_back(headers: list[tuple[str, str]], body: bytes) -> None:
    headers = [(name, value) for name, value in headers if value.isprintable()]
    made = Message("OPTIONS", "sip:a@b", headers=tuple(headers), body=body)
    read = Message.decode(made.encode())
    assert read.headers == (*made.headers, ("content-length", str(len(body))))
    assert read.body == body


@settings(deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        Message.decode(b"INVITE sip:a@b SIP/2.0\r\n" + data)
    except Malformed:
        return


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_an_address_or_is_not(text: str) -> None:
    for reader in (Address.decode, Via.decode, Uri.decode):
        try:
            reader(text)
        except Malformed:
            continue
