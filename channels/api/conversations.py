"""The app API's conversations: open one, say something, read what was said."""

from __future__ import annotations

from aiohttp import web

from bot.message import Inbound, parts_to_json
from channels.api.auth import own_conversation
from channels.api.query import whole_number
from channels.body import json_answer, read_object, text_field
from channels.errors import too_fast
from channels.frames import message_json
from channels.limits import address_of
from channels.services import services
from channels.uploads import given_out


async def open_conversation(request: web.Request) -> web.Response:
    """POST /api/v1/conversations"""
    parts = services(request)
    wait = parts.by_address.wait(address_of(request, parts.settings.trusted_proxies))
    if wait:
        raise too_fast(wait)
    opened = await parts.conversations.create("api")
    return json_answer(
        {
            "id": opened.conversation.id,
            "token": opened.token,
            "state": opened.conversation.state,
            "replies": parts_to_json(opened.greeting.parts),
        },
        201,
    )


async def say(request: web.Request) -> web.Response:
    """POST /api/v1/conversations/{id}/messages"""
    parts = services(request)
    conversation = await own_conversation(request, fresh=False)
    body = await read_object(request)
    inbound = Inbound(conversation.channel, conversation.id, text_field(body, "message_id"), text_field(body, "text"))
    _, answered = await parts.inbox.accept(inbound, address_of(request, parts.settings.trusted_proxies))
    outcome = await answered
    return json_answer(
        {
            "message_id": outcome.message.message_id,
            "seq": outcome.message.seq,
            "state": outcome.state,
            "matter": outcome.matter,
            "repeated": outcome.repeated,
            "replies": [part for reply in outcome.replies for part in parts_to_json(reply.parts)],
        }
    )


async def read(request: web.Request) -> web.Response:
    """GET /api/v1/conversations/{id}/messages?after= , which is how an app sees what a person wrote."""
    conversation = await own_conversation(request)
    after = whole_number(request, "after", default=0, low=0, high=2**31 - 1)
    found = await services(request).conversations.after(conversation.id, after)
    return json_answer({"state": conversation.state, "messages": [message_json(message) for message in found]})


async def file(request: web.Request) -> web.Response:
    """GET /api/v1/conversations/{id}/files/{file}: what a part of kind "file" stands for"""
    conversation = await own_conversation(request)
    return given_out(await services(request).work.files.citizens(request.match_info["file"], conversation.id))
