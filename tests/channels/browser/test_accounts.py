"""Accounts and the trail in a browser: an administrator adds somebody; an auditor proves it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from bot.desk.seat import Role
from tests.channels.browser.conftest import REPO
from tests.channels.browser.people import NewContext, Serve
from tests.fakes.service import PASSWORD

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
PEOPLE: dict[str, Role] = {"孙管理": "administrator", "钱审计": "auditor"}
PHONE, DESKTOP = (390, 844), (1280, 800)


def seed(folder: Path) -> None:
    """The two accounts that are made on the command line."""
    for name, role in PEOPLE.items():
        command = [sys.executable, "faxian.py", "staff", "add", name, "--role", role]
        env = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": ""}
        subprocess.run(command, input=f"{PASSWORD}\n", text=True, check=True, cwd=REPO, env=env)


def enter(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/desk/login")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def fine(page: Page) -> None:
    """Nothing serious for axe, nothing wider than the window."""
    violations: list[dict[str, Any]] = axe.Axe().run(page).response["violations"]
    bad = [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
    assert [one for one, found in zip(bad, violations, strict=True) if found["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop-dark"])
def test_from_a_new_account_to_the_proof(
    new_context: NewContext, serve: Serve, free_port: int, tmp_path: Path, size: tuple[int, int], scheme: str
) -> None:
    seed(tmp_path)
    with serve(free_port, tmp_path) as address:
        admin = new_context(size, color_scheme=scheme).new_page()
        enter(admin, address, "孙管理", PASSWORD)
        admin.wait_for_url(f"{address}/desk/accounts")
        fine(admin)
        admin.get_by_role("button", name="新增账号").click()
        sheet = admin.locator("#sheet")
        sheet.get_by_label("账号").fill("冯律师")
        sheet.get_by_label("姓名").fill("吴敏")
        sheet.get_by_label("地区").fill("44，4601")
        sheet.get_by_label("所在单位").fill("天元律师事务所")
        sheet.get_by_label("劳动").check()
        fine(admin)
        sheet.get_by_role("button", name="保存").click()
        expect(admin.locator("#told-password")).to_have_text(re.compile(r"^(\w{4}-){3}\w{4}$"))
        password = admin.locator("#told-password").inner_text()
        admin.locator("#told").get_by_role("button", name="关闭").click()
        expect(admin.locator(".member").filter(has_text="吴敏")).to_contain_text("广东省")
        expect(admin.locator(".member").filter(has_text="吴敏")).to_contain_text("天元律师事务所")

        person = new_context(size, color_scheme=scheme).new_page()
        enter(person, address, "冯律师", password)
        person.wait_for_url(f"{address}/desk/me")
        expect(person.get_by_text("请先改成自己的密码")).to_be_visible()
        form = person.locator("#password-form")
        form.get_by_label("当前密码").fill(password)
        form.get_by_label("新密码").fill(PASSWORD)
        form.get_by_label("再输入一次").fill(PASSWORD)
        form.get_by_role("button", name="修改密码").click()
        expect(person.get_by_text("请先改成自己的密码")).to_have_count(0)
        person.locator("#factor-form").get_by_label("当前密码").fill(PASSWORD)
        person.get_by_role("button", name="设置两步验证").click()
        expect(person.locator("#qr")).to_be_visible()
        fine(person)
        secret = person.locator("#secret").inner_text().replace(" ", "")
        person.get_by_label("输入手机上显示的六位数字").fill(pyotp.TOTP(secret).now())
        person.get_by_role("button", name="开启").click()
        expect(person.locator("#codes li")).to_have_count(10)
        recovery = person.locator("#codes li").first.inner_text()
        person.get_by_role("button", name="我已经收好").click()
        expect(person.locator("#factor-title")).to_contain_text("已开启")
        person.locator("#desk-menu summary").click()
        person.get_by_role("button", name="退出", exact=True).click()
        enter(person, address, "冯律师", PASSWORD)
        person.wait_for_url(f"{address}/desk/login/code")
        fine(person)
        person.get_by_label("验证码").fill(recovery)
        person.get_by_role("button", name="继续").click()
        person.wait_for_url(f"{address}/desk")

        auditor = new_context(size, color_scheme=scheme).new_page()
        enter(auditor, address, "钱审计", PASSWORD)
        auditor.wait_for_url(f"{address}/desk/audit")
        auditor.get_by_label("动作").select_option("factor_on")
        with auditor.expect_navigation():  # a press before the new page's script is there would be lost
            auditor.get_by_role("button", name="查找").click()
        expect(auditor.locator("tbody tr")).to_have_count(1)
        expect(auditor.locator("tbody tr")).to_contain_text("冯律师")
        auditor.get_by_role("button", name="核对").click()
        expect(auditor.locator("#proof")).to_have_attribute("data-whole", "true")
        fine(auditor)

        member = admin.locator(".member").filter(has_text="吴敏")
        admin.reload()
        member.locator("summary").click()
        member.get_by_role("button", name="停用").click()
        admin.get_by_role("button", name="确定").click()
        expect(member).to_contain_text("已停用")
        person.goto(f"{address}/desk")
        person.wait_for_url(f"{address}/desk/login")
