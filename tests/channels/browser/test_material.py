"""What a citizen sends besides words: photos and voice, with progress, consent and a way out at each step."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.channels.browser.people import OpenChat

PNG = {
    "name": "工资条.png",
    "mimeType": "image/png",
    "buffer": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 4000,
}


def test_two_photos_are_sent_at_once_and_kept_when_agreed(open_chat: OpenChat) -> None:
    citizen = open_chat()
    citizen.say("老板拖欠工资")
    citizen.page.locator("#attach-file").set_input_files([PNG, {**PNG, "name": "打卡.png"}])
    citizen.page.get_by_role("button", name="存进材料").click()
    expect(citizen.log).to_contain_text("2 份材料已经存进事项")
    expect(citizen.page.locator("#notice")).to_be_hidden()


def test_what_was_asked_before_the_photo_can_still_be_tapped(open_chat: OpenChat) -> None:
    citizen = open_chat()
    page = citizen.page
    citizen.say("老板拖欠工资")
    question, keep = page.get_by_role("button", name="单位员工"), page.get_by_role("button", name="存进材料")
    expect(question).to_be_visible()
    page.locator("#attach-file").set_input_files([PNG])
    expect(keep).to_be_visible()
    expect(question).to_be_visible()
    keep.click()
    expect(citizen.log).to_contain_text("1 份材料已经存进事项")
    expect(keep).to_be_hidden()
    question.click()
    expect(citizen.mine("单位员工")).to_have_count(1)
    expect(question).to_be_hidden()


def test_a_file_that_is_too_large_does_not_even_leave(open_chat: OpenChat) -> None:
    citizen = open_chat()
    sent: list[str] = []
    citizen.page.on("request", lambda request: sent.append(request.url) if "/files" in request.url else None)
    citizen.page.evaluate(
        """() => { const input = document.getElementById("attach-file"); const data = new DataTransfer();
                   data.items.add(new File([new Uint8Array(11 * 1024 * 1024)], "录像.mp4"));
                   input.files = data.files; input.dispatchEvent(new Event("change")); }"""
    )
    expect(citizen.page.locator("#notice")).to_contain_text("11.0 MB，太大了，请不要超过 10.0 MB")
    assert sent == []


def test_a_file_sent_on_a_bad_line_counts_once(open_chat: OpenChat) -> None:
    citizen = open_chat()
    tried: list[str] = []

    def lose_the_first(route: Route) -> None:
        tried.append(route.request.url)
        if len(tried) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    citizen.page.route("**/channels/web/files?**", lose_the_first)
    citizen.page.locator("#attach-file").set_input_files([PNG])
    citizen.page.get_by_role("button", name="存进材料").click()
    expect(citizen.log).to_contain_text("1 份材料已经存进事项")
    assert len(tried) == 2
    assert len(set(tried)) == 1, "the same id"


def test_a_voice_message_is_spoken_checked_and_sent(open_chat: OpenChat) -> None:
    citizen = open_chat(permissions=["microphone"])
    page = citizen.page
    page.locator("#voice").click()
    expect(page.locator("#voice-time")).to_have_text("0:01")
    page.get_by_role("button", name="说完了").click()
    expect(page.locator("#voice-player")).to_be_visible()
    page.get_by_role("button", name="发送语音").click()
    expect(page.locator("#notice")).to_contain_text("我现在还听不懂语音，请再用文字写几句要点")
    expect(citizen.log).to_contain_text("收到您发的语音")
    expect(page.locator("#composer-text")).to_be_visible()
    page.get_by_role("button", name="不用存").click()
    expect(citizen.log).to_contain_text("已经删掉")


def test_a_recording_can_be_thrown_away(open_chat: OpenChat) -> None:
    citizen = open_chat(permissions=["microphone"])
    page = citizen.page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/voice" in request.url else None)
    page.locator("#voice").click()
    page.get_by_role("button", name="取消").click()
    expect(page.locator("#composer-text")).to_be_visible()
    page.locator("#voice").click()
    page.get_by_role("button", name="说完了").click()
    page.get_by_role("button", name="不要了").click()
    expect(page.locator("#voice")).to_be_focused()
    assert [one for one in sent if "static" not in one] == []


def test_without_permission_the_citizen_is_told_to_write(open_chat: OpenChat) -> None:
    citizen = open_chat()
    citizen.page.context.clear_permissions()
    citizen.page.evaluate(
        """() => { navigator.mediaDevices.getUserMedia =
                   () => Promise.reject(new DOMException("no", "NotAllowedError")); }"""
    )
    citizen.page.locator("#voice").click()
    expect(citizen.page.locator("#notice")).to_contain_text("没有得到话筒的许可")
    expect(citizen.page.locator("#composer-text")).to_be_visible()
    citizen.say("那我打字")
    expect(citizen.answered("那我打字")).to_have_count(1)
