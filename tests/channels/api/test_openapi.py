"""The OpenAPI document and the routes say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aiohttp import web

from channels.routes import add_routes

DOCUMENT = Path(__file__).parents[3] / "channels" / "api" / "openapi.json"
UNDOCUMENTED = {("GET", "/api/v1/openapi.json")}


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


def test_every_route_is_described_and_nothing_else() -> None:
    router = web.UrlDispatcher()
    add_routes(router)
    served = {
        (route.method, route.resource.canonical)
        for route in router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/api/")
    }
    # A GET answers HEAD as well, which nobody needs to be told.
    served = {(method, path) for method, path in served if method != "HEAD" or ("GET", path) not in served}
    described = {
        (method.upper(), path)
        for path, operations in document()["paths"].items()
        for method in operations
        if method != "parameters" and path.startswith("/api/")
    }
    assert served - UNDOCUMENTED == described


def test_every_operation_says_what_errors_look_like_and_has_a_name_of_its_own() -> None:
    names = []
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            names.append(operation["operationId"])
            for status, answer in operation["responses"].items():
                if status >= "400" and method != "head" and path.startswith("/api/"):
                    assert list(answer["content"]) == ["application/problem+json"], (path, method, status)
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere() -> None:
    whole = document()
    led_to = []

    def follow(item: Any) -> None:
        if isinstance(item, dict):
            if "$ref" in item:
                found: Any = whole
                for step in item["$ref"].removeprefix("#/").split("/"):
                    found = found.get(step, {})
                led_to.append((item["$ref"], bool(found)))
            for value in item.values():
                follow(value)
        elif isinstance(item, list):
            for value in item:
                follow(value)

    follow(whole)
    assert led_to
    assert [reference for reference, there in led_to if not there] == []
