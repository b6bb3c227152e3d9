"""Frames and their contents survive the way to the worker and back."""

from __future__ import annotations

import asyncio
import socket
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import wire
from bot.dialogue.engine import Application, Handoff, Part, Recall, Reply, Turn

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=8), JSON, max_size=4)


@given(st.text(), st.text(), OBJECTS)
def test_turns_survive(conversation: str, text: str, state: dict[str, object]) -> None:
    at = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    turn = Turn(conversation, "m", text, at, state, "20261123-0001", {"found": True}, False)
    left, right = socket.socketpair()
    with left, right:
        left.sendall(wire.pack(wire.turn_to_json(turn)))
        message = wire.read_blocking(right)
    assert message is not None
    assert wire.turn_from_json(message) == turn


@given(st.text(), OBJECTS)
def test_replies_survive(text: str, data: dict[str, object]) -> None:
    reply = Reply(
        (Part("choices", text, ("是", "否"), data),),
        data,
        Handoff("原因", "high", "rule", ("另一个原因",), date(2026, 11, 24), mood="sad"),
        Application("legal_aid", text, date(2026, 11, 30)),
        Recall("20261123-0001", text),
        Part("text", text, (), data),
        True,
        "t",
        "labour",
        data,
    )
    assert wire.reply_from_json(wire.reply_to_json(reply)) == reply


def test_a_lone_surrogate_survives() -> None:
    left, right = socket.socketpair()
    with left, right:
        left.sendall(wire.pack({"text": "\ud83d"}))
        assert wire.read_blocking(right) == {"text": "\ud83d"}


def test_a_closed_socket_is_the_end() -> None:
    left, right = socket.socketpair()
    with right:
        left.close()
        assert wire.read_blocking(right) is None


async def test_half_a_frame_is_a_lost_connection() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(wire.pack({"a": 1})[:-1])
    reader.feed_eof()
    with pytest.raises(ConnectionError):
        await wire.read_async(reader)


async def test_an_impossible_length_is_refused() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(b"\xff\xff\xff\xff")
    with pytest.raises(wire.WireError):
        await wire.read_async(reader)
