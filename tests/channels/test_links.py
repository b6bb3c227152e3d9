"""Links open one paper, for as long as they say, and nobody can make one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SHANGHAI
from bot.dialogue.engine import Part
from bot.message import Inbound, Message
from bot.settings import Settings
from channels.links import PaperLinks
from channels.services import SERVICES
from tests.fakes.client import Client
from tests.fakes.clock import VirtualClock

KEY = b"key of the tests"
MESSAGE = Message("c" * 32, 1, "bot", "m", datetime(2026, 11, 23, tzinfo=SHANGHAI), (), "wechat")


def links(clock: VirtualClock, url: str = "https://example.org/") -> PaperLinks:
    return PaperLinks(url, KEY, clock, days=7)


def test_an_opinion_for_seven_days() -> None:
    clock = VirtualClock()
    address = links(clock)(MESSAGE, Part("opinion", "x", data={"matter": "20261123-0001"}))
    assert address.startswith("https://example.org/channels/link/o-20261123-0001-")
    token = address.rsplit("/", 1)[1]
    opened = links(clock).read(token)
    assert opened is not None
    assert (opened.what, opened.matter) == ("opinion", "20261123-0001")
    clock.advance(7 * 86_400 - 1)
    assert links(clock).read(token) is not None
    clock.advance(1)
    assert links(clock).read(token) is None


def test_a_file_of_its_conversation() -> None:
    clock = VirtualClock()
    address = links(clock)(MESSAGE, Part("file", "x", data={"id": "a" * 32}))
    opened = links(clock).read(address.rsplit("/", 1)[1])
    assert opened is not None
    assert (opened.file, opened.conversation) == ("a" * 32, "c" * 32)


def test_no_public_address_no_link() -> None:
    assert links(VirtualClock(), "")(MESSAGE, Part("opinion", "x", data={"matter": "20261123-0001"})) == ""
    assert links(VirtualClock())(MESSAGE, Part("text", "x")) == ""


@given(st.integers(0, 80), st.characters())
def test_no_changed_token_opens_anything(at: int, char: str) -> None:
    clock = VirtualClock()
    token = links(clock).opinion("20261123-0001").rsplit("/", 1)[1]
    changed = token[:at] + char + token[at + 1 :]
    assert changed == token or links(clock).read(changed) is None


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, public_url="https://example.org")


async def test_the_page_and_its_papers(client: Client) -> None:
    parts = client.http.app[SERVICES]
    opened = await parts.conversations.create("wechat")
    outcome = await parts.conversations.handle(Inbound("wechat", opened.conversation.id, "m1", "给我意见"))
    path = parts.links.opinion(outcome.matter).removeprefix("https://example.org")
    async with client.http.get(path) as answer:
        html = await answer.text()
        assert answer.status == 200
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "拖欠工资" in html
    assert "labour_arbitration.pdf" in html
    for paper in ("opinion.pdf", "opinion.docx", "labour_arbitration.docx"):
        async with client.http.get(f"{path}/{paper}") as answer:
            assert answer.status == 200
            assert "attachment" in answer.headers["Content-Disposition"]
    for wrong in (path[:-1] + ("0" if path[-1] != "0" else "1"), "/channels/link/x", f"{path}/nothing.pdf"):
        async with client.http.get(wrong) as answer:
            assert answer.status == 404
