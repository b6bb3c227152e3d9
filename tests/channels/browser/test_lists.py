"""Days off and files in a browser: added, pasted, taken out; found by name; nothing serious for axe, on any size."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.channels.browser.people import Citizen, SignIn

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
PHONE, DESKTOP = (390, 844), (1280, 800)
SIZES = pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])


def fine(page: Page) -> None:
    """Nothing serious for axe, nothing wider than the window."""
    found: list[dict[str, Any]] = axe.Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@SIZES
def test_days_off_are_added_pasted_and_taken_out(
    sign_in: SignIn, service: str, size: tuple[int, int], scheme: str
) -> None:
    year = 2040 + size[0] % 7
    desk = sign_in(size=size, color_scheme=scheme)
    desk.goto(f"{service}/desk/roster")
    desk.get_by_role("link", name="放假安排").click()
    desk.wait_for_url(f"{service}/desk/days-off")
    adding = desk.locator("#add")
    adding.get_by_label("第一天").fill(f"{year}-01-01")
    adding.get_by_label("依据").fill("国务院办公厅通知")
    adding.get_by_role("button", name="加上").click()
    days = desk.locator(".days-off li").filter(has_text=f"{year}年")
    expect(days).to_have_count(1)
    desk.get_by_text("粘贴表格").click()
    pasting = desk.locator("#paste")
    pasting.get_by_label("内容").fill(f"{year}-10-01,{year}-10-03,放假\n哪一天")
    pasting.get_by_label("依据").fill("国务院办公厅通知")
    pasting.get_by_role("button", name="录入").click()
    expect(desk.locator("#pasted")).to_contain_text("第 2 行")
    fine(desk)
    pasting.get_by_label("内容").fill(f"{year}-10-01,{year}-10-03,放假\n{year}-10-09,上班")
    pasting.get_by_role("button", name="先看看").click()
    expect(desk.locator("#pasted")).to_contain_text("放假 3 天，上班 1 天")
    pasting.get_by_role("button", name="录入").click()
    expect(days).to_have_count(5)
    fine(desk)
    days.filter(has_text=f"{year}年1月1日").get_by_role("button").click()
    expect(days).to_have_count(4)


@SIZES
def test_files_are_found_by_name(
    citizen: Citizen, sign_in: SignIn, service: str, size: tuple[int, int], scheme: str
) -> None:
    citizen.say("转人工")
    expect(citizen.page.locator("#service-state")).to_have_text("正在排队等人工")
    name = f"工资条{size[0]}.pdf"
    citizen.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 wages"}
    )
    expect(citizen.page.get_by_role("log")).to_contain_text(name)
    desk = sign_in(size=size, color_scheme=scheme)
    desk.goto(f"{service}/desk/matters")
    desk.get_by_role("link", name="所有文件").click()
    desk.get_by_label("按文件名查找").fill(name)
    desk.get_by_role("button", name="查找").click()
    expect(desk.locator(".task")).to_have_count(1)
    expect(desk.locator(".task")).to_contain_text(citizen.matter())
    fine(desk)
    with desk.expect_download() as got:
        desk.get_by_role("link", name=f"下载 {name}").click()
    assert got.value.suggested_filename == name
