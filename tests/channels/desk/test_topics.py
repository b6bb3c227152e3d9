"""The pages about topics over HTTP: for seats only, with the token only, every topic drawn."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import ClientResponse

from channels.services import SERVICES
from tests.channels.desk.conftest import SeatClient
from tests.fakes.client import Client

PAGES = ("/desk/topics", "/desk/topics/unpaid_wages", "/desk/topics/proposals")
CORRECT = "/desk/api/topics/unpaid_wages/corrections"
GOOD = {"key": "findings.complain.say", "value": "可以向劳动监察投诉，不收钱。", "reason": "更短", "keep": True}


async def post(seat: SeatClient, path: str, body: Any, csrf: str | None = None) -> ClientResponse:
    """With the seat's token unless another is given."""
    return await seat.client.http.post(path, json=body, headers={"X-CSRF": seat.csrf if csrf is None else csrf})


async def test_strangers_see_and_change_nothing(client: Client) -> None:
    for path in PAGES:
        response = await client.http.get(path, allow_redirects=False)
        assert (response.status, response.headers["Location"]) == (303, "/desk/login")
    assert (await client.http.get("/desk/api/topics/unpaid_wages/problems")).status == 401
    for path in (CORRECT, "/desk/api/proposals/1/accept"):
        assert (await client.http.post(path, json=GOOD)).status == 401


async def test_a_correction_without_the_token_is_refused(seat: SeatClient) -> None:
    for path in (CORRECT, "/desk/api/proposals/1/accept"):
        assert (await post(seat, path, GOOD, "forged")).status == 403


async def test_topics_are_listed_and_found(seat: SeatClient) -> None:
    page = await (await seat.get("/desk/topics")).text()
    assert "拖欠工资" in page
    found = await (await seat.get("/desk/topics?q=一共欠了您多少工资")).text()
    assert 'href="/desk/topics/unpaid_wages"' in found
    assert 'href="/desk/topics/divorce"' not in found
    labour = await (await seat.get("/desk/topics?area=labour")).text()
    assert 'href="/desk/topics/divorce"' not in labour
    odd = await (await seat.get("/desk/topics?q=<script>x</script>&area=<b>")).text()
    assert "<script>x" not in odd
    assert "没有主题里有这些词" in odd


async def test_every_topic_has_its_page(client: Client, seat: SeatClient) -> None:
    app = client.http.app
    assert app is not None
    for topic in (await app[SERVICES].topics.all()).values():
        response = await seat.get(f"/desk/topics/{topic.id}")
        page = await response.text()
        assert response.status == 200, topic.id
        for fact in topic.facts:
            assert f'data-node="facts-{fact.id}"' in page
            assert f'id="facts-{fact.id}"' in page
        for finding in topic.findings:
            assert f'id="findings-{finding.id}"' in page
        drawn = set(re.findall(r'href="#([^"]+)"', page))
        assert drawn <= set(re.findall(r'id="([^"]+)"', page)), topic.id
        assert "style=" not in page
    assert "工资应当以货币形式按月支付给劳动者本人" in await (await seat.get("/desk/topics/unpaid_wages")).text()
    assert (await seat.get("/desk/topics/nothing")).status == 404


async def test_a_bad_correction_shows_its_problems(seat: SeatClient) -> None:
    response = await post(seat, CORRECT, {**GOOD, "value": "付{nothing}"})
    body = await response.json()
    assert response.status == 200
    assert body["problems"] == ["花括号里的“nothing”不是任何问题的编号（findings.complain.say）"]
    assert body["number"] is None
    for broken in ({"key": "x"}, [], {**GOOD, "value": 3}):
        assert (await post(seat, CORRECT, broken)).status == 400
    assert "还没有修改建议" in await (await seat.get("/desk/topics/proposals")).text()


async def test_a_good_correction_is_proposed_and_decided(seat: SeatClient, supervisor: SeatClient) -> None:
    response = await post(seat, CORRECT, GOOD)
    body = await response.json()
    assert response.status == 201
    assert "+    say: 可以向劳动监察投诉，不收钱。\n" in body["patch"]
    page = await (await supervisor.get("/desk/topics/proposals")).text()
    assert "更短" in page
    assert "周律师" in page
    assert (await post(seat, f"/desk/api/proposals/{body['number']}/accept", {})).status == 403
    assert (await post(supervisor, f"/desk/api/proposals/{body['number']}/accept", {})).status == 200
    assert (await post(supervisor, f"/desk/api/proposals/{body['number']}/decline", {})).status == 409
    assert "已采纳" in await (await seat.get("/desk/topics/proposals")).text()
