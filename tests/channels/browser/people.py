"""Who uses the pages in the browser tests, and the types of the fixtures that bring them there."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person at the chat page."""

    page: Page

    @property
    def log(self) -> Locator:
        """All messages."""
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        """Where to write."""
        return self.page.locator("#composer-text")

    def mine(self, text: str) -> Locator:
        """My messages with exactly this text."""
        return self.page.locator(".from-citizen .bubble").get_by_text(text, exact=True)

    def answered(self, text: str) -> Locator:
        """What the bot said that contains `text`."""
        return self.page.locator(".from-bot").filter(has_text=text)

    def say(self, text: str) -> None:
        """Write and send by Enter."""
        self.box.fill(text)
        self.box.press("Enter")

    def online(self) -> None:
        """Wait until the page is connected."""
        expect(self.page.locator("#connection")).to_have_attribute("data-status", "online")

    def matter(self) -> str:
        """The number of the matter, once there is one."""
        number = self.page.locator("#matter-number")
        expect(number).to_have_text(re.compile(r"^\d{8}-\d{4,}$"))
        return number.inner_text()


NewContext = Callable[..., BrowserContext]
"""(size=, **options of Playwright) → a browser profile."""
OpenChat = Callable[..., Citizen]
"""(context=, **options of the profile) → somebody at the chat page."""
SignIn = Callable[..., Page]
"""(size=, name= of the account, **options of the profile) → the desk's queue page."""
Serve = Callable[[int, Path], AbstractContextManager[str]]
"""(port, folder of the store) → the service while the context lasts; its address."""


def large_type(desk: Page) -> None:
    """Switch to large type in the menu of the desk, and close the menu."""
    menu = desk.locator("#desk-menu summary")
    menu.click()
    desk.get_by_role("button", name="大字").click()
    menu.click()
