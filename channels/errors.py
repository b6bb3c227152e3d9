"""Every error as the same problem of RFC 9457, and nothing of our inside in any of them."""

from __future__ import annotations

import html
import json
import logging
import math
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.conversation import TurnLost, UnknownConversation
from bot.message import BadMessage
from bot.safe_log import log_failure
from bot.store.database import is_away
from channels.inbox import TooFast

_LOG = logging.getLogger(__name__)
_WORDS = {
    400: ("bad_request", "请求的格式不对。"),
    401: ("unauthorized", "请先登录，或带上会话令牌。"),
    403: ("forbidden", "没有权限。"),
    404: ("not_found", "没有找到。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法。"),
    413: ("body_too_large", "内容太大了，请缩短后再发。"),
    415: ("unsupported_media_type", "请用 Content-Type: application/json 发送 JSON。"),
}
_NOT_STORED = (
    "服务这会儿存不下您说的话，请过几秒用同样的内容再试。着急的话，可以拨打 12348 法律服务热线；遇到危险请拨打 110。"
)
_TITLES = {
    400: "请求的格式不对",
    401: "没有登录",
    403: "没有权限",
    404: "没有找到",
    405: "方法不支持",
    409: "与现在的状态不符",
    410: "已经不在了",
    412: "协议版本不支持",
    413: "内容太大",
    415: "内容类型不支持",
    422: "内容不能接受",
    429: "请求太频繁",
    503: "暂时不能服务",
}
"""What kind of problem, the same for all of a status; `detail` says it of this one."""
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<link rel="stylesheet" href="/channels/web/static/css/tokens.css">
<link rel="stylesheet" href="/channels/web/static/css/base.css">
<link rel="stylesheet" href="/channels/web/static/css/papers.css"></head>
<body><main class="papers"><h1>{title}</h1><p>{text}</p><p><a href="{back}">{where}</a></p></main></body></html>
"""
PROBLEM = "application/problem+json"
_MESSAGE_STATUS = {"conversation_closed": 409, "message_id_reused": 409}


class ApiError(Exception):
    """An error a handler answers with; `text` is Simplified Chinese."""

    def __init__(
        self,
        status: int,
        code: str,
        text: str,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.text = text
        self.retry_after = retry_after
        self.headers = dict(headers or {})


def too_fast(wait: float) -> ApiError:
    """The polite 429."""
    seconds = max(1, math.ceil(wait))
    return ApiError(429, "too_many_requests", f"请求太频繁了，请过 {seconds} 秒再试。", seconds)


def error_body(status: int, code: str, text: str) -> dict[str, Any]:
    """The JSON of an error: the members of RFC 9457, then ours, by which clients tell one from another."""
    return {
        "type": f"urn:faxian:problem:{code}",
        "title": _TITLES.get(status, "服务出错"),
        "status": status,
        "detail": text,
        "error": {"code": code, "message": text},
    }


def status_error(status: int, headers: dict[str, str] | None = None) -> web.Response:
    """The answer to a request that failed before any of our handlers had a say."""
    code, text = _WORDS.get(status, ("error", "请求没有成功。"))
    return _respond(status, code, text, headers=headers)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers what the handlers raise; a defect of ours is logged by place and answered by 500 without detail."""
    try:
        return await handler(request)
    except ApiError as error:
        if _wants_page(request):
            return _page(request, error.status, error.text)
        return _respond(error.status, error.code, error.text, retry_after=error.retry_after, headers=error.headers)
    except BadMessage as error:
        return _respond(_MESSAGE_STATUS.get(error.code, 422), error.code, error.text)
    except TooFast as error:
        return _respond(429, "too_many_messages", error.text, retry_after=error.retry_after)
    except UnknownConversation:
        return _respond(404, "unknown_conversation", "没有这个会话。")
    except TurnLost:
        return _respond(
            503, "not_answered", "消息已经收下，但现在没能回答，请稍后用同一个 message_id 重发。", retry_after=5
        )
    except web.HTTPException as error:
        if error.status < 400:
            raise
        if _wants_page(request):
            return _page(request, error.status, _WORDS.get(error.status, ("", "请求没有成功。"))[1])
        allow = error.headers.get("Allow")
        return status_error(error.status, {"Allow": allow} if allow else None)
    except Exception as error:  # noqa: BLE001
        # The last line of defence: whatever goes wrong, no trace leaves the server, and the log names the place.
        route = request.match_info.route.resource
        log_failure(_LOG, f"{request.method} {route.canonical if route else 'unknown'} failed", error)
        if is_away(error):
            return _respond(503, "not_stored", _NOT_STORED, retry_after=5, close=True)
        return _respond(500, "internal", "服务出了点问题，请稍后再试。", close=True)


def _wants_page(request: web.Request) -> bool:
    """Whether somebody looks at the answer in a browser, and no script of a page."""
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def _page(request: web.Request, status: int, text: str) -> web.Response:
    """The same error for people, with the way back."""
    back, where = ("/desk", "回到工作台") if request.path.startswith("/desk") else ("/", "回到咨询页面")
    title = _TITLES.get(status, "服务出错")
    body = _PAGE.format(title=html.escape(title), text=html.escape(text), back=back, where=where)
    return web.Response(status=status, text=body, content_type="text/html")


def _respond(
    status: int,
    code: str,
    text: str,
    *,
    retry_after: int | None = None,
    headers: dict[str, str] | None = None,
    close: bool = False,
) -> web.Response:
    body = error_body(status, code, text)
    response = web.json_response(body, status=status, headers=headers, dumps=_dumps, content_type=PROBLEM)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if close:
        response.force_close()
    return response


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
