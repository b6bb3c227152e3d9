"""The chat page as a citizen uses it, from the greeting to the opinion."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.channels.browser.people import Citizen, OpenChat

# The page's own limit, which is the service's.
LIMIT = 4000
HARMLESS = "https://www.weather.com.cn/"


def test_a_question_leads_to_an_opinion_with_everything_in_it(citizen: Citizen) -> None:
    citizen.say("老板欠我三个月工资，我想要意见书")
    card = citizen.page.locator(".opinion")
    expect(card).to_be_visible()
    for title in ("您告诉我的", "结论", "还不能确定的", "期限", "证据", "下一步", "去哪里", "法律援助", "参考"):
        expect(card.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(card.locator(".opinion-meta")).to_contain_text(citizen.matter())
    expect(card.locator(".deadline.is-soon .days-left")).to_have_text("还剩 8 天")
    expect(card.locator(".opinion-urgent")).to_contain_text("2026年12月1日")


def test_basis_and_calculation_unfold_in_the_opinion(citizen: Citizen) -> None:
    citizen.say("意见")
    finding = citizen.page.locator(".finding").first
    law = finding.get_by_text("工资应当以货币形式按月支付给劳动者本人")
    expect(law).to_be_hidden()
    finding.get_by_text("《劳动法》第五十条", exact=True).click()
    expect(law).to_be_visible()
    finding.get_by_text("计算过程").click()
    expect(finding.locator("tfoot td")).to_have_text("15,000 元")


def test_the_opinion_can_be_taken_away_as_pdf_and_word(citizen: Citizen) -> None:
    citizen.say("意见")
    for label, start in (("下载 PDF", b"%PDF"), ("下载 Word", b"PK")):
        with citizen.page.expect_download() as download:
            citizen.page.get_by_role("link", name=label, exact=True).click()
        assert download.value.path().read_bytes().startswith(start)


def test_a_drafted_document_can_be_taken_away(citizen: Citizen) -> None:
    citizen.say("意见")
    drafted = citizen.page.locator(".drafted")
    expect(drafted.get_by_role("heading")).to_have_text("劳动人事争议仲裁申请书")
    expect(drafted).to_contain_text("还有 2 处要您自己填")
    for label, start in (("下载 PDF", b"%PDF"), ("下载 Word", b"PK")):
        with citizen.page.expect_download() as download:
            drafted.get_by_role("link", name=label).click()
        assert download.value.path().read_bytes().startswith(start)
        assert download.value.suggested_filename.startswith("劳动人事争议仲裁申请书") or "labour" in (
            download.value.suggested_filename
        )


def test_an_article_unfolds_where_it_is_cited(citizen: Citizen) -> None:
    citizen.say("有什么法条")
    article = citizen.page.locator(".article").filter(has_text="《刑法》第三百九十条")
    expect(article.locator(".article-body")).to_be_hidden()
    article.locator("summary").click()
    expect(article.locator(".article-body")).to_be_visible()
    expect(article.locator(".article-warning")).to_contain_text("修正案")
    expect(article.locator(".article-meta")).to_contain_text("2020年12月26日版本")


def test_an_article_without_its_text_is_fetched_when_it_unfolds(citizen: Citizen) -> None:
    citizen.page.evaluate(
        """async () => {
            const { articleDetails } = await import("/channels/web/static/js/articles.js");
            const article = { law: "中华人民共和国劳动合同法", number: "第四十七条", text: "" };
            document.getElementById("log").append(articleDetails(article));
        }"""
    )
    citizen.page.locator(".article summary").click()
    expect(citizen.page.locator(".article-body")).to_contain_text("每满一年支付一个月工资")


def test_quick_replies_work_with_the_keyboard_alone(citizen: Citizen) -> None:
    page = citizen.page
    citizen.box.focus()
    page.keyboard.type("给我选择")
    page.keyboard.press("Enter")
    choice = page.get_by_role("button", name="单位员工")
    expect(choice).to_be_visible()
    for _ in range(12):
        if choice.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    expect(choice).to_be_focused()
    page.keyboard.press("Enter")
    expect(citizen.mine("单位员工")).to_have_count(1)
    expect(page.get_by_role("group", name="快捷回答")).to_have_count(0)
    expect(citizen.box).to_be_focused()


def test_large_type_persists_and_reaches_other_tabs(citizen: Citizen, open_chat: OpenChat) -> None:
    page = citizen.page
    other = open_chat(page.context)
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_class("large-type")
    expect(other.page.locator("html")).to_have_class("large-type")
    page.reload()
    expect(page.locator("html")).to_have_class("large-type")
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_hotline_can_be_tapped_wherever_it_stands(citizen: Citizen) -> None:
    told = {
        "有危险就打110，不方便说话就发短信到12110，写清地址；受伤打120。": ["tel:110", "sms:12110", "tel:120"],
        "在国外打 +86-10-12308，被骗打96110": ["tel:+86-10-12308", "tel:96110"],
        "110元、12,110元、110，000、第120条、010-12348、120人、110.5": [],
    }
    found = citizen.page.evaluate(
        """async (texts) => {
            const { inline } = await import("/channels/web/static/js/text.js");
            const links = (text) => inline(text).filter((one) => one.nodeType).map((one) => one.getAttribute("href"));
            return texts.map(links);
        }""",
        list(told),
    )
    assert found == list(told.values())


def test_markup_and_script_in_messages_are_inert(citizen: Citizen) -> None:
    attack = (
        "<img src=x onerror=\"window.harm=1\"><script>window.harm=1</script><a href='javascript:window.harm=1'>点我</a>"
    )
    citizen.say(attack)
    expect(citizen.mine(attack)).to_have_count(1)
    expect(citizen.answered(attack)).to_have_count(1)
    citizen.page.reload()
    expect(citizen.mine(attack)).to_have_count(1)
    assert citizen.log.locator("img, script, a:not([href^='tel:'])").count() == 0
    assert citizen.page.evaluate("window.harm") is None


def test_enter_that_ends_a_word_of_an_input_method_sends_nothing(citizen: Citizen) -> None:
    citizen.box.fill("gongzi")
    sent = citizen.box.evaluate(
        """node => node.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert sent is True  # nobody took the key
    expect(citizen.box).to_have_value("gongzi")
    citizen.box.press("Shift+Enter")
    expect(citizen.box).to_have_value("gongzi\n")
    expect(citizen.page.locator(".from-citizen")).to_have_count(0)


