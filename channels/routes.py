"""Every address of the service and what answers it."""

from __future__ import annotations

import json
from pathlib import Path

from aiohttp import web

from channels import health, papers
from channels.api import conversations, laws, matters, uploads
from channels.desk.routes import add_desk_routes
from channels.links import PATH
from channels.web import files as web_files
from channels.web import pages as web_pages
from channels.web.events import events, frames
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
    router.add_get("/api/v1/conversations/{id}/files/{file:[0-9a-f]{32}}", conversations.file)
    router.add_options("/api/v1/conversations/{id}/uploads", uploads.offered)
    router.add_post("/api/v1/conversations/{id}/uploads", uploads.begin)
    router.add_head("/api/v1/conversations/{id}/uploads/{upload:[0-9a-f]{32}}", uploads.standing)
    router.add_patch("/api/v1/conversations/{id}/uploads/{upload:[0-9a-f]{32}}", uploads.append)
    router.add_delete("/api/v1/conversations/{id}/uploads/{upload:[0-9a-f]{32}}", uploads.end)
    router.add_get("/api/v1/laws/search", laws.search)
    router.add_get("/api/v1/laws/{law}/articles/{number}", laws.article)
    router.add_post("/api/v1/citations/verify", laws.verify)
    router.add_get("/api/v1/matters/{number}", matters.matter)
    router.add_get(r"/api/v1/matters/{number}/documents/{id:[a-z][a-z0-9_]*}.{kind:pdf|docx}", matters.document)

    router.add_get("/", web_pages.chat)
    router.add_get("/channels/web/chat", web_pages.chat)
    router.add_get("/channels/web/frame", web_pages.frame)
    router.add_get("/channels/web/embed.js", web_pages.embed)
    router.add_get("/channels/web/socket", socket, allow_head=False)
    router.add_post("/channels/web/events", events)
    router.add_post("/channels/web/frames", frames)
    router.add_get("/channels/web/article", web_pages.article)
    router.add_post("/channels/web/opinion/{matter}/ticket", web_pages.ticket)
    router.add_get(r"/channels/web/opinion/{matter}.{kind:pdf|docx}", web_pages.opinion)
    router.add_get(r"/channels/web/document/{matter}/{id:[a-z][a-z0-9_]*}.{kind:pdf|docx}", web_pages.document)
    router.add_post("/channels/web/files", web_files.send)
    router.add_post("/channels/web/voice", web_files.speak)
    router.add_post("/channels/web/files/{file:[0-9a-f]{32}}/ticket", web_files.ticket)
    router.add_get("/channels/web/files/{file:[0-9a-f]{32}}/{conversation:[0-9a-f]{32}}", web_files.download)
    router.add_static("/channels/web/static", web_pages.STATIC)

    router.add_get(PATH + "{token}", papers.shown)
    router.add_get(PATH + r"{token}/opinion.{kind:pdf|docx}", papers.opinion)
    router.add_get(PATH + r"{token}/{id:[a-z][a-z0-9_]*}.{kind:pdf|docx}", papers.document)

    add_desk_routes(router)
