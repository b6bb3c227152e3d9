"""Working a conversation in real browsers: notes, canned replies, law, warnings, files, whispers, long talks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.channels.browser.people import Citizen, OpenChat, SignIn
from tests.fakes.serve import COLLEAGUE, STAFF_NAME

PDF = b"%PDF-1.7 wages"


def take(desk: Page, citizen: Citizen) -> None:
    """The citizen asks for a person, and the seat takes over."""
    citizen.say("人工")
    desk.locator(".row").filter(has_text=citizen.matter()).get_by_role("button", name=re.compile("接手")).click()
    desk.wait_for_url("**/desk/c/*")
    expect(desk.locator("#answer-text")).to_be_enabled()


def answer(desk: Page, text: str, key: str = "Enter") -> None:
    """Write and send."""
    desk.locator("#answer-text").fill(text)
    desk.locator("#answer-text").press(key)


def heard(citizen: Citizen) -> list[str]:
    """What the citizen was told by staff."""
    return citizen.page.locator(".from-staff .bubble").all_inner_texts()


def test_a_case_is_worked_with_notes_canned_replies_and_law(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    take(desk, citizen)
    expect(desk.locator("#mine-list a[aria-current]")).to_contain_text(citizen.matter())

    desk.get_by_role("tab", name="备注").click()
    desk.locator("#note-text").fill("先要工资条")
    desk.locator("#note-send").dblclick()
    expect(desk.locator(".note")).to_have_count(1)
    expect(desk.locator(".note")).to_contain_text("先要工资条")

    desk.locator("#answer-text").press_sequentially("/nih")
    expect(desk.locator("#slash li")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(desk.locator("#answer-text")).to_have_value(re.compile(f"^您好，我是{STAFF_NAME}"))
    desk.keyboard.press("Control+Enter")
    expect(citizen.page.locator(".from-staff .bubble")).to_contain_text(f"我是{STAFF_NAME}")

    desk.get_by_role("tab", name="法条").click()
    desk.locator("#law-query").fill("劳动法第五十条")
    desk.get_by_role("button", name="插入 《劳动法》第五十条").click()
    expect(desk.locator("#answer-text")).to_have_value(re.compile("^《劳动法》第五十条规定：“工资应当"))
    desk.keyboard.press("Enter")
    article = citizen.page.locator(".from-staff .article")
    expect(article).to_have_count(1)
    article.locator("summary").click()
    expect(article).to_contain_text("2018年12月29日版本")
    assert not any("工资条" in text for text in heard(citizen))


def test_a_warning_is_overridden_with_a_reason_and_an_insult_never(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    take(desk, citizen)
    answer(desk, "您一定能赢")
    expect(desk.locator("#cautions-list")).to_contain_text("保证结果")
    expect(desk.locator("#answer-text")).to_have_value("您一定能赢")
    desk.get_by_role("button", name="仍然发送").click()  # without a reason it stays
    expect(desk.locator("#cautions")).to_be_visible()
    assert heard(citizen) == []
    desk.locator("#cautions-reason").fill("判决已经生效")
    desk.get_by_role("button", name="仍然发送").click()
    expect(citizen.page.locator(".from-staff .bubble")).to_have_text("您一定能赢")
    expect(desk.locator("#cautions")).to_be_hidden()
    desk.get_by_role("tab", name="备注").click()
    expect(desk.locator(".note")).to_contain_text("判决已经生效")

    answer(desk, "您真是法盲")
    expect(desk.locator("#cautions-list")).to_contain_text("侮辱")
    expect(desk.get_by_role("button", name="仍然发送")).to_be_hidden()
    answer(desk, "您别急，我来说明。")
    expect(citizen.page.locator(".from-staff")).to_have_count(2)
    expect(desk.locator("#log .from-staff")).to_have_count(2)
    assert heard(citizen)[-1] == "您别急，我来说明。"


def test_a_suggestion_is_sent_by_nobody_but_the_seat(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    citizen.say("老板三个月没发我工资")
    expect(citizen.answered("用工关系")).to_have_count(1)
    take(desk, citizen)
    desk.get_by_role("button", name="看建议").click()
    expect(desk.locator("#suggestion-text")).to_contain_text("单位应当足额支付工资")
    expect(desk.locator("#suggestion")).to_contain_text("不会自己发出")
    assert heard(citizen) == []
    desk.get_by_role("button", name="放进回复框").click()
    expect(desk.locator("#answer-text")).to_have_value(re.compile("^单位应当足额支付工资"))
    assert heard(citizen) == []
    desk.keyboard.press("Control+Enter")
    expect(citizen.page.locator(".from-staff .bubble")).to_contain_text("单位应当足额支付工资")


def test_a_suggestion_leaves_room_to_write_and_goes_with_the_answer(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    citizen.say("老板三个月没发我工资")
    take(desk, citizen)
    desk.get_by_role("button", name="看建议").click()
    expect(desk.locator("#suggestion")).to_be_visible()
    desk.locator("#suggestion-text").evaluate("node => { node.textContent = '工资要按月发给您本人。\\n'.repeat(60); }")
    expect(desk.locator("#answer-text")).to_be_in_viewport(ratio=1)
    answer(desk, "您好，我看一下。")
    expect(desk.locator("#suggestion")).to_be_hidden()


def test_files_go_both_ways(citizen: Citizen, sign_in: SignIn, tmp_path: Path) -> None:
    desk = sign_in()
    take(desk, citizen)
    wages, photo = tmp_path / "工资条.pdf", tmp_path / "合同.png"
    wages.write_bytes(PDF)
    photo.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40)
    desk.locator("#file-input").set_input_files(wages)
    expect(citizen.page.locator(".from-staff .file")).to_contain_text("工资条.pdf")
    with citizen.page.expect_download() as saved:
        citizen.page.get_by_role("button", name="下载 工资条.pdf").click()
    assert saved.value.suggested_filename == "工资条.pdf"
    assert Path(saved.value.path()).read_bytes() == PDF

    citizen.page.locator("#attach-file").set_input_files(photo)
    expect(desk.locator(".from-citizen .file")).to_contain_text("合同.png")
    desk.get_by_role("tab", name="文件").click()
    expect(desk.locator("#file-list .file")).to_have_count(2)
    with desk.expect_download() as got:
        desk.locator("#file-list").get_by_role("link", name="下载 合同.png").click()
    assert Path(got.value.path()).read_bytes() == photo.read_bytes()

    wrong = tmp_path / "程序.pdf"
    wrong.write_bytes(b"MZ\x90\x00\x03")
    desk.locator("#file-input").set_input_files(wrong)
    expect(desk.locator("#problem")).to_contain_text("收不了这种文件")
    citizen.page.locator("#attach-file").set_input_files(wrong)
    expect(citizen.page.locator("#notice")).to_contain_text("收不了这种文件")


def test_a_supervisor_reads_along_whispers_and_takes_over(citizen: Citizen, sign_in: SignIn) -> None:
    desk, boss = sign_in(name=COLLEAGUE), sign_in()
    take(desk, citizen)
    boss.goto(desk.url)
    expect(desk.locator("#watchers")).to_have_text(f"{STAFF_NAME} 正在旁听")
    expect(boss.locator("#answer-text")).to_be_disabled()
    boss.get_by_role("tab", name="备注").click()
    boss.get_by_label("写什么").select_option(label="悄悄告诉接待人")
    boss.locator("#note-text").fill("提醒他仲裁时效")
    boss.locator("#note-send").click()
    expect(desk.locator(".whisper")).to_contain_text("提醒他仲裁时效")
    desk.get_by_role("button", name="知道了").click()
    expect(desk.locator(".whisper")).to_have_count(0)

    desk.get_by_role("tab", name="备注").click()
    desk.get_by_label("写什么").select_option(label="请教主管")
    desk.locator("#note-text").fill("加班费怎么算")
    desk.locator("#note-send").click()
    boss.locator(".note[data-kind=consult]").get_by_role("button", name="答复").click()
    boss.locator("#note-text").fill("按第四十四条")
    boss.locator("#note-send").click()
    expect(desk.locator(".whisper")).to_contain_text("按第四十四条")

    boss.get_by_role("button", name="接管").first.click()
    boss.get_by_label("理由", exact=True).fill("来访人要求换人")
    boss.get_by_role("dialog").get_by_role("button", name="接管", exact=True).click()
    expect(boss.locator("#answer-text")).to_be_enabled()
    expect(desk.locator("#answer-text")).to_be_disabled()
    expect(citizen.page.locator(".from-system").last).to_contain_text("换一位工作人员")
    answer(boss, "您好，我接着帮您。")
    expect(citizen.page.locator(".from-staff .bubble")).to_have_text("您好，我接着帮您。")
    assert "仲裁时效" not in citizen.page.content()


def test_each_side_sees_what_the_other_has_read(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    take(desk, citizen)
    answer(desk, "您好")
    expect(desk.locator(".from-staff .delivery")).to_have_text("已读")
    citizen.say("谢谢律师")
    expect(citizen.page.locator(".from-citizen .delivery").last).to_have_text("已读")


def test_two_tabs_and_a_reload_lose_and_double_nothing(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    take(desk, citizen)
    other = desk.context.new_page()
    other.goto(desk.url)
    expect(other.locator("#answer-text")).to_be_enabled()
    answer(desk, "第一句")
    answer(other, "第二句")
    for page in (desk, other):
        expect(page.locator(".from-staff .bubble")).to_have_count(2)
    desk.locator("#answer-text").fill("写到一半")
    # What the network swallowed is sent again after a reload, once.
    desk.context.set_offline(True)
    other.locator("#answer-text").fill("断网时写的")
    other.locator("#answer-text").press("Enter")
    expect(other.locator(".is-pending")).to_have_count(1)
    desk.context.set_offline(False)
    other.reload()
    expect(citizen.page.locator(".from-staff .bubble")).to_have_text(["第一句", "第二句", "断网时写的"])
    desk.reload()
    expect(desk.locator("#answer-text")).to_have_value("写到一半")
    expect(desk.locator(".from-staff .bubble")).to_have_count(3)


def test_a_talk_of_many_pages_opens_at_its_end(citizen: Citizen, sign_in: SignIn) -> None:
    desk = sign_in()
    take(desk, citizen)
    for number in range(120):
        citizen.say(f"第{number}句")
    expect(desk.locator(".from-citizen").last).to_contain_text("第119句")
    desk.reload()
    expect(desk.locator(".from-citizen").last).to_contain_text("第119句")
    expect(desk.locator("#log > .message")).to_have_count(100)
    expect(desk.locator(".from-citizen").last).to_be_in_viewport()
    desk.locator("#scroller").evaluate("node => { node.scrollTop = 0; }")
    expect(desk.locator("#log > .message").first).to_contain_text("法线")
    expect(desk.locator("#earlier")).to_be_hidden()
    numbers = desk.locator("#log > .message").evaluate_all("nodes => nodes.map((node) => Number(node.dataset.seq))")
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_the_page_fits(open_chat: OpenChat, sign_in: SignIn, size: tuple[int, int]) -> None:
    citizen, desk = open_chat(), sign_in(size)
    take(desk, citizen)
    if size[0] < 500:
        expect(desk.locator("#side")).to_be_hidden()
        desk.get_by_role("button", name="资料").click()
        expect(desk.locator("#summary")).to_be_visible()
        expect(desk.locator("#answer-text")).to_be_hidden()
        desk.get_by_role("button", name="我的会话").click()
        expect(desk.locator("#mine-list a").first).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.goto(f"{desk.url.split('/desk/')[0]}/desk/canned")
    desk.get_by_role("button", name="新的常用语").click()
    desk.get_by_label("快捷码").fill(f"t{size[0]}")
    desk.get_by_label("名称").fill("试一试")
    desk.get_by_label("内容").fill("{来访人}您好")
    desk.get_by_role("button", name="保存").click()
    expect(desk.locator("#canned-problem")).to_contain_text("没有“{来访人}”这个变量")
    desk.get_by_label("内容").fill("{坐席}说：您好")
    desk.get_by_role("button", name="保存").click()
    row = desk.locator(".canned-row").filter(has_text=f"/t{size[0]}")
    expect(row).to_contain_text("自己的")
    row.get_by_role("button", name="删除").click()
    row.get_by_role("button", name="删除").click()
    expect(row).to_have_count(0)
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