def test_a_long_text_is_counted_and_never_cut(citizen: Citizen) -> None:
    count, send = citizen.page.locator("#composer-count"), citizen.page.get_by_role("button", name="发送")
    citizen.box.fill("字" * 2999)
    expect(count).to_be_hidden()
    citizen.box.fill("😀" * LIMIT)
    expect(count).to_have_text("4000 / 4000 字")
    expect(send).to_be_enabled()
    citizen.box.fill("字" * (LIMIT + 1))
    expect(count).to_contain_text("分几次发送")
    expect(send).to_be_disabled()
    citizen.box.press("Enter")
    assert len(citizen.box.input_value()) == LIMIT + 1


def _fulfil(context: BrowserContext, address: str) -> None:
    context.route(f"{address}**", lambda route: route.fulfill(body="晴", content_type="text/html; charset=utf-8"))


def test_the_way_out_leads_to_a_harmless_page_in_every_tab_and_nothing_is_left(
    citizen: Citizen, open_chat: OpenChat
) -> None:
    context, first = citizen.page.context, citizen.page
    _fulfil(context, HARMLESS)
    first.get_by_role("button", name="大字").click()
    citizen.say("我有危险")
    expect(citizen.answered("马上拨打")).to_have_count(1)
    other = open_chat(context)
    first.get_by_role("button", name="快速离开").click()
    first.wait_for_url(HARMLESS)
    other.page.wait_for_url(HARMLESS)
    first.go_back()
    assert first.url == "about:blank", "its place in the history was taken"
    kept = [one["localStorage"] for one in context.storage_state()["origins"]]
    assert [item["name"] for items in kept for item in items] == ["faxian.large"]
    again = open_chat(context)
    expect(again.page.locator(".from-citizen")).to_have_count(0)
    for _ in range(3):
        again.page.keyboard.press("Escape")
    again.page.wait_for_url(HARMLESS)


def test_who_chooses_to_be_known_again_is(citizen: Citizen, open_chat: OpenChat) -> None:
    context = citizen.page.context
    _fulfil(context, HARMLESS)
    citizen.say("明天再来")
    expect(citizen.answered("明天再来")).to_have_count(1)
    citizen.page.get_by_text("家里不安全").click()
    citizen.page.get_by_label("离开时清除本机上的会话").uncheck()
    citizen.page.get_by_role("button", name="快速离开").click()
    citizen.page.wait_for_url(HARMLESS)
    expect(open_chat(context).mine("明天再来")).to_have_count(1)


def test_without_a_network_the_page_is_empty_all_the_same(citizen: Citizen) -> None:
    citizen.say("我有危险")
    expect(citizen.answered("马上拨打")).to_have_count(1)
    citizen.page.context.set_offline(True)
    citizen.page.get_by_role("button", name="快速离开").click()
    expect(citizen.page.locator(".message, .composer")).to_have_count(0)


def test_a_person_is_always_one_button_away(citizen: Citizen) -> None:
    person = citizen.page.locator("#person")
    expect(person).to_have_accessible_name("转人工")
    person.click()
    expect(citizen.mine("转人工")).to_have_count(1)
    expect(person).to_have_text(re.compile("排队中"))
    expect(person).to_be_disabled()
    citizen.say("补充一句")
    expect(citizen.mine("补充一句")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 360, 375])
def test_nothing_in_the_head_of_a_narrow_page_lies_over_another(open_chat: OpenChat, width: int) -> None:
    citizen = open_chat(size=(width, 640))
    citizen.say("你好")
    citizen.matter()
    shown = [citizen.page.locator(one).bounding_box() for one in ("#matter-copy", "#large-type", "#leave")]
    assert [one is not None for one in shown] == [True] * 3
    copy, large, leave = (one for one in shown if one is not None)
    assert copy["x"] + copy["width"] <= large["x"]
    assert large["x"] + large["width"] <= leave["x"]
    assert leave["x"] + leave["width"] <= width
