"""The chat on a province's site: one script tag, a frame that only allowed sites show, words checked by origin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.channels.browser.conftest import free, serving
from tests.channels.browser.people import NewContext

POLICY = "default-src 'none'; script-src {service}; frame-src {service}; style-src 'self'"
"""What a careful site sends: no inline script or style."""


class Site:
    """A page of somebody else. On 127.0.0.1 it is of the service's own site, as a sister domain; on localhost it is
    not, and the browser keeps nothing for the frame."""

    def __init__(self, service: str, host: str) -> None:
        self.body = f"""<!doctype html><html lang="zh-CN"><title>某省司法厅</title><h1>某省司法厅</h1>
            <input aria-label="站内搜索"><script src="{service}/channels/web/embed.js" async></script>""".encode()
        policy = POLICY.format(service=service)
        body = self.body

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://{host}:{self.server.server_port}"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The service, two sites that may frame it, and one that may not."""
    port = free()
    hosts = {"sister": "127.0.0.1", "stranger": "localhost", "forbidden": "localhost"}
    sites = {name: Site(f"http://127.0.0.1:{port}", host) for name, host in hosts.items()}
    for site in sites.values():
        threading.Thread(target=site.server.serve_forever, daemon=True).start()
    allowed = f"{sites['sister'].origin} {sites['stranger'].origin}"
    with serving(port, tmp_path_factory.mktemp("embed"), "--origins", allowed) as address:
        yield {"service": address, **{name: site.origin for name, site in sites.items()}}
    for site in sites.values():
        site.server.shutdown()
        site.server.server_close()


@pytest.fixture
def site(places: dict[str, str], new_context: NewContext) -> Page:
    """Somebody on the page of a site that may."""
    page = new_context((1280, 800)).new_page()
    page.set_default_timeout(15_000)
    page.goto(places["sister"])
    return page


def _open(site: Page) -> FrameLocator:
    site.get_by_role("button", name="法律咨询").click()
    chat = site.frame_locator("iframe[title]")
    expect(chat.locator("#connection")).to_have_attribute("data-status", "online")
    return chat


def _say(chat: FrameLocator, text: str) -> None:
    chat.locator("#composer-text").fill(text)
    chat.locator("#composer-text").press("Enter")
    expect(chat.locator(".from-bot").filter(has_text=text)).to_have_count(1)


def test_one_tag_brings_the_chat(site: Page) -> None:
    chat = _open(site)
    _say(chat, "在省厅网站上问")
    site.get_by_role("button", name="收起").click()
    expect(site.locator("iframe[title]")).to_be_hidden()
    expect(site.get_by_role("button", name="法律咨询")).to_be_focused()
    _open(site)
    expect(chat.locator(".from-citizen .bubble")).to_have_text("在省厅网站上问")
    site.reload()
    _open(site)
    expect(chat.locator(".from-citizen .bubble")).to_have_text("在省厅网站上问")


def test_what_comes_while_it_is_shut_is_counted_and_not_read(site: Page) -> None:
    chat = _open(site)
    _say(chat, "慢慢回答")
    site.get_by_role("button", name="收起").click()
    frame = next(one for one in site.frames if "/channels/web/frame" in one.url)
    frame.evaluate(
        """() => { const box = document.getElementById("composer-text"); box.value = "还有一句";
                   box.dispatchEvent(new Event("input")); document.getElementById("composer").requestSubmit(); }"""
    )
    expect(site.get_by_role("button", name="法律咨询，有新消息")).to_be_visible()


def test_a_call_goes_on_while_shut_and_the_button_says_so(places: dict[str, str], new_context: NewContext) -> None:
    page = new_context((390, 844), permissions=["microphone"]).new_page()
    page.goto(places["sister"])
    chat = _open(page)
    chat.locator("#call").click()
    expect(chat.locator("#call-state")).to_have_text("通话中")
    page.get_by_role("button", name="收起").click()
    button = page.get_by_role("button", name="法律咨询，通话中")
    expect(button).to_have_text("通话中")
    button.click()
    chat.locator("#call-end").click()
    page.get_by_role("button", name="收起").click()
    expect(page.get_by_role("button", name="法律咨询", exact=True)).to_have_text("法律咨询")


