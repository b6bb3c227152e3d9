"""`faxian app`: apps that may talk to us for their users, kept on the command line."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.apps import App, AppError, Apps
from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.apps import AppStore
from bot.store.database import Database, StoreError


def run_apps(settings: Settings, options: argparse.Namespace) -> int:
    """Run one of them; the exit status."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        print(asyncio.run(_work(settings, options)))
    except (AppError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _work(settings: Settings, options: argparse.Namespace) -> str:
    database = Database(settings.store_url)
    await database.open()
    try:
        return await _done(Apps(AppStore(database), SystemClock()), options)
    finally:
        await database.close()


async def _done(apps: Apps, options: argparse.Namespace) -> str:
    match options.what:
        case "list":
            return "\n".join([_line(one) for one in await apps.all()] or ["No app yet."])
        case "add":
            app, key = await apps.add(options.name, options.webhook)
            return f"{_line(app)}\nkey     {key}\nsecret  {app.secret}\nNeither is shown again."
        case "webhook":
            return _line(await apps.point(options.name, options.url))
        case "secret":
            app = await apps.new_secret(options.name)
            return f"secret  {app.secret}\nThe old one counts beside it for a day. It is not shown again."
        case "key":
            key = await apps.new_key(options.name)
            return f"key     {key}\nThe old one opens nothing any more. It is not shown again."
        case what:
            return _line(await apps.switch(options.name, on=what == "enable"))


def _line(app: App) -> str:
    told = f"told at {app.url}" if app.url else "asks by itself"
    return f"{app.name}: {told}{', disabled' if app.disabled else ''}"
