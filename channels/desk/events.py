"""Server-sent events that keep the desk's pages live."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from aiohttp import web

from bot.desk.seat import Seat
from bot.events import Event
from channels.desk.session import current, signed
from channels.frames import message_json
from channels.hub import EVERYTHING, Watch
from channels.services import Services, services

BEAT = 20.0
"""Seconds between signs of life, on which the session is checked again too."""


async def events(request: web.Request) -> web.StreamResponse:
    """GET /desk/api/events: `queue` when lists change, `message` and `typing` of conversations, `desk` when something
    else that pages show has changed, `notice` for this seat."""
    parts = services(request)
    seat = signed(request).seat
    with parts.hub.watch(EVERYTHING) as watch:
        ours = {case.conversation for state in ("waiting", "human") for case in await parts.desk.cases(state, seat)}
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):  # the page was closed
            await response.write(_event("queue", {"waiting": await parts.desk.waiting(seat)}))
            await _follow(request, response, watch, seat, ours)
    return response


async def _follow(request: web.Request, response: web.StreamResponse, watch: Watch, seat: Seat, ours: set[str]) -> None:
    """Until the service stops, the session ends, or the seat is another than it was: the page then asks anew."""
    clock = services(request).clock
    checked = clock.monotonic()
    while True:
        event, silent = None, False
        try:
            async with asyncio.timeout(BEAT):
                event = await watch.next()
        except TimeoutError:
            silent = True
        if silent or clock.monotonic() - checked >= BEAT:  # also where events never cease
            session = await current(request, used=False)
            if session is None or session.seat != seat:
                return
            checked = clock.monotonic()
        if silent:
            await response.write(b": alive\n\n")
        elif event is None:
            return
        else:
            await _tell(response, services(request), event, seat, ours)


async def _tell(response: web.StreamResponse, parts: Services, event: Event, seat: Seat, ours: set[str]) -> None:
    if event.kind == "state":
        changed = event.conversation in ours
        if event.state not in ("waiting", "human"):
            ours.discard(event.conversation)
        elif not changed and await parts.desk.sees(event.conversation, seat):
            ours.add(event.conversation)
            changed = True
        if changed:
            known = {
                "waiting": await parts.desk.waiting(seat),
                "conversation": event.conversation,
                "state": event.state,
            }
            await response.write(_event("queue", known))
    elif event.kind == "notice":
        if event.staff == seat.id:
            await response.write(_event("notice", {"conversation": event.conversation, **event.data}))
    elif event.kind == "desk" and not event.conversation:
        await response.write(_event("desk", dict(event.data)))
    elif event.conversation in ours:
        if event.message is not None:
            body = {"conversation": event.conversation, "message": message_json(event.message)}
            await response.write(_event("message", body))
        elif event.kind == "typing" and event.who == "citizen":
            await response.write(_event("typing", {"conversation": event.conversation}))
        elif event.kind == "read":
            told = {"conversation": event.conversation, "who": event.who, **event.data}
            await response.write(_event("read", told))
        elif event.kind == "desk":
            await response.write(_event("desk", {"conversation": event.conversation, **event.data}))


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
