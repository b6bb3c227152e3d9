"""Files over HTTP, in and out, the same for citizens and seats."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.desk.work.file import File
from channels.errors import ApiError


async def read_file(request: web.Request, largest: int) -> bytes:
    """The body, read no further than `largest` bytes. Raises ApiError 413, and 415 for a form."""
    if request.content_type.startswith("multipart/"):
        raise ApiError(415, "unsupported_media_type", "请直接把文件内容作为请求正文发送。")
    too_large = ApiError(413, "file_too_large", f"文件太大了，请不要超过 {largest // 1024 // 1024} MB。")
    if request.content_length is not None and request.content_length > largest:
        raise too_large
    content = bytearray()
    async for chunk in request.content.iter_chunked(65536):
        content += chunk
        if len(content) > largest:
            raise too_large
    return bytes(content)


def query_text(request: web.Request, name: str) -> str:
    """A parameter of the address. Raises ApiError 400 when it is missing."""
    found = request.query.get(name, "")
    if not found:
        raise ApiError(400, "bad_parameter", f"缺少参数 {name}。")
    return found


def given_out(found: tuple[File, bytes] | None) -> web.Response:
    """To be saved, whatever it is: no page of ours ever shows it. Raises ApiError 404."""
    if found is None:
        raise ApiError(404, "unknown_file", "没有这个文件。")
    file, content = found
    return web.Response(
        body=content,
        headers={
            "Content-Type": file.media_type,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )
