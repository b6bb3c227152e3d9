"""What the README promises: from the open page to an opinion on unpaid wages, with the real engine and the real law."""

from __future__ import annotations

from docx import Document
from playwright.sync_api import expect

from tests.channels.browser.conftest import PHONE
from tests.channels.browser.people import Citizen, NewContext
from tests.served import Served


def test_from_the_open_page_to_an_opinion_on_unpaid_wages(served: Served, new_context: NewContext) -> None:
    page = new_context(PHONE, accept_downloads=True).new_page()
    page.goto(served.url)
    citizen = Citizen(page)
    citizen.online()
    citizen.say("老板欠了我三个月工资不给，一个月五千")
    expect(citizen.answered("15,000元").first).to_be_visible()
    page.get_by_role("button", name="在单位上班").click()
    expect(citizen.answered("还在这家单位").first).to_be_visible()
    citizen.say("还在上班")

    opinion = page.locator(".opinion")
    expect(opinion).to_contain_text("法律咨询意见书")
    expect(opinion).to_contain_text("15,000")
    expect(opinion).to_contain_text(citizen.matter())
    article = opinion.locator("details").filter(has_text="第五十条").first
    article.locator("summary").click()
    expect(article).to_contain_text("工资应当以货币形式按月支付给劳动者本人")
    for paper, start in (("下载 PDF", b"%PDF"), ("劳动人事争议仲裁申请书，下载 Word", b"PK")):
        with page.expect_download() as caught:
            opinion.get_by_role("link", name=paper, exact=True).click()
        assert caught.value.path().read_bytes().startswith(start)
    word = Document(caught.value.path())
    assert any("15,000元" in paragraph.text for paragraph in word.paragraphs)
