"""The app API's conversations: open one, say something, read what was said or wait for it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.message import Inbound, parts_to_json
from channels.api.auth import own_conversation
from channels.api.limits import app_of, counted, tell
from channels.api.query import whole_number
from channels.api.webhook import CHANNEL
from channels.body import json_answer, read_object, text_field
from channels.errors import ApiError
from channels.frames import message_json
from channels.limits import address_of
from channels.services import services
from channels.uploads import given_out

LONGEST_WAIT = 30
"""Seconds; proxies on the way seldom keep a silent request for longer."""
MOST_WAITING = 5
"""Requests that wait for news of one conversation at the same time."""


async def open_conversation(request: web.Request) -> web.Response:
    """POST /api/v1/conversations"""
    parts = await counted(request)
    app = await app_of(request)
    opened = await parts.conversations.create(CHANNEL if app else "api", app)
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
    address: str | None = address_of(request, parts.settings.trusted_proxies)
    if await app_of(request):
        await counted(request)
        address = None
    else:
        tell(request, "address", parts.by_address.standing(address or ""))
    tell(request, "conversation", parts.inbox.standing(conversation.id))
    _, answered = await parts.inbox.accept(inbound, address)
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
    """GET /api/v1/conversations/{id}/messages?after=&wait= , which is how an app sees what a person wrote"""
    parts = await counted(request)
    conversation = await own_conversation(request)
    after = whole_number(request, "after", default=0, low=0, high=2**31 - 1)
    wait = whole_number(request, "wait", default=0, low=0, high=LONGEST_WAIT)
    if wait and parts.hub.watchers(conversation.id) >= MOST_WAITING:
        raise ApiError(429, "too_many_waiting", f"同一个会话最多有 {MOST_WAITING} 个请求在等。", 1)
    with parts.hub.watch(conversation.id) as watch:  # before the first look, so that nothing falls between
        found = await parts.conversations.after(conversation.id, after)
        state = conversation.state
        try:
            async with asyncio.timeout(wait):
                while wait and not found:
                    event = await watch.next()
                    if event is None:
                        break  # the service is stopping
                    if event.kind == "state" and event.state not in (None, state):
                        break
                    if event.kind == "message":
                        found = await parts.conversations.after(conversation.id, after)
        except TimeoutError:
            pass  # nothing has come, which is what the answer says
    if wait:
        fresh = await parts.conversations.get(conversation.id)
        state = state if fresh is None else fresh.state
    return json_answer({"state": state, "messages": [message_json(message) for message in found]})


async def file(request: web.Request) -> web.Response:
    """GET /api/v1/conversations/{id}/files/{file}: what a part of kind "file" stands for"""
    parts = await counted(request)
    conversation = await own_conversation(request)
    return given_out(await parts.work.files.citizens(request.match_info["file"], conversation.id))
