"""The desk's pages: a person sees who waits, takes over, answers, and gives the conversation back."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.channels.browser.people import Citizen, NewContext, OpenChat, SignIn
from tests.fakes.serve import STAFF_NAME


def _row(desk: Page, matter: str) -> Locator:
    return desk.locator(".row").filter(has_text=matter)


def _take(desk: Page, matter: str) -> None:
    _row(desk, matter).get_by_role("button", name=re.compile("接手")).click()
    desk.wait_for_url("**/desk/c/*")
    expect(desk.locator("#answer-text")).to_be_enabled()


def _answer(desk: Page, text: str) -> None:
    desk.locator("#answer-text").fill(text)
    desk.locator("#answer-text").press("Enter")


def test_from_asking_for_a_person_to_handing_back(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    citizen.say("老板三个月没发我工资")
    expect(citizen.answered("用工关系")).to_have_count(1)
    matter = citizen.matter()
    citizen.page.get_by_role("button", name="转人工").first.click()

    row = _row(desk, matter)  # without a reload
    expect(row).to_contain_text("来访人要求人工")
    expect(row).to_contain_text("拖欠工资")
    expect(row).to_contain_text("普通")
    row.get_by_role("link").click()
    expect(desk.locator("#summary")).to_contain_text("原话：「一个月五千」")
    expect(desk.locator("#summary")).to_contain_text("申请劳动仲裁")
    expect(desk.locator("#answer-text")).to_be_disabled()
    expect(desk.locator(".from-citizen .bubble").first).to_have_text("老板三个月没发我工资")

    desk.keyboard.press("c")
    expect(desk.locator("#answer-text")).to_be_enabled()
    expect(citizen.page.locator("#service-state")).to_have_text("工作人员")
    _answer(desk, "您好，我是值班律师。")
    expect(citizen.page.locator(".from-staff .bubble")).to_have_text("您好，我是值班律师。")
    citizen.say("谢谢律师")
    expect(desk.locator(".from-citizen .bubble").last).to_have_text("谢谢律师")
    expect(citizen.answered("谢谢律师")).to_have_count(0)  # the bot is silent

    desk.get_by_role("button", name="交还智能助手").click()
    expect(citizen.page.locator("#service-state")).to_have_text("智能助手")
    expect(desk.locator("#answer-text")).to_be_disabled()
    citizen.say("我再问一句")
    expect(citizen.answered("您说：我再问一句")).to_have_count(1)
    expect(desk.locator(".from-staff .bubble")).to_have_count(1)


def test_a_conversation_that_is_closed_can_only_be_begun_anew(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    citizen.say("人工")
    matter = citizen.matter()
    _take(desk, matter)
    desk.get_by_role("button", name="结束会话").first.click()
    desk.get_by_role("button", name="再等等").click()
    expect(desk.get_by_role("dialog")).to_be_hidden()
    desk.locator("#close").click()
    desk.get_by_role("dialog").get_by_role("button", name="结束会话").click()
    expect(desk.get_by_role("dialog")).to_be_visible()  # a summary is asked for
    desk.get_by_label("小结").fill("问怎么要工资，答先投诉再仲裁。")
    desk.get_by_role("dialog").get_by_role("button", name="结束会话").click()
    expect(citizen.box).to_be_hidden()
    citizen.page.get_by_role("button", name="开始新的咨询").click()
    expect(citizen.box).to_be_enabled()
    citizen.say("新的问题")
    expect(citizen.answered("您说：新的问题")).to_have_count(1)
    assert citizen.matter() != matter
    expect(citizen.page.locator(".from-citizen")).to_have_count(1)


def test_a_case_another_seat_has_taken_cannot_be_answered(citizen: Citizen, sign_in: SignIn) -> None:
    first, second = sign_in(), sign_in()
    citizen.say("人工")
    matter = citizen.matter()
    expect(_row(second, matter)).to_be_visible()
    _take(first, matter)
    expect(second.locator("#human .row").filter(has_text=matter)).to_contain_text(f"{STAFF_NAME} 接待")
    expect(second.locator("#waiting .row").filter(has_text=matter)).to_have_count(0)


def test_danger_comes_first_in_the_queue(open_chat: OpenChat, sign_in: SignIn) -> None:
    patient, endangered = open_chat(), open_chat()
    patient.say("人工")
    expect(patient.page.locator("#service-state")).to_have_text("正在排队等人工")
    endangered.say("我现在有危险")
    matter = endangered.matter()
    desk = sign_in()
    expect(desk.locator("#waiting .row").first).to_contain_text(matter)
    expect(desk.locator("#waiting .row").first).to_contain_text("紧急")


def test_the_queue_works_with_the_keyboard_alone(citizen: Citizen, sign_in: SignIn) -> None:
    citizen.say("人工")
    matter = citizen.matter()
    desk = sign_in()
    expect(_row(desk, matter)).to_be_visible()
    link = _row(desk, matter).get_by_role("link")
    rows = desk.locator(".row").count() + 1
    for key in "j" * rows + "k" * rows:  # the list may move while it is walked: other citizens come and go
        desk.keyboard.press(key)
        if link.evaluate("node => node === document.activeElement"):
            break
    expect(link).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#work-line")).to_contain_text(matter)


def test_each_side_sees_that_the_other_is_writing(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    citizen.say("人工")
    _take(desk, citizen.matter())
    expect(citizen.page.locator("#service-state")).to_have_text("工作人员")
    desk.locator("#answer-text").press_sequentially("您")
    expect(citizen.page.locator("#typing")).to_have_text("工作人员正在输入…")
    citizen.box.press_sequentially("我")
    expect(desk.locator("#typing")).to_be_visible()


def test_markup_from_a_citizen_is_inert_at_the_desk(citizen: Citizen, sign_in: SignIn) -> None:
    attack = '人工 <img src=x onerror="window.harm=1"><script>window.harm=1</script>'
    desk = sign_in()
    citizen.say(attack)
    _take(desk, citizen.matter())
    expect(desk.locator(".from-citizen .bubble")).to_have_text(attack)
    assert desk.locator("#log img, #log script").count() == 0
    assert desk.evaluate("window.harm") is None


def test_a_wrong_password_is_told_and_nothing_is_shown(service: str, new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(f"{service}/desk/login")
    page.get_by_label("账号").fill("nobody")
    page.get_by_label("密码").fill("wrong password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    expect(page.get_by_label("账号")).to_have_value("nobody")
    page.goto(f"{service}/desk")
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