def test_button_and_frame_break_no_rule(site: Page) -> None:
    for state in ("shut", "open"):
        if state == "open":
            _open(site)
        found = Axe().run(site, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}})
        ours = [one for one in found.response["violations"] if "faxian-chat" in str(one["nodes"])]
        assert ours == []
    site.keyboard.press("Escape")
    expect(site.get_by_role("dialog", name="法律咨询")).to_be_visible()


def test_a_browser_that_keeps_nothing_for_frames_still_talks(places: dict[str, str], new_context: NewContext) -> None:
    page = new_context((390, 844)).new_page()
    page.goto(places["stranger"])
    chat = _open(page)
    _say(chat, "手机上的无痕窗口")
    box = page.locator("iframe[title]").bounding_box()
    assert box is not None
    assert box["width"] == 390, "on a phone the chat takes the whole page"


def test_a_site_that_is_not_allowed_shows_nothing(places: dict[str, str], chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(places["forbidden"])
    with page.expect_console_message(lambda line: "frame-ancestors" in line.text):
        page.get_by_role("button", name="法律咨询").click()
    expect(page.frame_locator("iframe[title]").locator("#composer-text")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("way", ["button", "keys inside", "keys outside"])
def test_the_way_out_takes_the_whole_page_away(site: Page, way: str) -> None:
    harmless = "https://www.weather.com.cn/"
    site.context.route(f"{harmless}**", lambda route: route.fulfill(body="晴", content_type="text/html; charset=utf-8"))
    chat = _open(site)
    _say(chat, "不能让他看到")
    if way == "button":
        chat.get_by_role("button", name="快速离开").click()
    elif way == "keys inside":
        for _ in range(3):
            chat.locator("#composer-text").press("Escape")
    else:
        site.get_by_label("站内搜索").focus()
        for _ in range(3):
            site.keyboard.press("Escape")
    site.wait_for_url(harmless)
    site.go_back()
    assert site.url == "about:blank", "its place in the history was taken"


def test_a_frame_stays_until_the_page_around_it_has_heard_the_way_out(site: Page) -> None:
    # A word from a frame that is gone comes from nobody: a busy page would not believe it, and stay.
    site.add_init_script(
        """if (window === window.top) window.heard = new Promise((heard) =>
             window.addEventListener("message", (event) => {
               if (event.data.faxian === "leave") { event.stopImmediatePropagation(); heard(); } }));"""
    )
    site.reload()
    _say(_open(site), "他回来了")
    frame = next(one for one in site.frames if "/channels/web/frame" in one.url)
    frame.evaluate("document.getElementById('leave').click()")
    site.evaluate("window.heard")
    assert frame.evaluate("[location.pathname, document.body.childElementCount]") == ["/channels/web/frame", 0]
    frame.wait_for_url("about:blank")


def test_words_of_others_are_not_believed(site: Page) -> None:
    chat = _open(site)
    # The page itself says what only the frame may say, and the frame hears from a frame beside it.
    site.evaluate("window.postMessage({ faxian: 'leave', to: 'https://evil.example/' }, '*')")
    site.evaluate("document.body.append(document.createElement('iframe'))")
    site.frames[-1].evaluate("parent.frames[0].postMessage({ faxian: 'leave' }, '*')")
    _say(chat, "我还在")
    expect(site.get_by_role("heading", name="某省司法厅")).to_be_visible()


def test_the_page_of_its_own_is_never_framed(places: dict[str, str], new_context: NewContext) -> None:
    service, allowed = places["service"], places["sister"]
    request = new_context().request
    own = request.get(service).headers
    assert own["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in own["content-security-policy"]
    framed = request.get(f"{service}/channels/web/frame").headers
    assert "x-frame-options" not in framed
    assert f"frame-ancestors {allowed}" in framed["content-security-policy"]
    assert request.get(f"{service}/desk/login").headers["x-frame-options"] == "DENY"
