"""A call by microphone that asks for a person goes on in the chat of the page, and the seat has one case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.channels.browser.conftest import free, serving
from tests.channels.browser.people import Citizen, OpenChat, SignIn


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """With the hotline itself on its line."""
    with serving(free(), tmp_path_factory.mktemp("hotline"), "--answers") as address:
        yield address


def _called(open_chat: OpenChat) -> Citizen:
    """Somebody whose call was answered, and who has said a number."""
    citizen = open_chat(permissions=["microphone"])
    citizen.page.locator("#call").click()
    expect(citizen.page.locator("#call-state")).to_have_text("通话中")
    for key in "5000#":
        citizen.page.keyboard.press(key)
    return citizen


def test_nobody_there_is_told_in_the_chat_which_offers_a_call(open_chat: OpenChat) -> None:
    citizen = _called(open_chat)
    citizen.page.get_by_role("button", name="按键").click()
    citizen.page.get_by_role("button", name="0，找人工").click()
    expect(citizen.page.locator("#call-panel")).to_be_hidden()
    expect(citizen.box).to_be_focused()
    expect(citizen.page.locator("#service-state")).to_have_text("正在排队等人工")
    citizen.page.get_by_role("button", name="留电话").click()
    expect(citizen.log.get_by_text("请把您的电话号码发给我")).to_be_visible()


def test_a_seat_answers_in_the_chat_where_the_call_was(open_chat: OpenChat, sign_in: SignIn) -> None:
    desk = sign_in()
    citizen = _called(open_chat)
    citizen.page.keyboard.press("0")
    expect(citizen.page.locator("#call-panel")).to_be_hidden()
    expect(citizen.log.get_by_text("刚才语音通话里说过的，工作人员也能看到：")).to_be_in_viewport()
    expect(citizen.log.get_by_text("说：5000", exact=True)).to_have_count(1)
    matter = citizen.matter()
    row = desk.locator("#waiting .row").filter(has_text=matter)
    expect(row).to_have_count(1)
    expect(desk.locator("#waiting .row")).to_have_count(2)  # with the one that waits since before
    row.get_by_role("link").click()
    desk.get_by_role("button", name="接手").click()
    expect(desk.get_by_text("说：5000", exact=True)).to_have_count(1)
    expect(desk.locator("#call")).to_contain_text("从网页打来")
    expect(desk.locator("#call")).to_contain_text("已转给工作人员")
    desk.locator("#answer-text").fill("您好，我看到您说的了。")
    desk.locator("#answer-text").press("Control+Enter")
    expect(citizen.log.get_by_text("您好，我看到您说的了。")).to_be_visible()
