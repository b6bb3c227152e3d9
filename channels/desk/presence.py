"""Signs of life of the seats: every page sends them while it is open."""

from __future__ import annotations

from aiohttp import web

from bot.desk.queues.presence import as_status
from channels.body import json_answer, read_object
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services


async def beat(request: web.Request) -> web.Response:
    """POST /desk/api/presence with {"status": online|busy|away}, or {} to leave the status as it is."""
    session = signed(request)
    raw = (await read_object(request)).get("status")
    status = as_status(raw) if isinstance(raw, str) else None
    if raw is not None and status is None:
        raise ApiError(400, "bad_field", "status 应为 online、busy 或 away。")
    now, held = await services(request).presence.beat(session.seat, status)
    return json_answer({"status": now, "held": held, "capacity": session.seat.capacity})
