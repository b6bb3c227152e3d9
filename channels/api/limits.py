"""Who a request of the app API is counted to, and what the response says of how that one stands."""

from __future__ import annotations

from aiohttp import web

from channels.errors import ApiError, too_fast
from channels.limits import Standing, address_of
from channels.services import Services, services

APP_HEADER = "Faxian-App"
"""The key of an app that is known."""
_STANDINGS = web.RequestKey("limits", dict[str, Standing])


async def app_of(request: web.Request) -> str:
    """Name of the app whose key the request carries; "" without key. Raises ApiError 401 for one that opens nothing."""
    key = request.headers.get(APP_HEADER, "")
    if not key:
        return ""
    app = await services(request).apps.by_key(key)
    if app is None:
        raise ApiError(401, "unknown_app", f"{APP_HEADER} 头里的密钥不对，或者这个应用已经停用。")
    return app.name


async def counted(request: web.Request) -> Services:
    """The parts, after the request was counted to the app that sends it, else to its address. Raises ApiError."""
    parts = services(request)
    app = await app_of(request)
    limit, key, policy = (
        (parts.by_app, app, "app")
        if app
        else (parts.by_address, address_of(request, parts.settings.trusted_proxies), "address")
    )
    wait = limit.wait(key)
    tell(request, policy, limit.standing(key))
    if wait:
        raise too_fast(wait)
    return parts


def tell(request: web.Request, policy: str, standing: Standing | None) -> None:
    """The response is to tell how this policy stands for who asks."""
    if standing is not None:
        request[_STANDINGS] = {**request.get(_STANDINGS, {}), policy: standing}


async def add_limits(request: web.Request, response: web.StreamResponse) -> None:
    """RateLimit and RateLimit-Policy, as the IETF's draft has them; a signal handler for `on_response_prepare`."""
    standings: dict[str, Standing] = request.get(_STANDINGS, {})
    if not standings:
        return
    each = standings.items()
    response.headers["RateLimit-Policy"] = ", ".join(f'"{name}";q={one.quota};w=60' for name, one in each)
    response.headers["RateLimit"] = ", ".join(f'"{name}";r={one.left};t={one.reset}' for name, one in each)
