"""Signatures, seals and XML: what is the provider's is read, whatever else comes is refused and says nothing."""

from __future__ import annotations

import base64
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from channels.wechat.account import Account
from channels.wechat.callback import Callbacks, Forged
from channels.wechat.envelope import BadSeal, Envelope
from channels.wechat.received import Received, read
from channels.wechat.signature import STALE, Signatures, sign
from channels.wechat.xml import LARGEST, BadXml, read_xml, write_xml
from tests.fakes.clock import VirtualClock
from tests.fakes.wechat import AES_KEY, APPID, TOKEN

KEY = base64.b64decode(AES_KEY + "=")
CLOCK = VirtualClock()
NOW = str(int(CLOCK.now().timestamp()))
PLAIN = Account(APPID, TOKEN, "s", None, "https://api.weixin.qq.com")
SEALED = Account(APPID, TOKEN, "s", KEY, "https://api.weixin.qq.com")
FIELDS: dict[str, str | int] = {
    "ToUserName": "gh_1",
    "FromUserName": "oCitizen",
    "CreateTime": 1760000000,
    "MsgType": "text",
    "Content": "老板欠我工资]]>",
    "MsgId": "123",
}
texts = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300)


def query(stamp: str = NOW, nonce: str = "n1", **also: str) -> dict[str, str]:
    return {"signature": sign(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, **also}


def test_the_address_is_proved_by_an_echo() -> None:
    assert Callbacks(PLAIN, CLOCK).echo(query(echostr="12345")) == "12345"
    sealed = Envelope(KEY, APPID).seal("6789")
    enterprise = {"msg_signature": sign(TOKEN, NOW, "n", sealed), "timestamp": NOW, "nonce": "n", "echostr": sealed}
    assert Callbacks(SEALED, CLOCK).echo(enterprise) == "6789"


@pytest.mark.parametrize("changed", ["signature", "timestamp", "nonce"])
@given(value=st.text(max_size=60))
def test_a_changed_request_is_refused(changed: str, value: str) -> None:
    asked = query(echostr="12345")
    if asked[changed] == value:
        return
    with pytest.raises(Forged):
        Callbacks(PLAIN, CLOCK).echo(asked | {changed: value})


@pytest.mark.parametrize("seconds", [-STALE - 1, STALE + 1])
def test_a_stale_signature_is_refused(seconds: int) -> None:
    stamp = str(int((CLOCK.now() + timedelta(seconds=seconds)).timestamp()))
    assert not Signatures(TOKEN, CLOCK).right(sign(TOKEN, stamp, "n"), stamp, "n")
    assert Signatures(TOKEN, CLOCK).right(sign(TOKEN, NOW, "n"), NOW, "n")


def test_in_plain_mode_a_signature_carries_no_other_message() -> None:
    callbacks = Callbacks(PLAIN, CLOCK)
    asked = query()
    assert read(callbacks.read(asked, write_xml(FIELDS).encode())).text == "老板欠我工资]]>"
    assert callbacks.read(asked, write_xml(FIELDS).encode())["MsgId"] == "123"  # the provider's second try
    with pytest.raises(Forged):
        callbacks.read(asked, write_xml(FIELDS | {"MsgId": "124"}).encode())
    with pytest.raises(Forged):
        callbacks.read(asked, write_xml(FIELDS | {"FromUserName": "oOther"}).encode())


def test_with_a_key_nothing_plain_is_believed() -> None:
    with pytest.raises(Forged):
        Callbacks(SEALED, CLOCK).read(query(), write_xml(FIELDS).encode())


def test_the_sealed_half_counts_in_compatible_mode() -> None:
    sealed = Envelope(KEY, APPID).seal(write_xml(FIELDS))
    body = write_xml({**FIELDS, "Content": "somebody changed this", "Encrypt": sealed}).encode()
    asked = query(msg_signature=sign(TOKEN, NOW, "n1", sealed))
    assert read(Callbacks(SEALED, CLOCK).read(asked, body)).text == "老板欠我工资]]>"
    with pytest.raises(Forged):
        Callbacks(SEALED, CLOCK).read(asked | {"msg_signature": "0" * 40}, body)


def test_an_answer_is_read_by_the_providers_library() -> None:
    answer = Callbacks(SEALED, CLOCK).answer(write_xml({"Content": "好的]]>", "CreateTime": 1}))
    outer = read_xml(answer)
    library = WeChatCrypto(TOKEN, AES_KEY, APPID)
    opened = library.decrypt_message(answer, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
    assert read_xml(opened) == {"Content": "好的]]>", "CreateTime": "1"}


def test_what_the_providers_library_seals_is_opened() -> None:
    sealed = read_xml(WeChatCrypto(TOKEN, AES_KEY, APPID).encrypt_message("<xml><a>你好</a></xml>", "n", NOW))
    assert Envelope(KEY, APPID).open(str(sealed["Encrypt"])).decode() == "<xml><a>你好</a></xml>"


@given(texts)
def test_what_is_sealed_opens(text: str) -> None:
    assert Envelope(KEY, APPID).open(Envelope(KEY, APPID).seal(text)).decode() == text


@given(texts, st.data())
def test_one_changed_byte_of_what_is_sealed_never_gives_an_error_of_another_kind(
    text: str, data: st.DataObject
) -> None:
    raw = bytearray(base64.b64decode(Envelope(KEY, APPID).seal(text)))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        opened = Envelope(KEY, APPID).open(base64.b64encode(bytes(raw)).decode())
    except BadSeal:
        return
    # CBC without a signature: what was said may change, but nothing else happens.
    assert len(opened) <= len(raw)


@given(st.text(max_size=200) | st.binary(max_size=300).map(lambda one: base64.b64encode(one).decode()))
def test_anything_else_does_not_open(sealed: str) -> None:
    with pytest.raises(BadSeal):
        Envelope(KEY, APPID).open(sealed)


def test_another_accounts_message_and_wrong_padding_do_not_open() -> None:
    with pytest.raises(BadSeal):
        Envelope(KEY, APPID).open(Envelope(KEY, "wxOther").seal("x"))
    from wechatpy.crypto.base import WeChatCipher

    inside = b"r" * 16 + (1).to_bytes(4, "big") + b"x" + APPID.encode()
    for pad in (b"\0" * 32, b"\x21" * 33, b"\x02\x03", b"\xff" * 255):
        block = (inside + pad)[: len(inside + pad) // 32 * 32]
        with pytest.raises(BadSeal):
            Envelope(KEY, APPID).open(base64.b64encode(WeChatCipher(KEY).encrypt(block)).decode())


@given(st.dictionaries(st.from_regex("[A-Z][A-Za-z]{0,8}", fullmatch=True), texts, min_size=1, max_size=5))
def test_what_is_written_is_read(fields: dict[str, str]) -> None:
    found = read_xml(write_xml(fields))
    for name, text in fields.items():
        kept = "".join(one for one in text if one in "\t\n\r" or (one >= "\x20" and one not in "\ufffe\uffff"))
        assert str(found[name]) == kept.replace("\r\n", "\n").replace("\r", "\n")


BOMBS = {
    "billion laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><xml><Content>&b;</Content></xml>',
    "external entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>',
    "external dtd": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xml><Content>x</Content></xml>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;]><xml><a>x</a></xml>',
    "deep": "<xml>" + "<a>" * 3000 + "</a>" * 3000 + "</xml>",
    "wide": "<xml>" + "<a/>" * 5000 + "</xml>",
    "long": "<xml><a>" + "x" * LARGEST + "</a></xml>",
    "no fields": "<xml>text</xml>",
    "nothing": "",
    "an attribute as large": f'<xml a="{"x" * LARGEST}"><b>1</b></xml>',
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused(name: str) -> None:
    with pytest.raises(BadXml):
        read_xml(BOMBS[name].encode())


@pytest.mark.parametrize(
    "body", [b"\xff\xfe<\0x\0", b"<xml><a>\xe4\xbd</a></xml>", "<xml><a>你</a></xml>".encode("gbk")]
)
def test_what_is_not_utf8_is_refused(body: bytes) -> None:
    with pytest.raises(BadXml):
        read_xml(body)


@given(st.binary(max_size=300) | texts.map(str.encode))
def test_whatever_comes_is_read_or_refused(body: bytes) -> None:
    with suppress(BadXml):
        assert isinstance(read_xml(b"<xml>" + body + b"</xml>"), dict)


names = st.sampled_from(
    [
        "FromUserName",
        "CreateTime",
        "MsgId",
        "MsgType",
        "Event",
        "EventKey",
        "MediaId",
        "Location_X",
        "Location_Y",
        "Latitude",
        "Content",
        "Ticket",
    ]
)
kinds = st.sampled_from(
    ["text", "voice", "image", "location", "link", "event", "file", "video", "LOCATION", "subscribe", "CLICK", "x"]
)


@given(st.dictionaries(names, texts | kinds | st.lists(texts, max_size=2) | st.just("1760000000")))
def test_whatever_the_fields_are_a_message_is_made_or_refused(fields: dict[str, object]) -> None:
    try:
        received = read(fields)
    except BadXml:
        return
    assert isinstance(received, Received)
    assert received.citizen
    assert 0 < len(received.key) <= 64


def test_events_are_known_by_who_and_when() -> None:
    fields = {"FromUserName": "oCitizen", "CreateTime": "1760000000", "MsgType": "event", "Event": "subscribe"}
    scanned = read(fields | {"EventKey": "qrscene_m20261123-0001"})
    assert (scanned.kind, scanned.key) == ("event:subscribe", "oCitizen.1760000000.subscribe")
    assert scanned.data == {"scene": "m20261123-0001"}
    long = read(fields | {"FromUserName": "o" * 90})
    assert len(long.key) == 64
