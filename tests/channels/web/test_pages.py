"""The web chat's page, articles and downloads."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from tests.fakes.client import Client, Page
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine


async def test_the_page_is_at_both_addresses(client: Client) -> None:
    for address in ("/", "/channels/web/chat"):
        response = await client.http.get(address)
        assert response.status == 200
        assert "法线" in await response.text()


async def test_an_article_is_looked_up(client: Client) -> None:
    found = await client.http.get("/channels/web/article", params={"law": "劳动法", "number": "第五十条"})
    assert (await found.json())["law"] == "中华人民共和国劳动法"
    for params, status in (({"law": "劳动法", "number": "?"}, 400), ({"law": "无此法", "number": "1"}, 404), ({}, 400)):
        assert (await client.http.get("/channels/web/article", params=params)).status == status


async def _matter(page: Page) -> str:
    """Number of the page's matter, once something was said."""
    await page.until("message", seq=3)
    number: str = next(frame["matter"] for frame in page.seen if frame.get("matter"))
    return number


async def _ticket(client: Client, matter: str, token: str) -> ClientResponse:
    return await client.http.post(
        f"/channels/web/opinion/{matter}/ticket", headers={"Authorization": f"Bearer {token}"}
    )


async def test_the_opinion_is_downloaded_by_its_citizen_only(client: Client) -> None:
    page = await client.page()
    await page.say("请给意见", "a1")
    matter = await _matter(page)
    ticket = (await (await _ticket(client, matter, page.token)).json())["ticket"]
    pdf = await client.http.get(f"/channels/web/opinion/{matter}.pdf", params={"ticket": ticket})
    assert pdf.status == 200
    assert (await pdf.read()).startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"
    word = await client.http.get(f"/channels/web/opinion/{matter}.docx", params={"ticket": ticket})
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(await word.read())).namelist()

    other = await client.page()
    for token, status in ((other.token, 404), ("wrong", 401), ("", 401)):
        assert (await _ticket(client, matter, token)).status == status
    assert (await client.http.post(f"/channels/web/opinion/{matter}/ticket")).status == 401
    assert (await client.http.get(f"/channels/web/opinion/{matter}.exe", params={"ticket": ticket})).status == 404


async def test_a_passed_on_address_opens_nothing_but_this_paper(client: Client) -> None:
    page, other = await client.page(), await client.page()
    for one in (page, other):
        await one.say("请给意见", "a1")
    matter, others = await _matter(page), await _matter(other)
    ticket = (await (await _ticket(client, matter, page.token)).json())["ticket"]
    assert page.token not in ticket
    refused = await client.http.get(f"/channels/web/opinion/{others}.pdf", params={"ticket": ticket})
    assert refused.status == 401, "a ticket is for one matter"
    for params in ({"token": page.token}, {"ticket": page.token}, {"ticket": f"9{ticket}"}, {"ticket": "密"}, {}):
        answer = await client.http.get(f"/channels/web/opinion/{matter}.pdf", params=params)
        assert answer.status == 401
        assert "再点一次下载" in (await answer.json())["error"]["message"]
    assert (await client.page(ticket)).seen[0]["code"] == "bad_token", "a ticket is no identity"
    bearer = {"Authorization": f"Bearer {ticket}"}
    assert (await client.http.get(f"/api/v1/matters/{matter}", headers=bearer)).status == 401


async def test_a_ticket_opens_on_every_process_of_the_service_and_on_no_other(
    client: Client, settings: Settings
) -> None:
    page = await client.page()
    await page.say("请给意见", "a1")
    matter = await _matter(page)
    ticket = (await (await _ticket(client, matter, page.token)).json())["ticket"]
    for told, status in ((settings, 200), (replace(settings, identity_key="key of another service"), 401)):
        database = Database(told.store_url)
        app = create_app(told, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
        async with TestClient(TestServer(app)) as other:
            paper = await other.get(f"/channels/web/opinion/{matter}.pdf", params={"ticket": ticket})
            assert paper.status == status


async def test_without_an_opinion_there_is_nothing_to_download(client: Client) -> None:
    page = await client.page()
    await page.say("你好", "a1")
    matter = await _matter(page)
    ticket = (await (await _ticket(client, matter, page.token)).json())["ticket"]
    response = await client.http.get(f"/channels/web/opinion/{matter}.pdf", params={"ticket": ticket})
    assert response.status == 404
    assert (await response.json())["error"]["code"] == "no_opinion"


async def test_a_drafted_document_is_downloaded_by_its_citizen_only(client: Client) -> None:
    page, other = await client.page(), await client.page()
    for one in (page, other):
        await one.say("请给意见", "a1")
    matter, others = await _matter(page), await _matter(other)
    ticket = (await (await _ticket(client, matter, page.token)).json())["ticket"]
    path = f"/channels/web/document/{matter}/labour_arbitration"
    pdf = await client.http.get(f"{path}.pdf", params={"ticket": ticket})
    assert (await pdf.read()).startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"
    assert "labour_arbitration.pdf" in pdf.headers["Content-Disposition"]
    word = await client.http.get(f"{path}.docx", params={"ticket": ticket})
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(await word.read())).namelist()

    unknown = await client.http.get(f"/channels/web/document/{matter}/iou.pdf", params={"ticket": ticket})
    assert unknown.status == 404
    assert (await unknown.json())["error"]["code"] == "unknown_document"
    for bad in (f"{path}.exe", f"/channels/web/document/{matter}/..%2fx.pdf"):
        assert (await client.http.get(bad, params={"ticket": ticket})).status == 404
    theirs = f"/channels/web/document/{others}/labour_arbitration.pdf"
    for address, params in ((theirs, {"ticket": ticket}), (f"{path}.pdf", {}), (f"{path}.pdf", {"ticket": page.token})):
        assert (await client.http.get(address, params=params)).status == 401


async def test_without_an_opinion_no_document_was_drafted(client: Client) -> None:
    page = await client.page()
    await page.say("你好", "a1")
    matter = await _matter(page)
    ticket = (await (await _ticket(client, matter, page.token)).json())["ticket"]
    answer = await client.http.get(f"/channels/web/document/{matter}/labour_arbitration.pdf", params={"ticket": ticket})
    assert answer.status == 404
    assert (await answer.json())["error"]["code"] == "no_opinion"


@pytest.mark.parametrize(
    "path", ["/", "/channels/web/static/js/main.js", "/channels/web/static/css/base.css", "/desk/static/js/queue.js"]
)
async def test_an_upgrade_shows_at_the_next_load_and_unchanged_files_cost_nothing(client: Client, path: str) -> None:
    first = await client.http.get(path)
    assert first.status == 200
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Last-Modified"]
    again = await client.http.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert again.headers["Cache-Control"] == "no-cache"
    changed = await client.http.get(path, headers={"If-None-Match": '"older"'})
    assert changed.status == 200
