"""Listening: the application on an address, with nothing of any request in the log."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot.settings import Settings
from channels.errors import status_error
from channels.security import HEADERS


class _WithoutContent(logging.Filter):
    """The web server logs what it could not parse; that may be anything, so only the fact is kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no exception"
        record.msg, record.args = "request not handled: %s", (kind,)
        record.exc_info = record.exc_text = None
        return True


class _Handler(RequestHandler):
    """Answers what is hardly HTTP as we answer every error; the library would repeat it and name its own version."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        super().handle_error(request, status, exc, message)  # logs it, and gives up where an answer has begun
        response = status_error(status)
        response.headers.update(HEADERS)
        response.force_close()
        return response


class _Server(web.Server):
    """Makes our handler for every connection."""

    def __call__(self) -> RequestHandler:
        return _Handler(self, loop=self._loop, **self._kwargs)


class _Runner(web.AppRunner):
    """Runs the application with our server."""

    __slots__ = ()

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(
            made.request_handler,
            request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
            loop=asyncio.get_running_loop(),
            **made._kwargs,
        )


async def listen(app: web.Application, settings: Settings) -> web.AppRunner:
    """Start serving; `await runner.cleanup()` stops cleanly. Raises OSError when the address is taken, StoreError."""
    logging.getLogger("aiohttp.server").addFilter(_WithoutContent())
    for library in ("fontTools", "fpdf"):  # they tell which characters a document holds
        logging.getLogger(library).setLevel(logging.WARNING)
    runner = _Runner(app, access_log=None, shutdown_timeout=5, handler_cancellation=False)
    try:
        await runner.setup()
        await web.TCPSite(runner, settings.host, settings.port).start()
    except BaseException:
        await runner.cleanup()
        raise
    return runner
