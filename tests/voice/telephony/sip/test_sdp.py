"""Offers as phones and exchanges make them, and answers to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.telephony.rtp.g711 import PCMA, PCMU
from voice.telephony.sip.sdp import Unacceptable, body_of, read, write

HEAD = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n"
SOUND = "m=audio 4000 RTP/AVP 96 0 8 101\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n"


def offer(text: str) -> bytes:
    return (HEAD + text).encode()


def test_the_first_codec_we_speak_is_taken() -> None:
    found = read(offer(SOUND), "1.2.3.4")
    assert (found.remote.host, found.remote.port, found.remote.codec) == ("10.0.0.1", 4000, PCMU)
    assert (found.remote.keys, found.direction, found.remote.held) == (101, "sendrecv", False)
    assert read(offer(SOUND.replace("0 8", "8 0")), "").remote.codec == PCMA


def test_every_line_is_answered_and_only_ours_accepted() -> None:
    text = "m=video 5000 RTP/AVP 31\r\n" + SOUND + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
    answer = write("127.0.0.1", 10_002, 5, 1, read(offer(text), "")).decode()
    lines = [line for line in answer.splitlines() if line.startswith("m=")]
    assert lines == [
        "m=video 0 RTP/AVP 31",
        "m=audio 10002 RTP/AVP 0 101",
        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
    ]


def test_keys_are_answered_under_the_number_that_was_offered() -> None:
    text = SOUND.replace("101", "97")
    assert b"m=audio 10 RTP/AVP 0 97\r\n" in write("127.0.0.1", 10, 1, 1, read(offer(text), ""))
    without = read(offer("m=audio 4000 RTP/AVP 8\r\n"), "")
    assert without.remote.keys is None
    assert b"telephone-event" not in write("127.0.0.1", 10, 1, 1, without)


@pytest.mark.parametrize(
    ("asked", "answered", "held", "listens"),
    [
        ("sendrecv", "sendrecv", False, True),
        ("sendonly", "recvonly", True, False),
        ("recvonly", "sendonly", False, True),
        ("inactive", "inactive", True, False),
    ],
)
def test_directions(asked: str, answered: str, held: bool, listens: bool) -> None:
    found = read(offer(SOUND + f"a={asked}\r\n"), "")
    assert (found.remote.held, found.remote.listens) == (held, listens)
    assert f"a={answered}\r\n".encode() in write("127.0.0.1", 10, 1, 1, found)
    above = read((HEAD + f"a={asked}\r\n" + SOUND).encode(), "")
    assert above.direction == asked


def test_addresses_of_their_own_and_of_no_use() -> None:
    assert read(offer(SOUND + "c=IN IP6 fd00::5\r\n"), "").remote.host == "fd00::5"
    assert read(offer(SOUND + "c=IN IP4 media.example\r\n"), "1.2.3.4").remote.host == "1.2.3.4"
    zero = read(offer(SOUND + "c=IN IP4 0.0.0.0\r\n"), "1.2.3.4").remote
    assert (zero.host, zero.held) == ("1.2.3.4", True)
    assert b"c=IN IP6 fd00::9\r\n" in write("fd00::9", 10, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "m=audio\r\n",
        "m=audio 0 RTP/AVP 8\r\n",
        "m=audio 4000 RTP/SAVP 8\r\n",
        "m=audio 4000 RTP/AVP 18\r\n",
        "m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/16000\r\n",
        "m=audio 99999 RTP/AVP 8\r\n",
        "m=audio 4000 RTP/AVP 8\r\nc=IN IP4 224.0.0.1\r\n",
        "m=video 4000 RTP/AVP 8\r\n",
    ],
)
def test_what_we_cannot_do_is_refused(text: str) -> None:
    with pytest.raises(Unacceptable):
        read(offer(text), "1.2.3.4")


def test_a_body_may_be_wrapped() -> None:
    parts = b"Content-Type: application/sdp\r\n\r\nv=0\r\nx", b"Content-Type: application/isup\r\n\r\n\1\2"
    wrapped = b"--b\r\n" + b"\r\n--b\r\n".join(parts) + b"\r\n--b--\r\n"
    assert body_of("multipart/mixed;boundary=b", wrapped).startswith(b"v=0")
    assert body_of("application/sdp; charset=utf-8", b"v=0") == b"v=0"
    assert body_of("text/plain", b"v=0") == b""
    assert body_of("multipart/mixed", b"v=0") == b""
    assert body_of("", b"") == b""


LINES = st.one_of(
    st.sampled_from(
        ["m=audio 4000 RTP/AVP 8", "c=IN IP4 1.2.3.4", "a=sendonly", "a=rtpmap:8 PCMA/8000", "m=audio", "c="]
    ),
    st.text(st.characters(exclude_characters="\n\r"), max_size=40),
    st.tuples(st.sampled_from(["m=", "c=", "a=", "a=rtpmap:"]), st.text(max_size=30)).map("".join),
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=12))
def test_any_description_is_read_or_refused(lines: list[str]) -> None:
    try:
        found = read(("v=0\r\n" + "\r\n".join(lines)).encode("utf-8", "replace"), "1.2.3.4")
    except Unacceptable:
        return
    write("127.0.0.1", 4000, 1, 1, found)


@settings(deadline=None)
@given(st.text(max_size=60), st.binary(max_size=200))
def test_any_body_has_a_description_or_none(kind: str, body: bytes) -> None:
    assert isinstance(body_of("multipart/" + kind, body), bytes)
