"""Reading a request and writing an answer in JSON, strictly."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from channels.errors import ApiError


async def read_object(request: web.Request) -> dict[str, Any]:
    """The JSON object in the body.

    Raises ApiError: 415 for another content type, 400 for broken JSON or no object; 413 comes from aiohttp.
    """
    if request.content_type != "application/json":
        raise ApiError(415, "unsupported_media_type", "请用 Content-Type: application/json 发送 JSON。")
    raw = await request.read()
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise ApiError(400, "broken_json", "请求正文不是正确的 JSON。") from None
    if not isinstance(value, dict):
        raise ApiError(400, "not_an_object", "请求正文应当是一个 JSON 对象。")
    return value


def text_field(value: dict[str, Any], name: str) -> str:
    """The string under `name`.

    Raises ApiError when it is missing or no string.
    """
    found = value.get(name)
    if not isinstance(found, str):
        raise ApiError(400, "missing_field", f"缺少字段 {name}，或它不是字符串。")
    return found


def json_answer(value: Any, status: int = 200, kind: str = "application/json") -> web.Response:
    """A JSON response that no cache keeps."""
    headers = {"Cache-Control": "no-store"}
    return web.json_response(value, status=status, dumps=_dumps, headers=headers, content_type=kind)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
