"""Queues, presence, the next conversation and passing on, over HTTP."""

from __future__ import annotations

from typing import Any

from channels.services import SERVICES
from tests.channels.desk.conftest import SeatClient
from tests.fakes.client import Client
from tests.fakes.service import PASSWORD


async def post(seat: SeatClient, path: str, body: Any) -> Any:
    return await seat.client.http.post(f"/desk/api{path}", json=body, headers={"X-CSRF": seat.csrf})


async def handed_off(client: Client, *texts: str) -> str:
    page = await client.page()
    conversation: str = page.welcome["conversation"]
    for count, text in enumerate(texts or ("转人工",)):
        await page.say(text, f"a{count}")
        await page.until("message", **{"from": "bot"})
    await page.until("state", state="waiting")
    return conversation


async def test_the_list_says_why_and_for_whom(client: Client, seat: SeatClient) -> None:
    await handed_off(client, "我在深圳上班，我们三十多个工人的工资都没发，气死人了", "转人工")
    case = (await (await seat.get("/desk/api/conversations?state=waiting")).json())["conversations"][0]
    assert case["priority"] == "high"
    assert case["reasons"] == ["多人讨要工资"]
    assert (case["region"], case["place"]) == ("440300", "广东省深圳市")
    assert (case["queue"], case["queue_name"], case["tier"]) == ("general", "综合咨询", "professional")
    assert (case["help"], case["language"], case["mood"]) == ("consultation", "zh", "angry")
    assert 0 <= case["waiting_seconds"] < 60
    assert case["takes"]
    assert not case["returned"]


async def test_next_takes_one_and_then_says_that_nobody_waits(client: Client, seat: SeatClient) -> None:
    conversation = await handed_off(client)
    answer = await post(seat, "/next", {})
    assert answer.status == 200
    assert (await answer.json())["conversation"] == conversation
    empty = await post(seat, "/next", {})
    assert empty.status == 409
    assert (await empty.json())["error"]["code"] == "nobody_waits"


async def test_a_page_tells_that_it_is_there(client: Client, seat: SeatClient) -> None:
    for body, told in (({"status": "busy"}, "busy"), ({}, "busy"), ({"status": "online"}, "online")):
        answer = await (await post(seat, "/presence", body)).json()
        assert answer == {"status": told, "held": 0, "capacity": 5}
    for bad in ({"status": "asleep"}, {"status": 1}, {"status": ["online"]}):
        assert (await post(seat, "/presence", bad)).status == 400


async def test_passing_on(client: Client, seat: SeatClient, other: SeatClient) -> None:
    conversation = await handed_off(client)
    await seat.do(conversation, "claim")
    receivers = f"/desk/api/conversations/{conversation}/receivers"
    found = await (await seat.get(receivers)).json()
    assert found["colleagues"] == []
    assert {"key": "legal_aid", "name": "法律援助"} in found["queues"]
    await post(other, "/presence", {"status": "online"})
    colleague = (await (await seat.get(receivers)).json())["colleagues"][0]
    assert (colleague["name"], colleague["free"]) == ("吴律师", 5)
    for bad in (
        {},
        {"to_staff": True},
        {"to_staff": "1"},
        {"to_staff": colleague["id"], "queue": "general"},
        {"queue": "general", "note": 1},
        {"queue": "general", "note": "长" * 1001},
    ):
        assert (await seat.do(conversation, "transfer", bad)).status == 400
    assert (await seat.do(conversation, "transfer", {"queue": "nowhere"})).status == 404
    body = {"to_staff": colleague["id"], "note": "请接着谈证据"}
    assert (await seat.do(conversation, "transfer", body)).status == 200
    assert (await seat.do(conversation, "transfer", body)).status == 409
    assert (await other.do(conversation, "transfer", {"queue": "legal_aid"})).status == 200
    waiting = (await (await seat.get("/desk/api/conversations?state=waiting")).json())["conversations"]
    assert [case["queue"] for case in waiting] == ["legal_aid"]


async def test_signing_out_gives_back_what_the_seat_holds(client: Client, seat: SeatClient) -> None:
    page = await client.page()
    await page.say("转人工", "a")
    await page.until("state", state="waiting")
    await seat.do(page.welcome["conversation"], "claim")
    await page.until("state", state="human")
    await seat.client.http.post("/desk/logout", data={"csrf": seat.csrf}, allow_redirects=False)
    told = await page.until("message", **{"from": "system"})
    while "排在前面" not in told["parts"][0]["text"]:
        told = await page.until("message", **{"from": "system"})
    assert [frame["state"] for frame in page.seen if frame["type"] == "state"][-1] == "waiting"


async def test_queues_are_listed_for_all_and_changed_by_those_who_may(client: Client, seat: SeatClient) -> None:
    app = client.http.app
    assert app is not None
    await app[SERVICES].accounts.add_staff("钱管理", PASSWORD, "administrator")
    queues = {one["key"]: one for one in (await (await seat.get("/desk/api/queues")).json())["queues"]}
    assert queues["labour"]["tier_name"] == "专业席"
    queue = {**queues["labour"], "overflow_after": 60}
    assert (await post(seat, "/queues", queue)).status == 403
    assert (await seat.get("/desk/queues")).status == 403
    await client.sign_in("钱管理", PASSWORD)
    page = await (await client.http.get("/desk/queues")).text()
    assert "劳动与工伤" in page
    headers = {"X-CSRF": page.split('name="csrf" content="')[1].split('"')[0]}

    async def save(body: Any) -> int:
        answer = await client.http.post("/desk/api/queues", json=body, headers=headers)
        return int(answer.status)

    assert await save(queue) == 200
    new = {**queue, "key": "guangdong", "name": "<b>广东</b>", "region": "44", "areas": []}
    assert await save(new) == 200
    assert "&lt;b&gt;广东" in await (await client.http.get("/desk/queues")).text()
    for change in (
        {"help": "nothing"},
        {"tier": "low"},
        {"areas": "labour"},
        {"areas": [1]},
        {"overflow_after": "soon"},
        {"overflow_after": -1},
        {"closed": "no"},
        {"language": "xx"},
        {"key": "Not A Key"},
        {"region": "9"},
        {"overflow": "guangdong"},
    ):
        assert await save({**new, **change}) == 400, change
