"""Whose request this is: the bearer token of one conversation."""

from __future__ import annotations

from aiohttp import web

from bot.records import Conversation
from channels.errors import ApiError
from channels.services import services


def bearer(request: web.Request) -> str:
    """The token in the Authorization header. Raises ApiError 401 when there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ApiError(401, "unauthorized", "请在 Authorization 头里带上会话令牌：Bearer <token>。")
    return token.strip()


async def own_conversation(request: web.Request, *, fresh: bool = True) -> Conversation:
    """The conversation in the path, with its present state if `fresh`.

    Raises ApiError: 401 without token, 404 unknown, 403 with another's token.
    """
    token = bearer(request)
    conversations = services(request).conversations
    look_up = conversations.get if fresh else conversations.known
    conversation = await look_up(request.match_info["id"])
    if conversation is None:
        raise ApiError(404, "unknown_conversation", "没有这个会话。")
    if not conversations.owns(token, conversation):
        raise ApiError(403, "wrong_token", "令牌与会话不符。")
    return conversation
