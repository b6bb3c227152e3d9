"""Signatures and the JSON of callbacks, by themselves."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock
from channels.delivery import DeliveryFailed
from channels.providers.failures import ApiError
from channels.rendering import Piece
from channels.weibo.channel import CHARACTERS, WINDOW, WeiboChannel, Window, failed, fitting
from channels.weibo.received import KINDS, BadCallback, read
from channels.weibo.signature import Signatures, sign
from tests.fakes.clock import VirtualClock
from tests.fakes.weibo.provider import Provider

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
callbacks = st.fixed_dictionaries(
    {
        "type": st.sampled_from([*sorted(KINDS), "x"]) | anything,
        "sender_id": st.integers(0, 10**12) | anything,
        "receiver_id": st.integers(0, 10**12) | anything,
        "created_at": st.just("Mon Jul 16 18:09:20 +0800 2012") | anything,
        "text": st.text(max_size=20) | anything,
        "data": st.dictionaries(
            st.sampled_from(["subtype", "key", "tovfid", "latitude", "longitude"]), anything, max_size=4
        )
        | anything,
    }
)


def test_the_signature_is_that_of_the_documentation() -> None:
    mark = "90e4c22c90a58f26526c2dd5b6c56c8822edeaa1"
    assert sign("xyz123xyz", "1397022061823", "57155157") == mark


@pytest.mark.parametrize("milliseconds", [True, False])
def test_a_signature_counts_for_a_while(milliseconds: bool) -> None:
    clock = VirtualClock()
    right = Signatures("s", clock).right
    at = str(int(clock.now().timestamp() * (1000 if milliseconds else 1)))
    query = {"timestamp": at, "nonce": "n", "signature": sign("s", at, "n")}
    assert right(query)
    assert not right({**query, "nonce": "m"})
    clock.advance(601)
    assert not right(query)


@given(st.dictionaries(st.sampled_from(["signature", "timestamp", "nonce"]), st.text(max_size=40)))
def test_no_odd_query_is_right_or_breaks_anything(query: dict[str, str]) -> None:
    assert not Signatures("s", VirtualClock()).right(query)


@given(callbacks)
def test_a_callback_is_read_or_refused(told: dict[str, Any]) -> None:
    try:
        body = json.dumps(told).encode()
    except ValueError:
        return
    try:
        found = read(body)
    except BadCallback:
        return
    assert found.citizen.isdigit()
    assert found.kind in {*KINDS, "other"} or found.kind.startswith("event:")
    assert len(f"{found.citizen}/{found.key}") <= 160


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        found = read(body)
    except BadCallback:
        return
    assert found.citizen.isdigit()


def test_every_try_has_the_same_key() -> None:
    told = Provider.message(2489518277, "在吗")
    other = dict(reversed(list(told.items())))
    assert read(json.dumps(told).encode()).key == read(json.dumps(other).encode()).key


@given(st.text(max_size=2000))
def test_no_message_is_longer_than_weibo_takes(text: str) -> None:
    assert all(len(one) <= CHARACTERS for one in fitting(text))


class Contacts:
    """One person's, in memory."""

    def __init__(self) -> None:
        self.noted: dict[str, Any] = {}
        self.blocked = False

    async def heard(self, _external_id: str, _now: Any, keep: int = 0) -> None:
        self.blocked = bool(keep)

    async def spend(self, _external_id: str, _most: int) -> int | None:
        return None if self.blocked else 1

    async def block(self, _external_id: str, _now: Any) -> None:
        self.blocked = True

    async def data(self, _external_id: str) -> dict[str, Any]:
        return self.noted

    async def note(self, _external_id: str, **noted: Any) -> dict[str, Any]:
        self.noted |= noted
        return self.noted


class Speaker:
    """Says it, or refuses."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.refusal = 0

    async def say(self, _citizen: str, text: str) -> None:
        if self.refusal:
            raise ApiError(self.refusal)
        self.said.append(text)


async def test_two_days_after_the_last_word_letters_wait_for_the_next() -> None:
    clock: Clock = VirtualClock()
    assert isinstance(clock, VirtualClock)
    speaker, window = Speaker(), Window(Contacts(), clock)
    channel = WeiboChannel(speaker, window)
    await window.heard("1")
    clock.advance(WINDOW.total_seconds())
    await channel.send_piece(Piece("text", "您好"), "1", "k")
    clock.advance(timedelta(hours=1).total_seconds())
    with pytest.raises(DeliveryFailed) as held:
        await channel.send_piece(Piece("text", "您好"), "1", "k")
    assert held.value.until_contact
    await window.heard("1")
    await channel.send_piece(Piece("text", "您好"), "1", "k")
    await window.left("1")
    with pytest.raises(DeliveryFailed) as unfollowed:
        await channel.send_piece(Piece("text", "您好"), "1", "k")
    assert unfollowed.value.until_contact
    assert speaker.said == ["您好", "您好"]


def test_what_errors_mean() -> None:
    assert failed(21332).retry_after == 600
    assert failed(10023).retry_after == 3600
    assert failed(20003).final
    other = failed(99999)
    assert (other.retry_after, other.final, other.until_contact) == (None, False, False)
