"""A proxy in between that does not let sockets live: the page goes on by events and POST, and nobody notices."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Route, WebSocketRoute, expect

from tests.channels.browser.people import NewContext, OpenChat

SOCKET = "**/channels/web/socket"


def _refused(context: BrowserContext) -> list[str]:
    """Every socket is closed before it says anything; what was tried is kept."""
    tried: list[str] = []

    def refuse(socket: WebSocketRoute) -> None:
        tried.append("socket")
        socket.close(code=4000)

    context.route_web_socket(SOCKET, refuse)
    return tried


def test_where_sockets_are_cut_at_once_a_stream_serves(new_context: NewContext, open_chat: OpenChat) -> None:
    context = new_context()
    tried = _refused(context)
    citizen = open_chat(context)
    citizen.say("没有插座")
    expect(citizen.answered("您说：没有插座")).to_have_count(1)
    expect(citizen.page.locator(".is-pending, .is-failed")).to_have_count(0)
    citizen.say("人工")
    expect(citizen.page.locator("#service-state")).to_have_text("正在排队等人工")
    citizen.page.reload()
    expect(citizen.answered("您说：没有插座")).to_have_count(1)
    assert len(tried) == 4


def test_where_sockets_are_cut_after_a_word_a_stream_serves(new_context: NewContext, open_chat: OpenChat) -> None:
    context = new_context()
    tried: list[str] = []

    def cut_after_the_welcome(page_side: WebSocketRoute) -> None:
        tried.append("socket")
        service_side = page_side.connect_to_server()

        def down(data: str | bytes) -> None:
            page_side.send(data)
            page_side.close(code=4000)
            service_side.close()

        service_side.on_message(down)

    context.route_web_socket(SOCKET, cut_after_the_welcome)
    citizen = open_chat(context)
    citizen.say("第一句")
    citizen.say("第二句")
    expect(citizen.answered("您说：第二句")).to_have_count(1)
    assert citizen.page.locator(".from-citizen .bubble").all_inner_texts() == ["第一句", "第二句"]
    assert len(tried) == 2


def test_on_another_network_the_socket_is_tried_again(new_context: NewContext, open_chat: OpenChat) -> None:
    context = new_context()
    tried = _refused(context)
    citizen = open_chat(context)
    assert len(tried) == 2
    context.set_offline(True)
    expect(citizen.page.locator("#connection")).to_have_attribute("data-status", "offline")
    citizen.say("断网时说的")
    context.set_offline(False)
    expect(citizen.answered("您说：断网时说的")).to_have_count(1)
    expect(citizen.mine("断网时说的")).to_have_count(1)
    assert len(tried) > 2


def test_a_post_that_fails_is_made_again_and_counts_once(new_context: NewContext, open_chat: OpenChat) -> None:
    context = new_context()
    _refused(context)
    citizen = open_chat(context)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if "重要的话" in (route.request.post_data or "") and len(lost) < 2:
            lost.append(route.request.post_data or "")
            if len(lost) == 1:
                route.abort()  # never arrived
            else:
                route.fetch()  # arrived, but its receipt is lost
                route.abort()
        else:
            route.continue_()

    context.route("**/channels/web/frames", lose)
    citizen.say("重要的话")
    expect(citizen.answered("您说：重要的话")).to_have_count(1)
    expect(citizen.mine("重要的话")).to_have_count(1)
    expect(citizen.page.locator(".is-pending, .is-failed")).to_have_count(0)
    assert len(lost) == 2
