"""Working a conversation over HTTP: warnings, notes, files, canned replies, law, oversight, and who may not."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.channels.desk.conftest import SeatClient
from tests.channels.desk.test_desk import handed_off
from tests.fakes.client import Client, Page

PDF = b"%PDF-1.7 wages"


async def held(client: Client, seat: SeatClient) -> tuple[str, Page]:
    """A conversation in the seat's hands, and its citizen's page."""
    page = await handed_off(client)
    conversation: str = page.welcome["conversation"]
    assert (await seat.do(conversation, "claim")).status == 200
    await page.until("state", state="human")
    return conversation, page


async def send_file(seat: SeatClient, conversation: str, content: bytes = PDF, name: str = "工资条.pdf") -> Any:
    return await seat.client.http.post(
        f"/desk/api/conversations/{conversation}/files",
        params={"name": name, "message_id": "f1"},
        data=content,
        headers={"X-CSRF": seat.csrf, "Content-Type": "application/octet-stream"},
    )


async def body(response: Any) -> Any:
    return await response.json()


async def test_a_reply_with_warnings_waits_for_a_reason(client: Client, seat: SeatClient) -> None:
    conversation, page = await held(client, seat)
    draft = {"message_id": "s1", "text": "您一定能赢，见《劳动法》第五十条"}
    first = await seat.do(conversation, "messages", draft)
    assert first.status == 409
    told = await body(first)
    assert told["error"]["code"] == "warned"
    [warning] = told["warnings"]
    assert (warning["kind"], warning["level"]) == ("tone", "confirm")
    sent = await seat.do(conversation, "messages", {**draft, "reason": "判决已生效", "seen": [warning["key"]]})
    assert sent.status == 200
    said = await page.until("message", **{"from": "staff"})
    assert said["parts"][0]["data"]["articles"][0]["number"] == "第五十条"
    assert (await seat.do(conversation, "messages", {**draft, "seen": "x"})).status == 400


async def test_notes_stay_with_staff(client: Client, seat: SeatClient, supervisor: SeatClient) -> None:
    conversation, page = await held(client, seat)
    assert (await seat.do(conversation, "notes", {"key": "k1", "text": "先要工资条"})).status == 201
    assert (await seat.do(conversation, "whisper", {"key": "k2", "text": "x"})).status == 403
    asked = await body(await seat.do(conversation, "consult", {"key": "k3", "text": "时效怎么算"}))
    answer = {"key": "k1", "text": "一年", "question": asked["note"]["id"]}
    assert (await supervisor.do(conversation, "answer", answer)).status == 201
    assert (await supervisor.do(conversation, "answer", {**answer, "key": "k9", "question": "1"})).status == 400
    assert (await supervisor.do(conversation, "whisper", {"key": "k2", "text": "提醒时效"})).status == 201
    notes = (await body(await seat.get(f"/desk/api/conversations/{conversation}/notes")))["notes"]
    assert [(one["kind"], one["mine"], one["for_me"]) for one in notes] == [
        ("note", True, False), ("consult", True, False), ("answer", False, True), ("whisper", False, True),
    ]  # fmt: skip
    await seat.do(conversation, "messages", {"message_id": "s1", "text": "您好"})
    await page.until("message", **{"from": "staff"})
    heard = json.dumps(page.seen, ensure_ascii=False)
    assert "工资条" not in heard
    assert "时效" not in heard


async def test_a_file_reaches_the_citizen_by_a_ticket(client: Client, seat: SeatClient, other: SeatClient) -> None:
    conversation, page = await held(client, seat)
    sent = await send_file(seat, conversation)
    assert sent.status == 201
    part = (await page.until("message", **{"from": "staff"}))["parts"][0]
    assert (part["kind"], part["data"]["name"]) == ("file", "工资条.pdf")
    id = part["data"]["id"]
    bearer = {"Authorization": f"Bearer {page.token}"}
    ticket = await body(await client.http.post(f"/channels/web/files/{id}/ticket", headers=bearer))
    got = await client.http.get(ticket["address"])
    assert await got.read() == PDF
    assert got.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%B7%A5")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "no-store"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    address = ticket["address"].partition("?")[0]
    for wrong in (address, f"{address}?ticket=1.x", ticket["address"].replace(conversation, "0" * 32)):
        assert (await client.http.get(wrong)).status == 401
    stranger = {"Authorization": f"Bearer {(await client.page()).token}"}
    assert (await client.http.post(f"/channels/web/files/{id}/ticket", headers=stranger)).status == 404
    assert (await client.http.get(f"/desk/api/files/{id}")).status == 401
    assert await (await other.get(f"/desk/api/files/{id}")).read() == PDF
    assert (await seat.get(f"/desk/api/files/{'0' * 32}")).status == 404


async def test_a_citizens_file_reaches_the_desk(client: Client, seat: SeatClient) -> None:
    conversation, page = await held(client, seat)
    bearer = {"Authorization": f"Bearer {page.token}", "Content-Type": "application/octet-stream"}
    asked = {"name": "合同.jpg", "message_id": "f1"}
    for _ in range(2):
        sent = await client.http.post("/channels/web/files", params=asked, data=b"\xff\xd8\xff\xe0JFIF", headers=bearer)
        assert sent.status == 202
    shown = await page.until("message", **{"from": "citizen"})
    while shown["parts"][0]["kind"] != "file":
        shown = await page.until("message", **{"from": "citizen"})
    listed = (await body(await seat.get(f"/desk/api/conversations/{conversation}/files")))["files"]
    assert [(one["name"], one["sender"]) for one in listed] == [("合同.jpg", "")]
    for content, status in ((b"MZ\x90\x00", 422), (b"", 422)):
        refused = await client.http.post(
            "/channels/web/files", params={**asked, "message_id": "f2"}, data=content, headers=bearer
        )
        assert refused.status == status
    assert (await client.http.post("/channels/web/files", params=asked, data=PDF)).status == 401


async def test_a_file_that_is_too_large_is_not_read_to_its_end(client: Client, seat: SeatClient) -> None:
    conversation, _ = await held(client, seat)
    assert (await send_file(seat, conversation, PDF + b"x" * 10485760)).status == 413


async def test_law_is_found_and_a_suggestion_made(client: Client, seat: SeatClient) -> None:
    conversation, page = await held(client, seat)
    found = await body(await seat.get("/desk/api/laws?q=《劳动合同法》第四十七条"))
    assert [one["number"] for one in found["articles"]] == ["第四十七条", "第五十条"], "the one that was named is first"
    assert (await seat.get("/desk/api/laws?q=")).status == 400
    await page.say("老板三个月没发工资", "a9")
    await page.until("ack", message_id="a9")
    made = await body(await seat.get(f"/desk/api/conversations/{conversation}/suggestion"))
    assert made["text"].startswith("单位应当足额支付工资。")
    assert {one["kind"] for one in made["sources"]} == {"finding", "deadline", "article"}


async def test_canned_replies_are_filled_for_the_case(client: Client, seat: SeatClient, supervisor: SeatClient) -> None:
    conversation, _ = await held(client, seat)
    new = {"shortcut": "qx", "title": "期限", "text": "{坐席}提醒您：{期限}"}
    headers = {"X-CSRF": seat.csrf}
    made = await body(await seat.client.http.post("/desk/api/canned", json=new, headers=headers))
    number = made["canned"]["id"]
    filled = (await body(await seat.get(f"/desk/api/conversations/{conversation}/canned")))["canned"]
    assert "周律师提醒您：2036-12-01 前申请劳动仲裁" in [one["text"] for one in filled]
    changed = await seat.client.http.put(f"/desk/api/canned/{number}", json={**new, "text": "改了"}, headers=headers)
    assert changed.status == 200
    everybodys = {**new, "everybody": True}
    assert (await seat.client.http.post("/desk/api/canned", json=everybodys, headers=headers)).status == 403
    theirs = {"X-CSRF": supervisor.csrf}
    assert (await supervisor.client.http.post("/desk/api/canned", json=everybodys, headers=theirs)).status == 201
    assert (await supervisor.client.http.delete(f"/desk/api/canned/{number}", headers=theirs)).status == 404
    assert (await seat.client.http.delete(f"/desk/api/canned/{number}", headers=headers)).status == 200
    assert "常用语" in await (await seat.get("/desk/canned")).text()


async def test_read_marks_go_both_ways(client: Client, seat: SeatClient) -> None:
    conversation, page = await held(client, seat)
    last = (await body(await seat.get(f"/desk/api/conversations/{conversation}")))["messages"][-1]["seq"]
    assert (await seat.do(conversation, "read", {"seq": last})).status == 200
    assert (await page.until("read"))["seq"] == last
    for wrong in (0, "1", None, True):
        assert (await seat.do(conversation, "read", {"seq": wrong})).status == 400
    await seat.do(conversation, "messages", {"message_id": "s1", "text": "您好"})
    said = await page.until("message", **{"from": "staff"})
    await page.socket.send_json({"type": "read", "seq": said["seq"] + 99})
    await page.socket.send_json({"type": "read", "seq": said["seq"]})
    await page.socket.send_json({"type": "ping"})
    await page.until("pong")
    one = await body(await seat.get(f"/desk/api/conversations/{conversation}"))
    assert one["read"] == {"citizen": said["seq"], "staff": last}
    again = await client.page(page.token)
    assert (await again.until("read"))["seq"] == last, "a page that comes back is told"
    mine = (await body(await seat.get("/desk/api/mine")))["conversations"]
    assert [(one["id"], one["unread"]) for one in mine] == [(conversation, 0)]


async def test_a_supervisor_reads_along_and_takes_over(
    client: Client, seat: SeatClient, supervisor: SeatClient
) -> None:
    conversation, page = await held(client, seat)
    stream = await seat.get("/desk/api/events")
    assert (await supervisor.do(conversation, "watch", {"on": True, "begins": True})).status == 200
    assert (await seat.do(conversation, "watch", {"on": True})).status == 403

    async def following(name: str) -> Any:
        async with asyncio.timeout(10):
            while (await stream.content.readline()).decode().strip() != f"event: {name}":
                pass
            return json.loads((await stream.content.readline()).decode().removeprefix("data: "))

    await supervisor.do(conversation, "watch", {"on": True})
    watching = await following("desk")
    assert (watching["what"], watching["name"]) == ("watch", "郑主管")
    assert (await supervisor.do(conversation, "takeover", {"reason": "要求换人"})).status == 200
    assert (await following("notice"))["kind"] == "transfer"
    stream.close()
    told = await page.until("message", **{"from": "system"})
    while "换一位工作人员" not in told["parts"][0]["text"]:
        told = await page.until("message", **{"from": "system"})
    assert (await seat.do(conversation, "messages", {"message_id": "s1", "text": "您好"})).status == 409
    assert (await supervisor.do(conversation, "messages", {"message_id": "s1", "text": "您好"})).status == 200


@pytest.mark.parametrize("path", ["messages?before=3", "notes", "files", "canned", "suggestion", "receivers"])
async def test_a_talk_with_the_bot_alone_is_nothing_of_the_desks(client: Client, seat: SeatClient, path: str) -> None:
    page = await client.page()
    await page.say("你好", "a1")
    await page.until("message", seq=3)
    assert (await seat.get(f"/desk/api/conversations/{page.welcome['conversation']}/{path}")).status == 404
