"""Whether the process lives and whether each part can do its work."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web

from bot.safe_log import log_round
from channels.body import json_answer
from channels.services import Probe, services

_LOG = logging.getLogger(__name__)
PROBE_WITHIN = 3.0
_BROKEN: set[str] = set()
"""Parts that were not ready when last asked for."""


async def alive(_request: web.Request) -> web.Response:
    """GET /healthz"""
    return json_answer({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """GET /readyz: 200 when every part is ready, else 503; each is named."""
    probes = services(request).probes
    answers = await asyncio.gather(*(_ask(name, probe) for name, probe in probes.items()))
    parts = dict(zip(probes, answers, strict=True))
    return json_answer({"ready": all(answers), "parts": parts}, 200 if all(answers) else 503)


async def _ask(name: str, probe: Probe) -> bool:
    try:
        async with asyncio.timeout(PROBE_WITHIN):
            well = await probe()
    except Exception as error:  # noqa: BLE001 - a probe that fails in any way means: not ready
        log_round(_LOG, f"{name} is not ready", error)
        well = False
    if well and name in _BROKEN:
        _LOG.warning("%s is ready again", name)
    (_BROKEN.discard if well else _BROKEN.add)(name)
    return well
