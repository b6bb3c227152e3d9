"""The app API's files, resumable: the tus protocol 1.0.0 with creation, expiration and termination."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC
from email.utils import format_datetime

from aiohttp import web

from bot.message import BadMessage
from bot.uploads import Arriving, Uploads
from channels.api.auth import own_conversation
from channels.api.limits import counted
from channels.errors import ApiError

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
PIECE = 256 * 1024
"""Bytes that are written at once: that much is lost at most where a connection or the service breaks."""
_PATCH_TYPE = "application/offset+octet-stream"


async def offered(request: web.Request) -> web.Response:
    """OPTIONS /api/v1/conversations/{id}/uploads"""
    parts = await counted(request)
    headers = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(parts.uploads.largest)}
    return _answer(204, headers)


async def begin(request: web.Request) -> web.Response:
    """POST /api/v1/conversations/{id}/uploads with Upload-Length and Upload-Metadata: filename and message_id"""
    uploads = await _uploads(request)
    conversation = await own_conversation(request)
    size = _number(request, "Upload-Length")
    if size > uploads.largest:
        raise ApiError(413, "file_too_large", f"文件太大了，请不要超过 {uploads.largest // 1024 // 1024} MB。")
    told = metadata(request.headers.get("Upload-Metadata", ""))
    arriving = await uploads.begin(conversation.id, told.get("message_id", ""), told.get("filename", ""), size)
    return _answer(201, {"Location": f"{request.path.rstrip('/')}/{arriving.id}", **_standing(arriving)})


async def standing(request: web.Request) -> web.Response:
    """HEAD /api/v1/conversations/{id}/uploads/{upload}"""
    uploads = await _uploads(request)
    arriving = await _own(request, uploads)
    return _answer(200, {"Upload-Length": str(arriving.size), **_standing(arriving)})


async def append(request: web.Request) -> web.Response:
    """PATCH /api/v1/conversations/{id}/uploads/{upload} with Upload-Offset and the bytes that follow it"""
    uploads = await _uploads(request)
    if request.content_type != _PATCH_TYPE:
        raise ApiError(415, "unsupported_media_type", f"请用 Content-Type: {_PATCH_TYPE} 发送。")
    arriving = await _own(request, uploads)
    offset = _number(request, "Upload-Offset")
    if offset != arriving.received:
        raise _elsewhere(arriving.received)
    end = await _taken(request, uploads, arriving, offset)
    headers = {"Upload-Offset": str(end), "Upload-Expires": _expiry(arriving)}
    if end == arriving.size:
        message = await uploads.finish(arriving)
        if message is not None:
            headers["Faxian-Message-Seq"] = str(message.seq)
    return _answer(204, headers)


async def end(request: web.Request) -> web.Response:
    """DELETE /api/v1/conversations/{id}/uploads/{upload}"""
    uploads = await _uploads(request)
    await uploads.drop(await _own(request, uploads))
    return _answer(204, {})


def metadata(raw: str) -> dict[str, str]:
    """What Upload-Metadata says. Raises ApiError 400."""
    told: dict[str, str] = {}
    for pair in filter(None, (one.strip() for one in raw.split(","))):
        name, _, value = pair.partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            raise ApiError(400, "bad_header", "Upload-Metadata 应为“名称 Base64(UTF-8)”，用逗号分开。") from None
    return told


async def _taken(request: web.Request, uploads: Uploads, arriving: Arriving, offset: int) -> int:
    """Write down the body, piece by piece; how far the file has come. What came before a break stays."""
    waiting = bytearray()

    async def write() -> None:
        nonlocal offset
        if waiting:
            if not await uploads.append(arriving, offset, bytes(waiting)):
                raise _elsewhere(None)
            offset += len(waiting)
            waiting.clear()

    try:
        async for some in request.content.iter_chunked(65536):
            if offset + len(waiting) + len(some) > arriving.size:
                raise ApiError(413, "beyond_length", "发来的内容超过了 Upload-Length。")
            waiting += some
            if len(waiting) >= PIECE:
                await write()
    finally:
        await write()
    return offset


async def _uploads(request: web.Request) -> Uploads:
    """The uploads, after the request was counted and its version of the protocol looked at. Raises ApiError."""
    parts = await counted(request)
    if request.headers.get("Tus-Resumable", VERSION) != VERSION:
        text = f"只支持 tus {VERSION}。"
        raise ApiError(412, "unsupported_version", text, headers={"Tus-Version": VERSION})
    return parts.uploads


async def _own(request: web.Request, uploads: Uploads) -> Arriving:
    conversation = await own_conversation(request)
    try:
        found = await uploads.find(request.match_info["upload"], conversation.id)
    except BadMessage as refused:
        raise ApiError(422, refused.code, refused.text) from None
    if found is None:
        raise ApiError(404, "unknown_upload", "没有这次上传，或者它已经过期。")
    return found


def _number(request: web.Request, name: str) -> int:
    raw = request.headers.get(name, "")
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 12):
        raise ApiError(400, "bad_header", f"缺少 {name}，或它不是整数。")
    return int(raw)


def _elsewhere(received: int | None) -> ApiError:
    """The piece does not follow what is here."""
    headers = None if received is None else {"Upload-Offset": str(received)}
    return ApiError(409, "wrong_offset", "Upload-Offset 与已收到的长度不符，请先用 HEAD 查询。", headers=headers)


def _standing(arriving: Arriving) -> dict[str, str]:
    return {"Upload-Offset": str(arriving.received), "Upload-Expires": _expiry(arriving)}


def _expiry(arriving: Arriving) -> str:
    return format_datetime(arriving.expires_at.astimezone(UTC), usegmt=True)


def _answer(status: int, headers: dict[str, str]) -> web.Response:
    return web.Response(status=status, headers={"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers})
