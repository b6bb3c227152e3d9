"""The web chat's page, articles and downloads."""

from __future__ import annotations

import io
import zipfile

from tests.fakes.client import Client


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


async def test_the_opinion_is_downloaded_by_its_citizen_only(client: Client) -> None:
    page = await client.page()
    await page.say("请给意见", "a1")
    await page.until("message", seq=3)
    matter = next(frame["matter"] for frame in page.seen if frame.get("matter"))
    pdf = await client.http.get(f"/channels/web/opinion/{matter}.pdf", params={"token": page.token})
    assert pdf.status == 200
    assert (await pdf.read()).startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"
    word = await client.http.get(f"/channels/web/opinion/{matter}.docx", params={"token": page.token})
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(await word.read())).namelist()

    other = await client.page()
    for token, status in ((other.token, 404), ("wrong", 401), ("", 401)):
        refused = await client.http.get(f"/channels/web/opinion/{matter}.pdf", params={"token": token})
        assert refused.status == status
    assert (await client.http.get(f"/channels/web/opinion/{matter}.exe", params={"token": page.token})).status == 404


async def test_without_an_opinion_there_is_nothing_to_download(client: Client) -> None:
    page = await client.page()
    await page.say("你好", "a1")
    await page.until("message", seq=3)
    matter = next(frame["matter"] for frame in page.seen if frame.get("matter"))
    response = await client.http.get(f"/channels/web/opinion/{matter}.pdf", params={"token": page.token})
    assert response.status == 404
    assert (await response.json())["error"]["code"] == "no_opinion"
