"""The chat page on a bad line: nothing is lost, nothing is said twice, nobody becomes somebody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.channels.browser.people import Citizen, NewContext, OpenChat, Serve

SOCKET = "**/channels/web/socket"


class Line:
    """Stands between page and service and breaks once, at a chosen point."""

    def __init__(self, point: str) -> None:
        self._point = point
        self.broken = 0
        self.ids: list[str] = []

    def route(self, page_side: WebSocketRoute) -> None:
        """Pass everything on, save at the breaking point."""
        service_side = page_side.connect_to_server()

        def up(data: str | bytes) -> None:
            frame = json.loads(data)
            if frame["type"] == "message":
                self.ids.append(frame["message_id"])
                if self._breaks("before the service has it"):
                    page_side.close(code=4000)
                    service_side.close()
                    return
            service_side.send(data)

        def down(data: str | bytes) -> None:
            frame = json.loads(data)
            told = frame["type"] == "ack" or (frame["type"] == "message" and frame["from"] == "citizen")
            if told and self._breaks("before the page knows"):
                page_side.close(code=4000)
                service_side.close()
                return
            page_side.send(data)

        page_side.on_message(up)
        service_side.on_message(down)

    def _breaks(self, point: str) -> bool:
        if self._point == point and not self.broken:
            self.broken += 1
            return True
        return False


def _on(line: Line, new_context: NewContext, open_chat: OpenChat) -> Citizen:
    context = new_context()
    context.route_web_socket(SOCKET, line.route)
    return open_chat(context)


def test_a_message_that_never_arrived_is_sent_again(new_context: NewContext, open_chat: OpenChat) -> None:
    line = Line("before the service has it")
    citizen = _on(line, new_context, open_chat)
    citizen.say("第一句")
    expect(citizen.answered("您说：第一句")).to_have_count(1)
    expect(citizen.mine("第一句")).to_have_count(1)
    assert line.broken == 1
    assert len(line.ids) == 2
    assert len(set(line.ids)) == 1


def test_a_message_whose_receipt_was_lost_is_not_doubled(new_context: NewContext, open_chat: OpenChat) -> None:
    line = Line("before the page knows")
    citizen = _on(line, new_context, open_chat)
    citizen.say("只说一次")
    citizen.say("再说一句")
    expect(citizen.answered("您说：再说一句")).to_have_count(1)
    expect(citizen.answered("您说：只说一次")).to_have_count(1)
    expect(citizen.mine("只说一次")).to_have_count(1)
    expect(citizen.page.locator(".is-pending, .is-failed")).to_have_count(0)
    citizen.page.reload()
    expect(citizen.answered("您说：再说一句")).to_have_count(1)
    expect(citizen.page.locator(".from-citizen")).to_have_count(2)
    assert line.broken == 1


def test_what_is_written_without_a_network_is_sent_when_it_is_back(citizen: Citizen) -> None:
    context = citizen.page.context
    citizen.say("有网时说的")
    expect(citizen.answered("有网时说的")).to_have_count(1)
    matter = citizen.matter()
    context.set_offline(True)
    expect(citizen.page.locator("#connection-text")).to_have_text("正在重连…")
    citizen.say("断网时说的一")
    citizen.say("断网时说的二")
    expect(citizen.page.locator(".is-pending .delivery").first).to_have_text("等网络恢复后自动发送")
    context.set_offline(False)
    citizen.online()
    expect(citizen.answered("断网时说的二")).to_have_count(1)
    said = citizen.page.locator(".from-citizen .bubble").all_inner_texts()
    assert said == ["有网时说的", "断网时说的一", "断网时说的二"]
    assert citizen.matter() == matter


def test_a_service_that_restarts_loses_nothing(
    new_context: NewContext, serve: Serve, free_port: int, tmp_path: Path
) -> None:
    page = new_context().new_page()
    box = page.locator("#composer-text")
    with serve(free_port, tmp_path) as address:
        page.goto(address)
        box.fill("重启之前")
        box.press("Enter")
        expect(page.locator(".from-bot").filter(has_text="您说：重启之前")).to_have_count(1)
        matter = page.locator("#matter-number").inner_text()
    expect(page.locator("#connection-text")).to_have_text("正在重连…")
    box.fill("重启之间")
    box.press("Enter")
    with serve(free_port, tmp_path):
        page.evaluate("window.dispatchEvent(new Event('online'))")  # do not wait for the longest back-off
        expect(page.locator(".from-bot").filter(has_text="您说：重启之间")).to_have_count(1)
        assert page.locator(".from-citizen .bubble").all_inner_texts() == ["重启之前", "重启之间"]
        expect(page.locator("#matter-number")).to_have_text(matter)


def test_unsent_words_survive_closing_the_page(citizen: Citizen, open_chat: OpenChat) -> None:
    context = citizen.page.context
    citizen.say("先说一句")
    expect(citizen.answered("先说一句")).to_have_count(1)
    context.set_offline(True)
    expect(citizen.page.locator("#connection-text")).to_have_text("正在重连…")
    citizen.say("关掉前没发出去")
    citizen.page.close()
    context.set_offline(False)
    again = open_chat(context)
    expect(again.answered("关掉前没发出去")).to_have_count(1)
    assert again.page.locator(".from-citizen .bubble").all_inner_texts() == ["先说一句", "关掉前没发出去"]


def test_reload_keeps_identity_and_transcript(citizen: Citizen) -> None:
    citizen.say("我的押金不退")
    expect(citizen.answered("我的押金不退")).to_have_count(1)
    matter, before = citizen.matter(), citizen.log.locator(".bubble").all_inner_texts()
    citizen.page.reload()
    expect(citizen.log.locator(".bubble")).to_have_text(before)
    assert citizen.matter() == matter


def test_two_tabs_are_one_conversation(citizen: Citizen, open_chat: OpenChat) -> None:
    other = open_chat(citizen.page.context)
    citizen.say("在第一个标签页")
    expect(other.answered("在第一个标签页")).to_have_count(1)
    other.say("在第二个标签页")
    expect(citizen.answered("在第二个标签页")).to_have_count(1)
    assert citizen.matter() == other.matter()
    assert citizen.log.locator(".bubble").all_inner_texts() == other.log.locator(".bubble").all_inner_texts()


def test_two_tabs_opened_at_once_become_one_conversation(new_context: NewContext, service: str) -> None:
    context = new_context()
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto(service, wait_until="commit")
    for number, tab in enumerate(tabs):
        expect(tab.locator("#connection")).to_have_attribute("data-status", "online")
        tab.locator("#composer-text").fill(f"第{number}页")
        tab.locator("#composer-text").press("Enter")
    for tab in tabs:
        expect(tab.locator(".from-citizen .bubble")).to_have_count(2)
    numbers = {tab.locator("#matter-number").inner_text() for tab in tabs}
    assert len(numbers) == 1


def test_an_identity_the_service_does_not_know_begins_anew(citizen: Citizen) -> None:
    citizen.page.evaluate("localStorage.setItem('faxian.token', 'nobody')")
    citizen.page.reload()
    citizen.online()
    expect(citizen.page.locator("#notice")).to_contain_text("已为您开始新的会话")
    citizen.say("重新来")
    expect(citizen.answered("重新来")).to_have_count(1)
    assert citizen.page.evaluate("localStorage.getItem('faxian.token')") != "nobody"


def test_many_messages_in_a_burst_keep_their_order(citizen: Citizen) -> None:
    texts = [f"第{number}条" for number in range(8)]
    for text in texts:
        citizen.say(text)
    expect(citizen.answered("您说：第7条")).to_have_count(1)
    assert citizen.page.locator(".from-citizen .bubble").all_inner_texts() == texts


def test_after_sleep_a_line_that_died_is_noticed_and_replaced(new_context: NewContext, service: str) -> None:
    context = new_context()
    page = context.new_page()
    page.clock.install()
    lines: list[WebSocketRoute] = []
    asleep = False

    def route(page_side: WebSocketRoute) -> None:
        service_side = page_side.connect_to_server()
        lines.append(page_side)
        mine = len(lines)

        def dead() -> bool:
            return asleep and mine == 1

        page_side.on_message(lambda data: None if dead() else service_side.send(data))
        service_side.on_message(lambda data: None if dead() else page_side.send(data))

    context.route_web_socket(SOCKET, route)
    page.goto(service)
    citizen = Citizen(page)
    citizen.online()
    asleep = True  # the line is gone, and nobody tells the page
    page.clock.fast_forward("01:00:00")
    citizen.say("睡醒以后")
    page.clock.fast_forward("00:10")
    expect(citizen.answered("您说：睡醒以后")).to_have_count(1)
    expect(citizen.mine("睡醒以后")).to_have_count(1)
    assert len(lines) == 2


def test_after_sleep_a_line_that_lives_is_kept(new_context: NewContext, service: str) -> None:
    context = new_context()
    page = context.new_page()
    page.clock.install()
    lines: list[WebSocketRoute] = []
    context.route_web_socket(SOCKET, lambda page_side: (lines.append(page_side), page_side.connect_to_server())[0])
    page.goto(service)
    citizen = Citizen(page)
    citizen.online()
    page.clock.fast_forward("01:00:00")
    citizen.say("还在")
    expect(citizen.answered("您说：还在")).to_have_count(1)
    assert len(lines) == 1


@pytest.mark.parametrize("cut_after", range(1, 7))
def test_cut_after_every_kth_frame_the_page_shows_the_same(
    new_context: NewContext, open_chat: OpenChat, cut_after: int
) -> None:
    context = new_context()

    def route(page_side: WebSocketRoute) -> None:
        service_side = page_side.connect_to_server()
        passed = 0

        def down(data: str | bytes) -> None:
            nonlocal passed
            if passed > cut_after:
                return
            passed += json.loads(data)["type"] != "welcome"
            page_side.send(data)
            if passed >= cut_after:
                passed = cut_after + 1
                page_side.close(code=4000)
                service_side.close()

        service_side.on_message(down)

    context.route_web_socket(SOCKET, route)
    context.route("**/channels/web/events", lambda route: route.abort())  # a stream would not be cut
    page = context.new_page()
    page.goto(open_chat().page.url)
    citizen = Citizen(page)
    said = [f"第{number}句" for number in range(3)]
    for text in said:
        citizen.say(text)
        expect(citizen.answered(f"您说：{text}")).to_have_count(1, timeout=40_000)
    assert page.locator(".from-citizen .bubble").all_inner_texts() == said
    assert page.locator(".from-bot").count() == 1 + len(said)
    numbers = page.locator("[data-seq]").evaluate_all("nodes => nodes.map((node) => Number(node.dataset.seq))")
    assert numbers == list(range(1, 2 + 2 * len(said)))
