"""The app API's law, over a fake with two articles."""

from __future__ import annotations

import pytest

from tests.fakes.client import Client


async def test_search_returns_articles(client: Client) -> None:
    response = await client.http.get("/api/v1/laws/search", params={"q": "拖欠工资", "limit": "1"})
    body = await response.json()
    assert response.status == 200
    assert len(body["articles"]) == 1
    assert body["articles"][0]["law"] == "中华人民共和国劳动法"


@pytest.mark.parametrize("number", ["50", "第五十条"])
async def test_an_article_is_found_by_short_name_and_either_number(client: Client, number: str) -> None:
    response = await client.http.get(f"/api/v1/laws/劳动法/articles/{number}")
    assert response.status == 200
    assert (await response.json())["number"] == "第五十条"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/laws/search", 400),
        ("/api/v1/laws/search?q=", 400),
        ("/api/v1/laws/search?q=x&limit=0", 400),
        ("/api/v1/laws/search?q=x&limit=51", 400),
        ("/api/v1/laws/search?q=x&limit=abc", 400),
        ("/api/v1/laws/search?q=x&limit=٣", 400),
        ("/api/v1/laws/search?q=x&as_of=2026-13-01", 400),
        ("/api/v1/laws/search?q=x&as_of=20261123", 400),
        ("/api/v1/laws/劳动法/articles/abc", 400),
        ("/api/v1/laws/劳动法/articles/999", 404),
        ("/api/v1/laws/没有的法/articles/1", 404),
    ],
)
async def test_bad_questions_get_a_clear_error(client: Client, path: str, status: int) -> None:
    response = await client.http.get(path)
    assert response.status == status
    assert (await response.json())["error"]["message"]


async def test_citations_are_verified_resolved_or_not(client: Client) -> None:
    text = "依《劳动法》第五十条和《劳动法》第九百条。"
    response = await client.http.post("/api/v1/citations/verify", json={"text": text})
    found = (await response.json())["citations"]
    assert [citation["resolved"] for citation in found] == [True, False]
    assert found[1]["article"] is None
    assert found[1]["reason"]
