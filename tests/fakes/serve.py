"""The whole service with a scripted engine: `python -m tests.fakes.serve --port 8399`; sign in as 值班律师."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import tempfile
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from bot.clock import SystemClock
from bot.desk.profile import MOST_HELD, AccountError, Profile
from bot.desk.seat import Role
from bot.settings import Settings
from bot.store.database import Database
from channels.app import accounts, create_app
from channels.server import listen
from channels.services import SERVICES
from channels.voice.browser import add_browser
from channels.voice.wiring import answering, telephone
from tests.fakes.kept_calls import KeptCalls
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.talking import Deaf, ScriptedRecognizer, ScriptedSynthesizer

STAFF_NAME, STAFF_PASSWORD = "值班律师", "correct horse battery"
"""A supervisor."""
COLLEAGUE = "吴律师"
"""A lawyer with the same password."""
AUDITOR = "审计员"
"""An auditor with the same password."""
PEOPLE: dict[str, Role] = {STAFF_NAME: "supervisor", COLLEAGUE: "lawyer", AUDITOR: "auditor"}


async def build(
    data_dir: Path, slow: float = 0.0, store: str = "", origins: str = "", answers: bool = False
) -> web.Application:
    """The application on `store`, or on one below `data_dir`, with three accounts at the desk; else by the
    environment. Calls are kept for the test, or `answers`: by the hotline, which hears keys alone."""
    settings = replace(
        Settings.from_env(os.environ),
        data_dir=data_dir,
        database_url=store,
        rate_address_per_minute=0,
        rate_conversation_per_minute=0,
        staff_totp_roles="none",
        web_origins=origins,
    )
    clock = SystemClock()
    database = Database(settings.store_url)
    await database.open()
    with contextlib.suppress(AccountError):  # they are there from the last run
        made = accounts(settings, database, clock)
        for name, role in PEOPLE.items():
            await made.add_staff(name, STAFF_PASSWORD, profile=Profile(role, capacity=MOST_HELD))
    await database.close()
    app = create_app(
        settings, clock=clock, database=Database(settings.store_url), engine=FakeEngine(slow), laws=FakeLaws()
    )
    if settings.voice_browser:
        kept = KeptCalls()
        hotline = answering(app[SERVICES], ScriptedSynthesizer(), [ScriptedRecognizer()], Deaf)
        answer = hotline.answer if answers else kept.answer
        add_browser(app, telephone(settings, answer, clock).browsers, settings.voice_browser)
        app.router.add_get("/kept-calls", kept.tell)
    return app


async def _serve(port: int, app: Awaitable[web.Application]) -> None:
    runner = await listen(await app, Settings(port=port))
    print(f"http://127.0.0.1:{runner.addresses[0][1]}  desk: {STAFF_NAME} / {STAFF_PASSWORD}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8399, help="0 takes a free one")
    parser.add_argument("--data", type=Path, default=None, help="folder of the store; a fresh one if not given")
    parser.add_argument("--slow", type=float, default=0.0, help="seconds a message with 慢 in it takes")
    parser.add_argument("--store", default="", help="address of the store; a file in the folder if not given")
    parser.add_argument("--origins", default="", help="other sites that may show the chat in a frame")
    parser.add_argument("--answers", action="store_true", help="calls are answered by the hotline, which hears keys")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh, contextlib.suppress(KeyboardInterrupt):
        folder = options.data or Path(fresh)
        app = build(folder, options.slow, options.store, options.origins, options.answers)
        asyncio.run(_serve(options.port, app))


if __name__ == "__main__":
    main()
