"""One line per request for the operator: which route, how it ended, how long it took, and nothing anyone said."""

from __future__ import annotations

import logging
import time

from aiohttp import web
from aiohttp.typedefs import Handler

_LOG = logging.getLogger(__name__)
_WATCHED = ("/healthz", "/readyz")
"""Asked every few seconds by whoever watches over the service."""


@web.middleware
async def access_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Logs the route's pattern, not the address: ids, tokens and search words stay out of the log.

    What goes well and comes by the dozen is left out: a page's scripts, and the questions whether we are well.
    """
    started = time.perf_counter()
    response = await handler(request)
    route = request.match_info.route.resource
    if response.status < 400 and (isinstance(route, web.StaticResource) or request.path in _WATCHED):
        return response
    pattern = route.canonical if route is not None else "unknown"
    _LOG.info("%s %s %d %.0f ms", request.method, pattern, response.status, (time.perf_counter() - started) * 1000)
    return response
