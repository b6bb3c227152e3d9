"""The desk's matters over HTTP: list, page, actions, refusals, filters, notices."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import update

from bot.store import schema
from channels.services import SERVICES
from tests.channels.desk.conftest import SeatClient, _seat
from tests.channels.desk.test_desk import handed_off
from tests.fakes.client import Client


@pytest.fixture
async def officer(client: Client) -> Any:
    """李援助, signed in."""
    async for one in _seat(client, "李援助", "legal_aid"):
        yield one


async def post(seat: SeatClient, path: str, body: Any) -> tuple[int, dict[str, Any]]:
    response = await seat.client.http.post(f"/desk/api{path}", json=body, headers={"X-CSRF": seat.csrf})
    return response.status, await response.json()


async def read(seat: SeatClient, path: str) -> dict[str, Any]:
    response = await seat.get(f"/desk/api{path}")
    assert response.status == 200
    found: dict[str, Any] = await response.json()
    return found


async def number_of(client: Client, seat: SeatClient) -> str:
    await handed_off(client)
    return str((await read(seat, "/matters"))["matters"][0]["number"])


async def test_a_matter_from_the_list_to_its_end(client: Client, seat: SeatClient) -> None:
    number = await number_of(client, seat)
    listed = (await read(seat, "/matters"))["matters"][0]
    assert (listed["status_name"], listed["kind_name"], listed["area_name"]) == ("待受理", "法律咨询", "劳动")
    page = await read(seat, f"/matters/{number}")
    assert [one["action"] for one in page["actions"]] == ["take", "merge"]
    assert (await post(seat, f"/matters/{number}/actions/take", {"version": page["version"]}))[0] == 200
    page = await read(seat, f"/matters/{number}")
    assert "close" in [one["action"] for one in page["actions"]]
    assert {timer["name"] for timer in page["timers"]} == {"首次答复", "办结"}
    body = {"version": page["version"], "result": "answered", "summary": "解答了"}
    assert (await post(seat, f"/matters/{number}/actions/close", body))[0] == 200
    assert (await read(seat, "/matters"))["matters"] == []
    assert (await read(seat, "/matters?status=closed"))["matters"][0]["number"] == number
    assert "viewed_matter" in await trail(client, number)


async def trail(client: Client, number: str) -> list[str]:
    app = client.http.app
    assert app is not None
    found: list[str] = await app[SERVICES].desk._records.trail(number)  # type: ignore[attr-defined]
    return found


async def test_refusals_say_what_they_rest_on(client: Client, seat: SeatClient, other: SeatClient) -> None:
    number = await number_of(client, seat)
    version = (await read(seat, f"/matters/{number}"))["version"]
    assert (await post(other, f"/matters/{number}/actions/take", {"version": version}))[0] == 200
    status, body = await post(seat, f"/matters/{number}/actions/take", {"version": version})
    assert status == 409
    assert body["error"]["code"] == "changed"
    assert "吴律师：受理" in body["error"]["message"]
    assert body["found"]["changes"][0]["who"] == "吴律师"
    version = (await read(seat, f"/matters/{number}"))["version"]
    status, body = await post(seat, f"/matters/{number}/actions/resolve", {"version": version, "summary": "好"})
    assert (status, body["error"]["code"]) == (422, "demand")
    assert (await post(seat, f"/matters/{number}/actions/fly", {"version": version}))[0] == 409
    assert (await post(seat, f"/matters/{number}/actions/take", {}))[0] == 400
    assert (await post(seat, f"/matters/{number}/actions/take", {"version": True}))[0] == 400
    assert (await post(seat, "/matters/20200101-0001/actions/take", {"version": 0}))[0] == 404
    assert (await seat.get("/desk/matters/20200101-0001")).status == 404
    assert (await seat.get("/desk/api/matters?status=odd")).status == 400
    assert (await seat.get("/desk/api/matters?due=soon")).status == 400
    assert (await seat.get("/desk/api/matters?after=%5B%22x%22%2C1%5D")).status == 400


async def test_parties_links_and_conflicts(client: Client, seat: SeatClient, supervisor: SeatClient) -> None:
    first = await number_of(client, seat)
    version = (await read(seat, f"/matters/{first}"))["version"]
    await post(seat, f"/matters/{first}/actions/take", {"version": version})
    assert (await post(seat, f"/matters/{first}/parties", {"side": "client", "name": "宏达公司"}))[0] == 200
    bad = {"side": "client", "name": "张三", "identifier": "110105194912310021"}
    assert (await post(seat, f"/matters/{first}/parties", bad))[0] == 422
    second = await number_of(client, seat)
    assert second != first
    assert (await post(seat, f"/matters/{second}/links", {"other": first, "kind": "related"}))[0] == 200
    assert (await post(seat, f"/matters/{second}/links", {"other": first, "kind": "odd"}))[0] == 422
    await post(supervisor, f"/matters/{second}/parties", {"side": "opposite", "name": "宏達有限公司"})
    version = (await read(seat, f"/matters/{second}"))["version"]
    status, body = await post(seat, f"/matters/{second}/actions/take", {"version": version})
    assert (status, body["error"]["code"]) == (409, "conflict")
    assert body["found"]["hits"][0]["matter"] == first
    assert (await post(seat, f"/matters/{second}/override", {"staff": 1, "reason": "无碍"}))[0] == 403
    assert (await post(supervisor, f"/matters/{second}/override", {"staff": 1, "reason": "同名，已核对"}))[0] == 200
    version = (await read(seat, f"/matters/{second}"))["version"]
    assert (await post(seat, f"/matters/{second}/actions/take", {"version": version}))[0] == 200
    page = await read(seat, f"/matters/{second}")
    assert [(one["name"], "folded" in one, "identifier" in one) for one in page["parties"]] == [
        ("宏達有限公司", False, False)
    ]
    assert page["links"][0]["number"] == first


async def test_applications_need_the_right(client: Client, seat: SeatClient, officer: SeatClient) -> None:
    assert (await post(seat, "/applications/1/take_in", {"version": 0}))[0] == 403
    assert (await post(officer, "/applications/1/take_in", {"version": 0}))[0] == 404
    assert (await post(officer, "/applications/1/take_in", {"version": 0, "by": "tomorrow"}))[0] == 404


async def test_foreign_regions_are_not_there(client: Client, seat: SeatClient) -> None:
    number = await number_of(client, seat)
    app = client.http.app
    assert app is not None

    async def set_columns(table: Any, **values: Any) -> None:
        await app[SERVICES].database.write(lambda connection: connection.execute(update(table).values(**values)))

    await set_columns(schema.matters, region="310101")
    await set_columns(schema.staff, regions=["44"])
    assert (await seat.get(f"/desk/api/matters/{number}")).status == 404
    assert (await seat.get(f"/desk/matters/{number}")).status == 404
    assert (await read(seat, "/matters?status=all"))["matters"] == []
    for path in ("actions/take", "edit", "links", "parties"):
        body = {"version": 1, "title": "x", "other": number, "kind": "related", "side": "client", "name": "x"}
        assert (await post(seat, f"/matters/{number}/{path}", {**body, "kind": "crisis"} if path == "edit" else body))[
            0
        ] == 404


async def test_filters_are_saved_and_forgotten(client: Client, seat: SeatClient, other: SeatClient) -> None:
    body = {"page": "matters", "name": "我的红牌", "query": "owner=me&card=red"}
    assert (await post(seat, "/filters", body))[0] == 201
    found = (await read(seat, "/filters?page=matters"))["filters"]
    assert [(one["name"], one["query"]) for one in found] == [("我的红牌", "owner=me&card=red")]
    assert (await read(other, "/filters?page=matters"))["filters"] == []
    assert (await post(seat, "/filters", {**body, "name": " "}))[0] == 422
    assert (await seat.get("/desk/api/filters?page=odd")).status == 400
    path = f"/desk/api/filters/{found[0]['id']}"
    assert (await seat.client.http.delete(path)).status == 403, "without the token nothing is changed"
    assert (await other.client.http.delete(path, headers={"X-CSRF": other.csrf})).status == 200
    assert len((await read(seat, "/filters?page=matters"))["filters"]) == 1, "another's filter stays"
    assert (await seat.client.http.delete(path, headers={"X-CSRF": seat.csrf})).status == 200
    assert (await read(seat, "/filters?page=matters"))["filters"] == []


async def test_a_notice_reaches_its_seat_alone(client: Client, seat: SeatClient, supervisor: SeatClient) -> None:
    number = await number_of(client, seat)
    page = await supervisor.get(f"/desk/matters/{number}")
    assert "周律师" in await page.text()
    streams = [await one.get("/desk/api/events") for one in (seat, supervisor)]
    version = (await read(supervisor, f"/matters/{number}"))["version"]
    await post(supervisor, f"/matters/{number}/actions/assign", {"version": version, "owner": "1"})

    async def events(stream: Any) -> list[str]:
        seen = []
        async with asyncio.timeout(10):
            while "desk" not in seen:
                line = (await stream.content.readline()).decode().strip()
                if line.startswith("event: "):
                    seen.append(line.removeprefix("event: "))
        return seen

    assert "notice" in await events(streams[0])
    assert "notice" not in await events(streams[1])
    found = await read(seat, "/notices")
    assert found["unread"] == 1
    assert found["notices"][0]["link"] == f"/desk/matters/{number}"
    assert (await post(seat, "/notices/read", {"last": found["notices"][0]["id"]}))[1] == {"unread": 0}


async def test_the_citizen_hears_nothing_of_the_desks_own_events(client: Client, seat: SeatClient) -> None:
    page = await handed_off(client)
    number = page.seen[-1].get("matter") or (await read(seat, "/matters"))["matters"][0]["number"]
    version = (await read(seat, f"/matters/{number}"))["version"]
    await post(seat, f"/matters/{number}/actions/take", {"version": version})
    await page.say("在吗", "a9")
    await page.until("message", seq=6)
    assert {frame["type"] for frame in page.seen} <= {"welcome", "message", "state", "typing", "ack"}
    assert "desk" not in json.dumps(page.seen)


async def test_closing_a_talk_closes_its_matter(client: Client, seat: SeatClient) -> None:
    page = await handed_off(client)
    conversation = page.welcome["conversation"]
    await seat.do(conversation, "claim")
    assert (await seat.do(conversation, "close", {"result": "odd", "summary": "好"})).status == 422
    assert (await seat.do(conversation, "close", {"result": "answered", "summary": "解答了"})).status == 200
    assert (await read(seat, "/matters?status=closed"))["matters"][0]["status"] == "closed"


async def test_days_off_are_entered_for_years_to_come(client: Client, seat: SeatClient, supervisor: SeatClient) -> None:
    plan = {"source": "国务院办公厅通知", "days": {"2027-02-06": False, "2027-02-20": True}}
    assert (await post(seat, "/days-off", plan))[0] == 403
    assert (await post(supervisor, "/days-off", plan))[0] == 200
    assert (await post(supervisor, "/days-off", {**plan, "days": {"2027-02-20": None}}))[0] == 200
    days = (await read(supervisor, "/days-off"))["days"]
    assert [(one["day"], one["works"]) for one in days] == [("2027-02-06", False)]
    for bad in ({}, {"soon": True}, {"2027-02-06": "off"}, {"2027-02-06": 1.5}):
        assert (await post(supervisor, "/days-off", {**plan, "days": bad}))[0] == 422
    page = await (await supervisor.get("/desk/days-off")).text()
    assert "2027年2月6日" in page
    assert "国务院办公厅通知" in page


async def test_a_plan_is_pasted_looked_at_and_entered_whole(
    client: Client, seat: SeatClient, supervisor: SeatClient
) -> None:
    plan = {"source": "国务院办公厅通知", "text": "2027-10-01,2027-10-03,放假\n2027-10-09,上班", "apply": False}
    assert (await post(seat, "/days-off/paste", plan))[0] == 403
    status, seen = await post(supervisor, "/days-off/paste", plan)
    assert (status, len(seen["days"]), seen["refused"], seen["applied"]) == (200, 4, [], False)
    assert (await read(supervisor, "/days-off"))["days"] == []
    status, holed = await post(supervisor, "/days-off/paste", {**plan, "text": "2027-10-01,放假\n哪天", "apply": True})
    assert (holed["applied"], [one["line"] for one in holed["refused"]]) == (False, [2])
    assert (await read(supervisor, "/days-off"))["days"] == []
    assert (await post(supervisor, "/days-off/paste", {**plan, "apply": True}))[1]["applied"]
    days = (await read(supervisor, "/days-off"))["days"]
    assert [(one["day"], one["works"]) for one in days] == [
        ("2027-10-01", False),
        ("2027-10-02", False),
        ("2027-10-03", False),
        ("2027-10-09", True),
    ]
    for bad in ({"source": ""}, {"text": "x" * 20_001}):
        assert (await post(supervisor, "/days-off/paste", {**plan, **bad}))[0] == 422
