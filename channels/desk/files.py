"""The desk's files: sent by a seat, listed, downloaded."""

from __future__ import annotations

from aiohttp import web

from bot.clock import SHANGHAI
from bot.desk.refused import Refused
from bot.desk.work.file import size_words
from bot.desk.work.files import MOST_PAGES
from channels.api.query import whole_number
from channels.body import json_answer
from channels.desk.pages import page
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.frames import message_json
from channels.services import services
from channels.uploads import given_out, query_text, read_file

LONGEST_NAME = 64
"""Characters of a name that is looked for."""


async def shown(request: web.Request) -> web.Response:
    """GET /desk/files?name=&page=: those of all matters that the seat may see"""
    session = signed(request)
    name = request.query.get("name", "").strip()[:LONGEST_NAME]
    number = whole_number(request, "page", default=1, low=1, high=MOST_PAGES)
    found, more = await services(request).work.files.found(name, session.seat, number)
    return page(
        "files.html",
        session=session,
        here="/desk/matters",
        files=[(one, one.at.astimezone(SHANGHAI), size_words(one.size)) for one in found],
        wanted=name,
        longest=LONGEST_NAME,
        number=number,
        more=more,
    )


async def listed(request: web.Request) -> web.Response:
    """GET /desk/api/conversations/{id}/files"""
    session = signed(request)
    try:
        found = await services(request).work.files.of(request.match_info["id"], session.seat)
    except Refused as error:
        raise refused(error) from None
    return json_answer(
        {
            "files": [
                {
                    "id": one.id,
                    "name": one.name,
                    "media_type": one.media_type,
                    "size": one.size,
                    "at": one.at.isoformat(timespec="seconds"),
                    "sender": one.sender,
                }
                for one in found
            ]
        }
    )


async def send(request: web.Request) -> web.Response:
    """POST /desk/api/conversations/{id}/files?name=&message_id= with the file as the body"""
    session = signed(request)
    files = services(request).work.files
    name, message_id = query_text(request, "name"), query_text(request, "message_id")
    content = await read_file(request, files.largest)
    try:
        message = await files.send(request.match_info["id"], session.seat, message_id, name, content)
    except Refused as error:
        raise refused(error) from None
    return json_answer({"message": message_json(message)}, 201)


async def download(request: web.Request) -> web.Response:
    """GET /desk/api/files/{file}"""
    session = signed(request)
    return given_out(await services(request).work.files.content(request.match_info["file"], session.seat))
