"""The pages of matters: found by keyboard, taken, closed; a filter saved; nothing serious for axe, on any size."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.channels.browser.people import Citizen, SignIn, large_type

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")


def _serious(page: Page) -> list[tuple[str, list[Any]]]:
    found = axe.Axe().run(page).response["violations"]
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def test_a_matter_is_found_taken_and_closed(citizen: Citizen, sign_in: SignIn, service: str) -> None:
    citizen.say("转人工")
    expect(citizen.page.locator("#service-state")).to_have_text("正在排队等人工")
    number = citizen.matter()
    desk = sign_in()
    desk.goto(f"{service}/desk/matters")
    expect(desk.locator(".matter-row").first).to_be_visible()
    desk.keyboard.press("/")
    desk.keyboard.type(number)
    expect(desk.locator(".matter-row")).to_have_count(1)
    expect(desk).to_have_url(f"{service}/desk/matters?text={number}")
    desk.get_by_role("button", name="保存这组筛选").click()
    desk.get_by_label("名字").fill("这一件")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.get_by_role("link", name="这一件")).to_be_visible()
    desk.locator("h1").click()
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"{service}/desk/matters/{number}")
    desk.get_by_role("button", name="受理").click()
    desk.get_by_role("button", name="确定").click()
    expect(desk.locator("#line")).to_contain_text("办理中")
    desk.locator("#add-party").click()
    desk.get_by_label("姓名或名称").fill("宏达电子有限公司")
    desk.get_by_role("button", name="确定").click()
    expect(desk.locator("#parties")).to_contain_text("宏达电子有限公司")
    desk.get_by_role("button", name="办结").click()
    desk.get_by_label("摘要").fill("解答了工资怎么要")
    desk.get_by_role("button", name="确定").click()
    expect(desk.locator("#line")).to_contain_text("已办结")
    expect(desk.locator("#summary")).to_contain_text("解答了工资怎么要")


@pytest.mark.parametrize(
    ("size", "scheme", "large"),
    [
        pytest.param((390, 844), "dark", True, id="phone-dark-large"),
        pytest.param((1280, 800), "light", False, id="desktop"),
    ],
)
def test_the_pages_can_be_used_by_everybody(
    citizen: Citizen, sign_in: SignIn, service: str, size: tuple[int, int], scheme: str, large: bool
) -> None:
    citizen.say("危险")
    expect(citizen.page.locator("#service-state")).to_have_text("正在排队等人工")
    number = citizen.matter()
    desk = sign_in(size, color_scheme=scheme)
    if large:
        large_type(desk)
    for path in ("matters", f"matters/{number}"):
        desk.goto(f"{service}/desk/{path}")
        expect(desk.locator(".matter-row, #steps li").first).to_be_visible()
        assert _serious(desk) == []
        assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.get_by_role("button", name="受理").click()
    assert _serious(desk) == []
    desk.keyboard.press("Escape")
    expect(desk.locator("#do")).not_to_be_visible()
