"""Server-sent events that keep the desk's pages live."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from aiohttp import web

from bot.events import Event
from channels.desk.session import current, signed
from channels.frames import message_json
from channels.hub import EVERYTHING, Watch
from channels.services import Services, services

BEAT = 20.0
"""Seconds between signs of life, on which the session is checked again too."""


async def events(request: web.Request) -> web.StreamResponse:
    """GET /desk/api/events: `queue` when the lists change, `message` and `typing` of conversations at the desk, `desk`
    when something else that pages show changed, `notice` for this seat."""
    parts = services(request)
    with parts.hub.watch(EVERYTHING) as watch:
        ours = {case.conversation for state in ("waiting", "human") for case in await parts.desk.cases(state)}
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):  # the page was closed
            await response.write(_event("queue", {"waiting": await parts.desk.waiting()}))
            await _follow(request, response, parts, watch, ours, signed(request).seat.id)
    return response


async def _follow(
    request: web.Request, response: web.StreamResponse, parts: Services, watch: Watch, ours: set[str], seat: int
) -> None:
    """Until the service stops or the session ends."""
    while True:
        try:
            async with asyncio.timeout(BEAT):
                event = await watch.next()
        except TimeoutError:
            if await current(request) is None:
                return
            await response.write(b": alive\n\n")
            continue
        if event is None:
            return
        if event.kind == "notice":
            if event.staff == seat:
                await response.write(_event("notice", dict(event.data)))
        elif event.kind == "desk":
            await response.write(_event("desk", dict(event.data)))
        else:
            await _tell(response, parts, event, ours)


async def _tell(response: web.StreamResponse, parts: Services, event: Event, ours: set[str]) -> None:
    if event.kind == "state":
        changed = event.conversation in ours or event.state in ("waiting", "human")
        if event.state in ("waiting", "human"):
            ours.add(event.conversation)
        else:
            ours.discard(event.conversation)
        if changed:
            known = {"waiting": await parts.desk.waiting(), "conversation": event.conversation, "state": event.state}
            await response.write(_event("queue", known))
    elif event.conversation in ours:
        if event.message is not None:
            body = {"conversation": event.conversation, "message": message_json(event.message)}
            await response.write(_event("message", body))
        elif event.kind == "typing" and event.who == "citizen":
            await response.write(_event("typing", {"conversation": event.conversation}))


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
