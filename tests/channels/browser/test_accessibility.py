"""axe-core finds nothing serious on any page, small or large, light or dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.channels.browser.people import Citizen, NewContext, OpenChat, SignIn, large_type

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

LOOKS = [
    pytest.param((390, 844), "light", False, id="phone"),
    pytest.param((390, 844), "dark", True, id="phone-dark-large"),
    pytest.param((1280, 800), "dark", False, id="desktop-dark"),
    pytest.param((1280, 800), "light", True, id="desktop-large"),
]


def _serious(page: Page) -> list[tuple[str, list[Any]]]:
    """Rules broken seriously or critically, with the elements that break them."""
    violations = axe.Axe().run(page).response["violations"]
    return [
        (found["id"], [node["target"] for node in found["nodes"]])
        for found in violations
        if found["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("size", "scheme", "large"), LOOKS)
def test_chat_articles_and_opinion(open_chat: OpenChat, size: tuple[int, int], scheme: str, large: bool) -> None:
    citizen = open_chat(size=size, color_scheme=scheme)
    if large:
        citizen.page.get_by_role("button", name="大字").click()
    citizen.page.get_by_text("家里不安全").click()
    assert _serious(citizen.page) == []
    citizen.say("有什么法条")
    expect(citizen.page.locator(".article").first).to_be_visible()
    citizen.say("意见")
    expect(citizen.page.locator(".opinion")).to_be_visible()
    citizen.page.evaluate("document.querySelectorAll('.log details').forEach((one) => { one.open = true; })")
    assert _serious(citizen.page) == []
    citizen.page.locator("#person").click()
    expect(citizen.page.locator("#service-state")).to_have_text("正在排队等人工")
    assert _serious(citizen.page) == []
    assert citizen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("size", "scheme", "large"), LOOKS)
def test_login_queue_and_conversation(
    citizen: Citizen,
    sign_in: SignIn,
    service: str,
    new_context: NewContext,
    size: tuple[int, int],
    scheme: str,
    large: bool,
) -> None:
    login = new_context(size, color_scheme=scheme).new_page()
    login.goto(f"{service}/desk/login")
    assert _serious(login) == []

    citizen.say("人工")
    matter = citizen.matter()
    desk = sign_in(size, color_scheme=scheme)
    if large:
        large_type(desk)
    row = desk.locator(".row").filter(has_text=matter)
    expect(row).to_be_visible()
    assert _serious(desk) == []
    row.get_by_role("button").click()
    expect(desk.locator("#answer-text")).to_be_enabled()
    desk.locator("#answer-text").fill("您好")
    desk.locator("#answer-text").press("Enter")
    expect(citizen.page.locator(".from-staff")).to_have_count(1)
    assert _serious(desk) == []
    assert _serious(citizen.page) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.locator("#suggest").click()
    expect(desk.locator("#suggestion")).to_be_visible()
    desk.locator("#answer-text").fill("您一定能赢")
    desk.locator("#answer-text").press("Enter")
    expect(desk.locator("#cautions")).to_be_visible()
    assert _serious(desk) == []
    desk.locator("#cautions-edit").click()
    desk.locator("#answer-text").fill("")
    desk.locator("#answer-text").press_sequentially("/")
    expect(desk.locator("#slash")).to_be_visible()
    assert _serious(desk) == []
    desk.locator("#answer-text").fill("")
    if size[0] < 500:
        desk.get_by_role("button", name="资料").click()
    for tab in ("laws", "canned", "notes", "files"):
        desk.locator(f"#tab-{tab}").click()
        if tab == "laws":
            desk.locator("#law-query").fill("工资")
            expect(desk.locator(".law").first).to_be_visible()
        assert _serious(desk) == []
        assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.locator("#close").click()
    assert _serious(desk) == []
    desk.goto(f"{service}/desk/dead-letters")
    expect(desk.get_by_text("消息都送到了。")).to_be_visible()
    assert _serious(desk) == []
    desk.goto(f"{service}/desk/canned")
    expect(desk.locator(".canned-row").first).to_be_visible()
    assert _serious(desk) == []


@pytest.mark.parametrize(("size", "scheme", "large"), LOOKS)
def test_topics_diagram_and_corrections(
    sign_in: SignIn, service: str, size: tuple[int, int], scheme: str, large: bool
) -> None:
    desk = sign_in(size, color_scheme=scheme)
    if large:
        large_type(desk)
    desk.goto(f"{service}/desk/topics?q=工资")
    expect(desk.locator(".topic-card").first).to_be_visible()
    assert _serious(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.goto(f"{service}/desk/topics/unpaid_wages")
    desk.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert _serious(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.locator('.fix[data-key="findings.complain.say"]').click()
    desk.locator("#correct-value").fill("付{nothing}")
    desk.get_by_role("button", name="先检查").click()
    expect(desk.locator("#correct-answer li")).to_be_visible()
    assert _serious(desk) == []
    desk.locator("#correct-value").fill(f"可以投诉，不收钱，{size}{scheme}。")
    desk.locator("#correct-reason").fill("更短")
    desk.get_by_role("button", name="提出修改").click()
    expect(desk.locator("#correct-answer .fine")).to_be_visible()
    assert _serious(desk) == []
    desk.goto(f"{service}/desk/topics/proposals")
    desk.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert _serious(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
