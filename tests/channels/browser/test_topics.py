"""The pages about topics: a lawyer looks a topic up, follows the diagram, reads the law, and proposes a correction."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.channels.browser.people import SignIn


def test_search_narrows_the_list_while_typing(sign_in: SignIn, service: str) -> None:
    desk = sign_in()
    desk.get_by_role("link", name="主题", exact=True).click()
    cards = desk.locator(".topic-card")
    expect(cards.first).to_be_visible()
    everything = cards.count()
    desk.get_by_label("搜索主题").press_sequentially("一共欠了您多少工资")
    expect(cards.first).to_contain_text("拖欠工资")
    expect(desk.locator("#told")).to_have_text(re.compile("^找到 [1-9] 个主题"))
    assert cards.count() < everything
    desk.reload()
    expect(desk.locator("#told")).to_have_text(re.compile("^找到 [1-9] 个主题"))
    desk.get_by_label("搜索主题").fill("没有这样的主题")
    expect(desk.get_by_text("没有主题里有这些词。")).to_be_visible()
    desk.get_by_label("搜索主题").fill("")
    desk.get_by_label("领域").select_option("family")
    expect(cards.filter(has_text="离婚").first).to_be_visible()
    expect(cards.filter(has_text="拖欠工资")).to_have_count(0)


def test_what_was_typed_before_the_script_came_is_searched_for(sign_in: SignIn, service: str) -> None:
    desk = sign_in()
    held: list[Route] = []
    desk.route("**/js/topics.js", lambda route: held.append(route))
    desk.goto(f"{service}/desk/topics", wait_until="commit")
    desk.get_by_label("搜索主题").press_sequentially("一共欠了您多少工资")
    assert len(held) == 1
    held[0].continue_()
    expect(desk.locator(".topic-card").first).to_contain_text("拖欠工资")


def test_the_diagram_shows_what_hangs_on_an_answer_with_the_keyboard(sign_in: SignIn, service: str) -> None:
    desk = sign_in()
    desk.goto(f"{service}/desk/topics/unpaid_wages")
    box = desk.locator('.box[data-node="facts-relation"]')
    box.focus()
    expect(desk.locator('.box[data-node="findings-amount"]')).to_have_class(re.compile("is-lit"))
    expect(desk.locator('.box[data-node="findings-child_labour"]')).not_to_have_class(re.compile("is-lit"))
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("#facts-relation$"))
    entry = desk.locator("#findings-right_to_wages")
    entry.get_by_text("劳动法 第五十条").click()
    expect(entry).to_contain_text("工资应当以货币形式按月支付给劳动者本人")


def test_a_correction_is_tried_proposed_and_decided(sign_in: SignIn, service: str) -> None:
    desk = sign_in()
    desk.goto(f"{service}/desk/topics/unpaid_wages")
    desk.get_by_role("button", name="改：可以向劳动部门投诉，不收钱，条件").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_label("改成")).to_have_value(re.compile("^relation == employee"))
    dialog.get_by_label("改成").fill("relation == boss")
    dialog.get_by_role("button", name="先检查").click()
    expect(dialog.get_by_role("status")).to_contain_text("“boss”不是“relation”的选项")
    dialog.get_by_label("改成").fill("relation == employee")
    dialog.get_by_role("button", name="提出修改").click()
    expect(dialog.get_by_role("status")).to_contain_text("请写一句为什么要改")
    dialog.get_by_label("为什么要改").fill("投诉过的人也要知道 <b>")
    dialog.get_by_role("button", name="提出修改").click()
    expect(dialog.get_by_role("status")).to_contain_text("已经提出")
    dialog.get_by_role("link", name="看修改建议").click()
    proposal = desk.locator(".proposal").first
    expect(proposal).to_contain_text("投诉过的人也要知道 <b>")
    proposal.get_by_text("改动", exact=True).click()
    expect(proposal.locator("ins")).to_have_text('+    when: "relation == employee"')
    proposal.get_by_role("button", name="采纳", exact=True).click()
    expect(desk.locator(".proposal-state").first).to_have_text("已采纳")
