"""A matter is shown to its citizen and to the desk, and nobody else learns whether it exists."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.settings import Settings
from bot.store.database import Database
from bot.store.schema import audit
from channels.services import SERVICES
from tests.fakes.client import Client
from tests.fakes.service import PASSWORD


async def test_a_matter_is_its_citizens_alone(client: Client) -> None:
    conversation, token = await client.conversation()
    number = (await (await client.say(conversation, token, "请给意见")).json())["matter"]
    _, other = await client.conversation()
    url = f"/api/v1/matters/{number}"
    mine = await client.http.get(url, headers={"Authorization": f"Bearer {token}"})
    body = await mine.json()
    assert mine.status == 200
    assert body["opinion"]["matter"] == number
    assert body["topic"] == "unpaid_wages"

    assert (await client.http.get(url)).status == 401
    assert (await client.http.get(url, headers={"Authorization": "Bearer wrong"})).status == 401
    theirs = await client.http.get(url, headers={"Authorization": f"Bearer {other}"})
    absent = await client.http.get("/api/v1/matters/20261123-9999", headers={"Authorization": f"Bearer {other}"})
    assert theirs.status == absent.status == 404
    assert await theirs.json() == await absent.json()


async def test_documents_are_its_citizens_alone(client: Client) -> None:
    conversation, token = await client.conversation()
    number = (await (await client.say(conversation, token, "请给意见")).json())["matter"]
    stranger, other = await client.conversation()
    mine = {"Authorization": f"Bearer {token}"}
    matter = await (await client.http.get(f"/api/v1/matters/{number}", headers=mine)).json()
    drafted = matter["opinion"]["documents"][0]
    url = f"/api/v1/matters/{number}/documents/{drafted['id']}"
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = await client.http.get(f"{url}.{kind}", headers=mine)
        assert answer.status == 200
        assert (await answer.read()).startswith(start)
    assert (await client.http.get(f"{url}.pdf")).status == 401
    theirs = {"Authorization": f"Bearer {other}"}
    assert (await client.http.get(f"{url}.pdf", headers=theirs)).status == 404
    unknown = await client.http.get(f"/api/v1/matters/{number}/documents/iou.pdf", headers=mine)
    assert unknown.status == 404
    assert (await unknown.json())["error"]["code"] == "unknown_document"

    empty = (await (await client.say(stranger, other, "你好")).json())["matter"]
    none = await client.http.get(f"/api/v1/matters/{empty}/documents/iou.pdf", headers=theirs)
    assert none.status == 404
    assert (await none.json())["error"]["code"] == "no_opinion"


async def test_a_seat_sees_any_matter_and_the_viewing_is_noted(client: Client, settings: Settings) -> None:
    conversation, token = await client.conversation()
    number = (await (await client.say(conversation, token, "请给意见")).json())["matter"]
    app = client.http.app
    assert app is not None
    seat = await app[SERVICES].accounts.add_staff("周律师", PASSWORD)
    async with TestClient(client.http.server) as http:
        desk = Client(http)
        await desk.sign_in("周律师", PASSWORD)
        seen = await http.get(f"/api/v1/matters/{number}")
        assert seen.status == 200
        assert (await seen.json())["opinion"]["matter"] == number
        assert (await http.get("/api/v1/matters/20261123-9999")).status == 404
        wrong = await http.get(f"/api/v1/matters/{number}", headers={"Authorization": "Bearer wrong"})
        assert wrong.status == 401, "a token that was given is what counts"

    database = Database(settings.store_url)
    await database.open()
    noted = await database.read(
        lambda connection: connection.execute(
            select(audit.c.actor, audit.c.subject).where(audit.c.action == "viewed_matter")
        ).all()
    )
    await database.close()
    assert [tuple(row) for row in noted] == [(f"staff:{seat.id}", number)]


@pytest.mark.parametrize("cookie", ["", "wrong", "x" * 3000])
async def test_a_cookie_of_nobody_opens_nothing(client: Client, cookie: str) -> None:
    conversation, token = await client.conversation()
    number = (await (await client.say(conversation, token, "请给意见")).json())["matter"]
    for which in (number, "20261123-9999"):
        answer = await client.http.get(f"/api/v1/matters/{which}", headers={"Cookie": f"faxian_desk={cookie}"})
        assert answer.status == 401
