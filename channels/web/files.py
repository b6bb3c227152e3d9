"""A citizen's files on the web chat: sent with the conversation's token, fetched with a ticket."""

from __future__ import annotations

from aiohttp import web

from bot.records import Conversation
from channels.api.auth import bearer
from channels.body import json_answer
from channels.errors import ApiError, too_fast
from channels.frames import message_json
from channels.limits import address_of
from channels.services import Services, services
from channels.tickets import LIFE
from channels.uploads import given_out, query_text, read_file


def _counted(request: web.Request) -> Services:
    """The parts, after the address was counted. Raises ApiError 429."""
    parts = services(request)
    wait = parts.by_address.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    return parts


async def _own(request: web.Request, parts: Services) -> Conversation:
    found = await parts.conversations.by_token(bearer(request))
    if found is None:
        raise ApiError(401, "unauthorized", "会话令牌不对。")
    return found


async def send(request: web.Request) -> web.Response:
    """POST /channels/web/files?name=&message_id= with the file as the body"""
    parts = _counted(request)
    conversation = await _own(request, parts)
    name, message_id = query_text(request, "name"), query_text(request, "message_id")
    content = await read_file(request, parts.work.files.largest)
    message = await parts.work.files.receive(conversation.id, message_id, name, content)
    return json_answer({"message": message_json(message)}, 201)


async def ticket(request: web.Request) -> web.Response:
    """POST /channels/web/files/{file}/ticket: opens one file for some minutes, for the conversation's token"""
    parts = _counted(request)
    conversation = await _own(request, parts)
    place = _place(request.match_info["file"], conversation.id)
    if await parts.work.files.citizens(request.match_info["file"], conversation.id) is None:
        raise ApiError(404, "unknown_file", "没有这个文件。")
    return json_answer(
        {"address": f"/channels/web/files/{place}?ticket={parts.tickets.issue(place)}", "expires_in": LIFE}
    )


async def download(request: web.Request) -> web.Response:
    """GET /channels/web/files/{file}/{conversation}?ticket="""
    parts = _counted(request)
    file, conversation = request.match_info["file"], request.match_info["conversation"]
    if not parts.tickets.opens(request.query.get("ticket", ""), _place(file, conversation)):
        raise ApiError(401, "bad_ticket", "下载链接已经失效，请回到咨询页面再点一次下载。")
    return given_out(await parts.work.files.citizens(file, conversation))


def _place(file: str, conversation: str) -> str:
    return f"{file}/{conversation}"
