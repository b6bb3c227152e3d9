"""Five stories of citizen and lawyer in two browsers, from asking for a person to the verdict; an auditor proves it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.channels.browser.people import Citizen, OpenChat, SignIn
from tests.fakes.serve import AUDITOR, COLLEAGUE, STAFF_NAME


def take_next(desk: Page, service: str, citizen: Citizen) -> str:
    """The lawyer takes whoever is first; the number of the matter, which must be this citizen's."""
    desk.goto(f"{service}/desk")
    desk.get_by_role("button", name="接下一位").click()
    desk.wait_for_url("**/desk/c/*")
    expect(desk.locator("#answer-text")).to_be_enabled()
    expect(desk.locator("#work-line")).to_contain_text(citizen.matter())
    return citizen.matter()


def answer(desk: Page, citizen: Citizen, text: str) -> None:
    """Say it, and see it on the citizen's page."""
    desk.locator("#answer-text").fill(text)
    desk.locator("#answer-text").press("Enter")
    expect(citizen.page.locator(".from-staff .bubble").last).to_contain_text(text)


def close(desk: Page, citizen: Citizen, result: str = "已解答") -> None:
    """End it with a result and a summary; the citizen is asked how it was."""
    desk.get_by_role("button", name="结束会话").first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("结果").select_option(label=result)
    dialog.get_by_label("小结").fill("讲了法律规定和怎么办。")
    dialog.get_by_role("button", name="结束会话").click()
    expect(desk.locator("#work-line")).to_contain_text("已结束")
    expect(citizen.page.get_by_role("button", name="非常满意", exact=True)).to_be_visible()


def says(citizen: Citizen, text: str) -> None:
    """The last thing that the service said contains `text`."""
    expect(citizen.page.locator(".from-system, .from-bot").last).to_contain_text(text)


