"""A citizen's files and voice on the web chat: sent with the conversation's token, fetched with a ticket."""

from __future__ import annotations

import logging

from aiohttp import web

from bot.desk.work.media import sniff
from bot.evidence import EvidenceKind
from bot.message import Inbound, check_message_id
from bot.records import Conversation
from channels.api.auth import bearer
from channels.body import json_answer
from channels.errors import ApiError, too_fast
from channels.hearing import words
from channels.limits import address_of
from channels.services import Services, services
from channels.tickets import LIFE
from channels.uploads import given_out, query_text, read_file
from voice.decoding import BadVoice
from voice.recognizer import RecognitionFailed

_LOG = logging.getLogger(__name__)


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
    """POST /channels/web/files?name=&message_id= with the file as the body; what comes of it comes as a message"""
    parts = _counted(request)
    conversation = await _own(request, parts)
    name, message_id = query_text(request, "name"), check_message_id(query_text(request, "message_id"))
    content = await read_file(request, parts.evidence.largest)
    await parts.evidence.offer(conversation.id, _key(conversation, message_id), _kind(content), content, name=name)
    return json_answer({"taken": True}, 202)


async def speak(request: web.Request) -> web.Response:
    """POST /channels/web/voice?message_id= with a recording as the body: {"heard": the words, or null}

    Where nobody can listen by machine it is offered as material, as a file is, and the page says so.
    """
    parts = _counted(request)
    conversation = await _own(request, parts)
    message_id = check_message_id(query_text(request, "message_id"))
    content = await read_file(request, parts.evidence.largest)
    try:
        said = None if parts.recognizer is None else await words(parts.recognizer, content)
    except BadVoice:
        said = ""
    except RecognitionFailed as error:
        _LOG.error("nothing listens to recordings: %s", error)
        said = None
    if said is None:
        name = f"语音{parts.clock.now():%m%d-%H%M}"
        await parts.evidence.offer(conversation.id, _key(conversation, message_id), "voice", content, name=name)
        return json_answer({"heard": None}, 202)
    if not said:
        raise ApiError(422, "not_heard", "没有听清，请靠近一点再说一次，或者打字告诉我。")
    await parts.inbox.accept(
        Inbound("web", conversation.id, message_id, said), address_of(request, parts.settings.trusted_proxies)
    )
    return json_answer({"heard": said}, 202)


def _key(conversation: Conversation, message_id: str) -> str:
    """Ids are the page's own: they count in its conversation only."""
    return f"{conversation.id}/{message_id}"


def _kind(content: bytes) -> EvidenceKind:
    """As the person is told what was received."""
    media = sniff(content)
    family = media.type.partition("/")[0] if media else ""
    kinds: dict[str, EvidenceKind] = {"image": "image", "audio": "voice", "video": "video"}
    return kinds.get(family, "file")


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
