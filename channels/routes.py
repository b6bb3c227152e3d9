"""Every address of the service and what answers it."""

from __future__ import annotations

import json
from pathlib import Path

from aiohttp import web

from channels import health
from channels.api import conversations, laws, matters
from channels.desk import cases, events, topics
from channels.desk import pages as desk_pages
from channels.web import pages as web_pages
from channels.web.socket import socket

_OPENAPI = Path(__file__).parent / "api" / "openapi.json"


async def openapi(_request: web.Request) -> web.Response:
    """GET /api/v1/openapi.json"""
    document = json.loads(_OPENAPI.read_text(encoding="utf-8"))
    return web.json_response(document, dumps=lambda value: json.dumps(value, ensure_ascii=False))


def add_routes(router: web.UrlDispatcher) -> None:
    """Put all routes on the router."""
    router.add_get("/healthz", health.alive)
    router.add_get("/readyz", health.ready)

    router.add_get("/api/v1/openapi.json", openapi)
    router.add_post("/api/v1/conversations", conversations.open_conversation)
    router.add_post("/api/v1/conversations/{id}/messages", conversations.say)
    router.add_get("/api/v1/conversations/{id}/messages", conversations.read)
    router.add_get("/api/v1/laws/search", laws.search)
    router.add_get("/api/v1/laws/{law}/articles/{number}", laws.article)
    router.add_post("/api/v1/citations/verify", laws.verify)
    router.add_get("/api/v1/matters/{number}", matters.matter)
    router.add_get(r"/api/v1/matters/{number}/documents/{id:[a-z][a-z0-9_]*}.{kind:pdf|docx}", matters.document)

    router.add_get("/", web_pages.chat)
    router.add_get("/channels/web/chat", web_pages.chat)
    router.add_get("/channels/web/socket", socket, allow_head=False)
    router.add_get("/channels/web/article", web_pages.article)
    router.add_post("/channels/web/opinion/{matter}/ticket", web_pages.ticket)
    router.add_get(r"/channels/web/opinion/{matter}.{kind:pdf|docx}", web_pages.opinion)
    router.add_get(r"/channels/web/document/{matter}/{id:[a-z][a-z0-9_]*}.{kind:pdf|docx}", web_pages.document)
    router.add_static("/channels/web/static", web_pages.STATIC)

    router.add_get("/desk/login", desk_pages.login_page)
    router.add_post("/desk/login", desk_pages.login)
    router.add_post("/desk/logout", desk_pages.logout)
    router.add_get("/desk", desk_pages.queue)
    router.add_get("/desk/c/{conversation}", desk_pages.conversation)
    router.add_get("/desk/topics", topics.listed)
    router.add_get("/desk/topics/proposals", topics.proposals)
    router.add_get("/desk/topics/{id:[a-z][a-z0-9_]*}", topics.one)
    router.add_get("/desk/api/topics/{id:[a-z][a-z0-9_]*}/problems", topics.problems)
    router.add_post("/desk/api/topics/{id:[a-z][a-z0-9_]*}/corrections", topics.correct)
    router.add_post(r"/desk/api/proposals/{id:\d{1,9}}/{decision:accept|decline}", topics.decide)
    router.add_get("/desk/api/events", events.events, allow_head=False)
    router.add_get("/desk/api/conversations", cases.listed)
    router.add_get("/desk/api/conversations/{id}", cases.one)
    for name, handler in (
        ("claim", cases.claim),
        ("messages", cases.reply),
        ("handback", cases.hand_back),
        ("close", cases.close),
        ("typing", cases.typing),
    ):
        router.add_post(f"/desk/api/conversations/{{id}}/{name}", handler)
    router.add_static("/desk/static", desk_pages.STATIC)
