"""The citizen's page against WCAG 2.2 AA: every rule of axe-core, and what no tool of rules sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.channels.browser.people import Citizen, NewContext, OpenChat

LOOKS = [
    pytest.param((390, 844), "light", False, id="phone"),
    pytest.param((390, 844), "dark", True, id="phone-dark-large"),
    pytest.param((1280, 800), "light", True, id="desktop-large"),
    pytest.param((1280, 800), "dark", False, id="desktop-dark"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 400
LEAST = 24
"""CSS pixels of a target each way (2.5.8)."""
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"


def _broken(page: Page) -> list[tuple[str, list[Any]]]:
    """Every rule broken, whatever its impact, with the elements that break it."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def _small(page: Page) -> list[str]:
    """Targets smaller than LEAST that are not part of a sentence."""
    return page.evaluate(
        """least => [...document.querySelectorAll('button, a[href], summary, input, textarea, label.button')]
            .filter(one => one.checkVisibility() && !one.closest('.visually-hidden, .skip-link, .bubble p')
                           && !one.classList.contains('visually-hidden'))
            .map(one => [one, one.getBoundingClientRect()])
            .filter(([_, box]) => box.width > 0 && (box.width < least || box.height < least))
            .map(([one, box]) => `${one.tagName} ${one.id || one.textContent.trim()} ${box.width}x${box.height}`)""",
        LEAST,
    )


def _wide(page: Page) -> bool:
    """Whether one must scroll sideways to read."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def _question(citizen: Citizen) -> None:
    citizen.page.locator("#attach-file").set_input_files({"name": "工资条.png", "mimeType": "image/png", "buffer": PNG})
    expect(citizen.page.get_by_role("button", name="存进材料")).to_be_visible()


def _recording(citizen: Citizen) -> None:
    citizen.page.locator("#voice").click()
    expect(citizen.page.locator("#voice-stop")).to_be_focused()


def _review(citizen: Citizen) -> None:
    _recording(citizen)
    citizen.page.locator("#voice-stop").click()
    expect(citizen.page.locator("#voice-send")).to_be_focused()


def _opinion(citizen: Citizen) -> None:
    citizen.say("意见")
    expect(citizen.page.locator(".opinion")).to_be_visible()
    citizen.page.evaluate("document.querySelectorAll('.log details').forEach((one) => { one.open = true; })")


STATES: list[Callable[[Citizen], None]] = [
    lambda _citizen: None,
    lambda citizen: citizen.page.get_by_text("家里不安全").click(),
    _question,
    _recording,
    _review,
    _opinion,
    lambda citizen: citizen.page.context.set_offline(True),
]


@pytest.mark.parametrize(
    "state", STATES, ids=["first", "safety", "question", "recording", "review", "opinion", "offline"]
)
@pytest.mark.parametrize(("size", "scheme", "large"), LOOKS)
def test_no_rule_is_broken(
    open_chat: OpenChat, size: tuple[int, int], scheme: str, large: bool, state: Callable[[Citizen], None]
) -> None:
    citizen = open_chat(size=size, color_scheme=scheme, permissions=["microphone"])
    if large:
        citizen.page.get_by_role("button", name="大字").click()
    state(citizen)
    assert _broken(citizen.page) == []
    assert _small(citizen.page) == []
    assert not _wide(citizen.page)


@pytest.mark.parametrize("large", [False, True])
def test_a_screen_of_320_pixels_needs_no_scrolling_sideways(open_chat: OpenChat, large: bool) -> None:
    citizen = open_chat(size=(320, 568))
    if large:
        citizen.page.get_by_role("button", name="大字").click()
    _opinion(citizen)
    citizen.page.locator("#person").click()
    expect(citizen.page.locator("#service-state")).to_have_text("正在排队等人工")
    assert not _wide(citizen.page)


def test_wider_spacing_cuts_nothing_off(open_chat: OpenChat) -> None:
    citizen = open_chat()
    # Put in by the browser as a reader's own style would be; the page's policy rightly refuses a style element.
    citizen.page.evaluate(
        """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
                   document.adoptedStyleSheets = [sheet]; }""",
        SPACED,
    )
    cut = citizen.page.evaluate(
        """() => [...document.querySelectorAll('button, .bubble, .connection, .emergency a')]
            .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
            .map(one => one.textContent)"""
    )
    assert cut == []
    assert not _wide(citizen.page)


def test_whoever_tabs_through_always_sees_where_they_are(open_chat: OpenChat) -> None:
    citizen = open_chat()
    _opinion(citizen)
    page = citizen.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    seen: list[str] = []
    for _ in range(60):
        where = page.evaluate(
            """() => { const one = document.activeElement; const box = one.getBoundingClientRect();
                const shown = one.id === 'attach-file' ? document.querySelector('label[for=attach-file]') : one;
                const at = shown.getBoundingClientRect();
                const x = (Math.max(at.left, 0) + Math.min(at.right, innerWidth)) / 2;
                const y = (Math.max(at.top, 0) + Math.min(at.bottom, innerHeight)) / 2;
                const hit = document.elementFromPoint(x, y);
                const ring = getComputedStyle(shown).outlineStyle;
                return { name: one === document.body ? 'BODY' : one.id || one.textContent.trim().slice(0, 20), ring,
                         inside: at.bottom > 0 && at.top < innerHeight,
                         covered: !(hit && (shown.contains(hit) || hit.contains(shown))) }; }"""
        )
        if where["name"] == "BODY":
            page.keyboard.press("Tab")  # between the last and the first
            continue
        assert where["inside"], where
        assert not where["covered"], where
        assert where["ring"] != "none", where
        if where["name"] in seen[:1]:
            break  # once round
        seen.append(where["name"])
        page.keyboard.press("Tab")
    assert {"large-type", "leave", "person", "attach-file", "voice", "composer-text"} <= set(seen)


def test_who_cannot_see_hears_what_happens(open_chat: OpenChat) -> None:
    citizen = open_chat()
    page = citizen.page
    expect(page.get_by_role("log", name="对话")).to_have_attribute("aria-live", "polite")
    expect(page.locator("#notice")).to_have_attribute("role", "alert")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="正在重连")).to_have_count(1)


def test_nothing_moves_where_it_is_not_wanted(new_context: NewContext, service: str) -> None:
    page = new_context().new_page()  # profiles of these tests prefer reduced motion
    page.goto(service)
    expect(page.locator(".from-bot").first).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0
