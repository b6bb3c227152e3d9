"""A matter is shown to its citizen and to nobody else, and nobody else learns whether it exists."""

from __future__ import annotations

from tests.fakes.client import Client


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
