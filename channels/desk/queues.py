"""The queues: listed for whoever passes conversations on, changed by administrators."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.desk.queues.book import BadQueue
from bot.desk.queues.help import HELPS, as_help
from bot.desk.queues.place import place_name
from bot.desk.queues.queue import GENERAL, Queue
from bot.desk.seat import TIERS
from bot.understanding.language import LANGUAGES
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.session import signed
from channels.desk.topic_view import AREAS
from channels.errors import ApiError
from channels.services import services


def queue_json(queue: Queue) -> dict[str, Any]:
    """A queue for pages."""
    return {
        **asdict(queue),
        "help_name": HELPS[queue.help],
        "tier_name": TIERS[queue.tier],
        "language_name": LANGUAGES.get(queue.language, queue.language),
        "place": place_name(queue.region.ljust(6, "0") if queue.region else ""),
    }


async def shown(request: web.Request) -> web.Response:
    """GET /desk/queues"""
    queues = await services(request).queues.queues()
    return page(
        "queues.html",
        session=signed(request),
        here="/desk/queues",
        queues=[queue_json(queue) for queue in sorted(queues, key=lambda one: (one.closed, one.help, one.key))],
        names={queue.key: queue.name for queue in queues},
        helps=HELPS,
        tiers=TIERS,
        languages=LANGUAGES,
        areas=AREAS,
        general=GENERAL,
    )


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/queues"""
    return json_answer({"queues": [queue_json(queue) for queue in await services(request).queues.queues()]})


async def save(request: web.Request) -> web.Response:
    """POST /desk/api/queues: add or change one queue."""
    session = signed(request)
    queue = _read(await read_object(request))
    try:
        await services(request).queues.save(queue, session.seat)
    except BadQueue as error:
        raise ApiError(400, "bad_queue", error.text) from None
    return json_answer({"queue": queue_json(queue)})


def _read(body: dict[str, Any]) -> Queue:
    """The queue in a request. Raises ApiError for what cannot be one."""
    help_, tier = as_help(text_field(body, "help")), next((one for one in TIERS if one == body.get("tier")), None)
    areas, wait, language = body.get("areas"), body.get("overflow_after"), text_field(body, "language")
    closed = body.get("closed")
    if (
        help_ is None
        or tier is None
        or not isinstance(areas, list)
        or not all(isinstance(area, str) and 0 < len(area) <= 32 for area in areas)
        or not isinstance(wait, int)
        or isinstance(wait, bool)
        or not isinstance(closed, bool)
        or (language and language not in LANGUAGES)
    ):
        raise ApiError(400, "bad_field", "有一项填得不对，请检查后再保存。")
    return Queue(
        key=text_field(body, "key"),
        name=text_field(body, "name").strip(),
        help=help_,
        areas=tuple(dict.fromkeys(areas)),
        region=text_field(body, "region").strip(),
        language=language,
        tier=tier,
        overflow=text_field(body, "overflow"),
        overflow_after=wait,
        closed=closed,
    )