def test_five_stories_and_the_proof(open_chat: OpenChat, sign_in: SignIn, service: str) -> None:
    lawyer, boss = sign_in(name=COLLEAGUE), sign_in(name=STAFF_NAME)
    matters: list[str] = []

    # Wages: an article with the answer, and a citizen who is content.
    wages = open_chat()
    wages.say("老板三个月没发工资，我要人工")
    matters.append(take_next(lawyer, service, wages))
    lawyer.get_by_role("tab", name="法条").click()
    lawyer.locator("#law-query").fill("劳动法第五十条")
    lawyer.get_by_role("button", name="插入 《劳动法》第五十条").click()
    lawyer.keyboard.press("Enter")
    expect(wages.page.locator(".from-staff .article")).to_have_count(1)
    wages.say("明白了，谢谢")
    expect(lawyer.locator("#log .from-citizen").last).to_contain_text("明白了")
    answer(lawyer, wages, "还有别的想问的吗？")
    close(lawyer, wages)
    wages.page.get_by_role("button", name="非常满意", exact=True).click()
    says(wages, "谢谢您的评价")

    # Handed back to the bot, asked for again, and not content: somebody calls back.
    again = open_chat()
    again.say("选择")
    again.say("人工")
    matters.append(take_next(lawyer, service, again))
    lawyer.get_by_role("tab", name="备注").click()
    lawyer.locator("#note-text").fill("先让机器人问完")
    lawyer.locator("#note-send").click()
    lawyer.get_by_role("button", name="交还智能助手").click()
    expect(again.page.locator(".from-bot").last).to_contain_text("交还给我")
    again.say("还是要人工")
    take_next(lawyer, service, again)
    expect(lawyer.locator("#note-list")).to_contain_text("先让机器人问完")
    answer(lawyer, again, "您好，我们接着说。")
    close(lawyer, again)
    again.page.get_by_role("button", name="不满意", exact=True).click()
    says(again, "哪里不满意")
    again.box.fill("等得太久")
    again.box.press("Enter")
    says(again, "记下来")
    boss.goto(f"{service}/desk/callbacks")
    task = boss.locator(".task").filter(has_text=again.matter())
    expect(task).to_contain_text("等得太久")
    with boss.expect_navigation():  # the page comes again with the form of whoever took it
        task.get_by_role("button", name="我来回访").click()
    task.get_by_label("记录").fill("道歉并讲清楚了")
    task.get_by_role("button", name="已联系上").click()
    expect(boss.locator(".task").filter(has_text=again.matter())).to_have_count(0)

    # Passed on to a colleague, who is told and goes on.
    passed = open_chat()
    passed.say("人工，我的合同有问题")
    matters.append(take_next(lawyer, service, passed))
    lawyer.get_by_role("button", name="转出").first.click()
    dialog = lawyer.get_by_role("dialog")
    option = dialog.locator("#transfer-to option").filter(has_text=STAFF_NAME)
    dialog.get_by_label("同事或队列").select_option(value=option.get_attribute("value"))
    dialog.get_by_label("给接手人的话").fill("合同专业的请看一下")
    dialog.get_by_role("button", name="转出").click()
    expect(boss.locator("#notices-count")).to_have_text(re.compile("[1-9]"))
    boss.get_by_role("button", name="通知").click()
    boss.locator("#notices-list a").filter(has_text=passed.matter()).first.click()
    boss.wait_for_url("**/desk/c/*")
    expect(boss.locator("#answer-text")).to_be_enabled()
    answer(boss, passed, "我看了，这条违约金太高。")
    close(boss, passed)
    passed.page.get_by_role("button", name="一般", exact=True).click()
    says(passed, "谢谢您的评价")

    # A promise of the result is held back; what the bot said wrong becomes a proposal.
    wrong = open_chat()
    wrong.say("工资")
    wrong.say("人工")
    matters.append(take_next(lawyer, service, wrong))
    lawyer.locator("#answer-text").fill("您一定能赢")
    lawyer.locator("#answer-text").press("Enter")
    expect(lawyer.locator("#cautions-list")).to_contain_text("保证结果")
    lawyer.get_by_role("button", name="改一改").click()
    answer(lawyer, wrong, "证据齐的话，胜算较大，结果要看法院怎么认定。")
    lawyer.locator("#log .from-bot").filter(has_text="拖欠工资可以依法要回来").get_by_role(
        "button", name="这里说错了"
    ).click()
    correction = lawyer.get_by_role("dialog")
    correction.get_by_label("说错的几个字").fill("可以依法要回来")
    correction.get_by_label("应该怎么说").fill("可以向劳动监察投诉")
    correction.get_by_label("为什么错").fill("漏了监察")
    correction.get_by_role("button", name="先看看").click()
    expect(correction.locator("#wrong-scenario")).to_have_value(re.compile("可以向劳动监察投诉"))
    correction.get_by_role("button", name="提出修改").click()
    expect(correction).to_be_hidden()
    boss.goto(f"{service}/desk/topics/proposals")
    expect(boss.locator(".proposal").filter(has_text="漏了监察")).to_be_visible()
    close(lawyer, wrong, "已出具意见书或文书")
    wrong.page.get_by_role("button", name="满意", exact=True).click()
    says(wrong, "谢谢您的评价")

    # Danger goes before everybody who waits.
    patient, danger = open_chat(), open_chat()
    patient.say("人工")
    expect(patient.page.locator("#service-state")).to_contain_text("排队")
    danger.say("我有危险")
    matters.append(take_next(lawyer, service, danger))
    answer(lawyer, danger, "您现在安全吗？有危险请马上打 110。")
    close(lawyer, danger)
    take_next(lawyer, service, patient)
    answer(lawyer, patient, "您好，久等了。")
    close(lawyer, patient)

    auditor = sign_in(name=AUDITOR, lands="/desk/audit")
    auditor.goto(f"{service}/desk/audit")
    auditor.get_by_role("button", name="核对").click()
    expect(auditor.locator("#proof")).to_have_attribute("data-whole", "true")
    for number in matters:
        auditor.goto(f"{service}/desk/audit?subject={number}")
        expect(auditor.locator(".trail-rows tbody tr").first).to_be_visible()
    auditor.goto(f"{service}/desk/audit?action=claimed")
    expect(auditor.locator(".trail-rows tbody tr")).to_have_count(7)
