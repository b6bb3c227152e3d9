"""A real Chromium, the whole service with a scripted engine, and the two people who use its pages."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.channels.browser.people import Citizen, NewContext, OpenChat, Serve, SignIn
from tests.fakes.serve import STAFF_NAME, STAFF_PASSWORD

REPO = Path(__file__).resolve().parents[3]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-fake-device-for-media-stream",  # a microphone that beeps; whoever wants it still needs the permission
]
PHONE = (390, 844)
DESKTOP = (1280, 800)

expect.set_options(timeout=15_000)  # a loaded machine is slow, not wrong


@contextmanager
def serving(port: int, data: Path, *options: str) -> Iterator[str]:
    """The service on `port` with its store in `data`; the address it answers at."""
    command = [sys.executable, "-m", "tests.fakes.serve", "--port", str(port), "--data", str(data), *options]
    log = data / "serve.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout is not None
    try:
        # It prints its address once it listens; an empty line means that it ended instead.
        if not process.stdout.readline():
            raise RuntimeError(f"the test service did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=15)
        process.stdout.close()


def free() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    return free()


@pytest.fixture
def serve() -> Serve:
    """`serving`, for tests that stop and start the service themselves."""
    return serving


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    with serving(free(), tmp_path_factory.mktemp("service")) as address:
        yield address


@contextmanager
def launched(*arguments: str) -> Iterator[Browser]:
    """Chromium, with some arguments more."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: install Debian's package chromium, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *arguments])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a module. Not longer: Playwright's loop would run on under the asynchronous tests of others."""
    with launched() as browser:
        yield browser


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[NewContext]:
    """Makes browser profiles; a script error or a breach of the content policy on any of their pages fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(size: tuple[int, int] = PHONE, **options: Any) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce", **options
        )
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def open_chat(service: str, new_context: NewContext) -> OpenChat:
    """Opens the chat page in a new profile, or in the one given, and waits for the greeting."""

    def open_it(context: BrowserContext | None = None, **options: Any) -> Citizen:
        page = (context or new_context(**options)).new_page()
        page.goto(service)
        citizen = Citizen(page)
        citizen.online()
        expect(citizen.log.locator(".from-bot").first).to_be_visible()
        return citizen

    return open_it


@pytest.fixture
def citizen(open_chat: OpenChat) -> Citizen:
    """Somebody who has just opened the page on a phone."""
    return open_chat()


@pytest.fixture
def sign_in(service: str, new_context: NewContext) -> SignIn:
    """Signs in at the desk and returns the page with the queue."""

    def sign_in_there(
        size: tuple[int, int] = DESKTOP, name: str = STAFF_NAME, lands: str = "/desk", **options: Any
    ) -> Page:
        page = new_context(size, **options).new_page()
        page.goto(f"{service}/desk/login")
        page.get_by_label("账号").fill(name)
        page.get_by_label("密码").fill(STAFF_PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(service + lands)
        return page

    return sign_in_there
