"""Listening: the application on an address, with nothing of any request in the log."""

from __future__ import annotations

import logging

from aiohttp import web

from bot.settings import Settings


class _WithoutContent(logging.Filter):
    """The web server logs what it could not parse; that may be anything, so only the fact is kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no exception"
        record.msg, record.args = "request not handled: %s", (kind,)
        record.exc_info = record.exc_text = None
        return True


async def listen(app: web.Application, settings: Settings) -> web.AppRunner:
    """Start serving; `await runner.cleanup()` stops cleanly. Raises OSError when the address is taken, StoreError."""
    logging.getLogger("aiohttp.server").addFilter(_WithoutContent())
    for library in ("fontTools", "fpdf"):  # they tell which characters a document holds
        logging.getLogger(library).setLevel(logging.WARNING)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5, handler_cancellation=False)
    try:
        await runner.setup()
        await web.TCPSite(runner, settings.host, settings.port).start()
    except BaseException:
        await runner.cleanup()
        raise
    return runner
