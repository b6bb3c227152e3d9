"""Lets a request of the desk through: signed in, from our own page, and with the right that its route asks for."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.desk.records import RowKind
from bot.desk.rights import Right, may
from bot.desk.seat import Session
from channels.desk.session import SESSION, current, matches
from channels.errors import ApiError
from channels.services import services

OWN = ("/desk/me", "/desk/api/me")
"""What is open to somebody who must first set up their password or second factor."""


_ROWS: dict[RowKind, tuple[str, str, str, str]] = {
    "conversation": ("/desk/api/conversations/{id}", "id", "unknown_conversation", "没有这个会话。"),
    "matter": ("/desk/api/matters/{number", "number", "unknown_matter", "没有这个事项。"),
    "application": ("/desk/api/applications/{id", "id", "unknown_application", "没有这个申请。"),
    "referral": ("/desk/api/referrals/{id", "id", "unknown_referral", "没有这个转办。"),
}
"""Beginning of an address → what its row is, the part that names it, and what is said where it is not the seat's."""


def guarded(handler: Handler, right: Right, *, shows_page: bool, background: bool = False, path: str = "") -> Handler:
    """`handler` behind the check; who is not signed in is led to the sign-in page, or told so by an API answer.

    Pages and changes keep a session from idling out; what pages do by themselves does not. A change of a row outside
    the seat's regions is answered as one that is not there, whatever else is wrong with it; `path` is the route's.
    """
    row = next((kind for kind, (start, *_) in _ROWS.items() if path.startswith(start)), None)

    async def checked(request: web.Request) -> web.StreamResponse:
        acts = shows_page or (request.method not in ("GET", "HEAD") and not background)
        session = await current(request, used=acts)
        if session is None:
            if shows_page:
                raise web.HTTPSeeOther("/desk/login")
            raise ApiError(401, "signed_out", "请先登录。")
        if shows_page and session.owes and not _own(request):
            raise web.HTTPSeeOther("/desk/me")
        await admit(request, session, right)
        if row is not None and request.method not in ("GET", "HEAD"):
            await _in_sight(request, session, row)
        request[SESSION] = session
        return await handler(request)

    return checked


async def admit(request: web.Request, session: Session, right: Right) -> None:
    """Raises ApiError 403 where the role lacks the right, something must be set up first, or a change does not repeat
    the session's token."""
    if request.method not in ("GET", "HEAD") and not matches(request.headers.get("X-CSRF", ""), session.csrf):
        raise ApiError(403, "bad_csrf", "页面已过期，请刷新后再试。")
    if session.owes and not _own(request):
        raise ApiError(403, "set_up_first", "请先到“我的账号”设置自己的密码和两步验证。")
    if not may(session.seat, right):
        raise ApiError(403, "no_right", "您的角色不能做这件事，需要的话请找管理员。")


async def _in_sight(request: web.Request, session: Session, row: RowKind) -> None:
    _, name, code, text = _ROWS[row]
    if not await services(request).desk.sees_row(row, request.match_info[name], session.seat):
        raise ApiError(404, code, text)


def _own(request: web.Request) -> bool:
    return any(request.path == one or request.path.startswith(one + "/") for one in OWN)
