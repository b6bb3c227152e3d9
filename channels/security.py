"""The headers that tell a browser what our pages may do, on every response."""

from __future__ import annotations

from aiohttp import web

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FRAMED = "framed"
"""Key that a response has when its own policy says who may frame it."""


def policy(**directives: str) -> str:
    """The content policy of our pages with some `directives` of its own, written with _ for -."""
    own = {name.replace("_", "-"): value for name, value in directives.items()}
    return "; ".join(f"{name} {value}" for name, value in (_DIRECTIVES | own).items())


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Server": "faxian",
}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Set what is not already set; a signal handler for `on_response_prepare`."""
    if isinstance(response, web.FileResponse):
        # Kept but asked about every time (it has an ETag), so that an upgrade shows at the next load.
        response.headers.setdefault("Cache-Control", "no-cache")
    for name, value in HEADERS.items():
        if name == "Server":
            response.headers[name] = value
        elif name != "X-Frame-Options" or FRAMED not in response:
            response.headers.setdefault(name, value)
