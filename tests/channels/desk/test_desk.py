"""The desk over HTTP: signing in, claiming, answering, handing back, and who may not."""

from __future__ import annotations

import asyncio
import json

from tests.channels.desk.conftest import SeatClient
from tests.fakes.client import Client, Page


async def handed_off(client: Client) -> Page:
    """A page whose citizen has asked for a person."""
    page = await client.page()
    await page.say("拖欠工资", "a1")
    await page.until("message", seq=3)
    await page.say("转人工", "a2")
    await page.until("message", seq=5)
    return page


async def test_nothing_of_the_desk_is_open_to_strangers(client: Client) -> None:
    for path in ("/desk", "/desk/c/abc"):
        response = await client.http.get(path, allow_redirects=False)
        assert response.status == 303
        assert response.headers["Location"] == "/desk/login"
    for path in ("/desk/api/conversations", "/desk/api/conversations/abc", "/desk/api/events"):
        assert (await client.http.get(path)).status == 401
    for action in ("claim", "messages", "handback", "close", "typing"):
        assert (await client.http.post(f"/desk/api/conversations/abc/{action}")).status == 401


async def test_signing_in_needs_the_right_password_and_the_form(client: Client, seat: SeatClient) -> None:
    wrong = await client.sign_in("周律师", "wrong password 123")
    unknown = await client.sign_in("<b>nobody</b>", "wrong password 123")
    assert wrong.status == unknown.status == 401
    assert "账号或密码不对" in await wrong.text()
    assert "<b>nobody" not in await unknown.text(), "what was typed is escaped"
    data = {"username": "周律师", "password": "correct horse battery", "csrf": "forged"}
    assert (await client.http.post("/desk/login", data=data, allow_redirects=False)).status == 403


async def test_the_session_cookie_is_closed_to_scripts_and_other_sites(client: Client, seat: SeatClient) -> None:
    response = await client.sign_in("周律师", "correct horse battery")
    cookie = response.headers.getall("Set-Cookie")[0]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/;" in f"{cookie};"


async def test_a_change_without_the_csrf_token_is_refused(client: Client, seat: SeatClient) -> None:
    page = await handed_off(client)
    conversation = page.welcome["conversation"]
    for headers in ({}, {"X-CSRF": "forged"}):
        response = await seat.client.http.post(f"/desk/api/conversations/{conversation}/claim", headers=headers)
        assert response.status == 403


async def test_a_whole_handoff(client: Client, seat: SeatClient) -> None:
    page = await handed_off(client)
    conversation = page.welcome["conversation"]

    waiting = (await (await seat.get("/desk/api/conversations?state=waiting")).json())["conversations"]
    assert [case["id"] for case in waiting] == [conversation]
    assert waiting[0]["reason"] == "来访人要求人工"
    assert waiting[0]["topic"] == "拖欠工资"

    one = await (await seat.get(f"/desk/api/conversations/{conversation}")).json()
    assert one["summary"]["facts"][0]["said"] == "一个月五千"
    assert [message["seq"] for message in one["messages"]] == [1, 2, 3, 4, 5]

    assert (await seat.do(conversation, "claim")).status == 200
    await page.until("state", state="human")
    await page.say("我该怎么办", "a3")
    assert (await seat.do(conversation, "messages", {"message_id": "s1", "text": "先保存好证据。"})).status == 200
    said = await page.until("message", **{"from": "staff"})
    assert said["parts"][0]["text"] == "先保存好证据。"

    assert (await seat.do(conversation, "handback")).status == 200
    back = await page.until("message", **{"from": "bot"})
    assert "交还" in back["parts"][0]["text"]
    assert back["parts"][1]["choices"] == ["单位员工", "给个人帮工", "不清楚"], "the open question is repeated"
    await page.say("你好", "a4")
    answer = await page.until("message", **{"from": "bot"})
    assert "第 3 句" in answer["parts"][0]["text"], "the dialogue goes on with the state it had"
    assert page.sequence() == list(range(1, len(page.sequence()) + 1))


async def test_a_claimed_conversation_is_nobody_elses(client: Client, seat: SeatClient, other: SeatClient) -> None:
    conversation = (await handed_off(client)).welcome["conversation"]
    assert (await seat.do(conversation, "claim")).status == 200
    for action, body in (("claim", None), ("messages", {"message_id": "x", "text": "我来"}), ("handback", None)):
        response = await other.do(conversation, action, body)
        assert response.status == 409
        assert (await response.json())["error"]["code"] == "claimed_by_other"


async def test_two_seats_at_once_and_one_gets_it(client: Client, seat: SeatClient, other: SeatClient) -> None:
    conversation = (await handed_off(client)).welcome["conversation"]
    answers = await asyncio.gather(*(one.do(conversation, "claim") for one in (seat, other) for _ in range(5)))
    assert sorted(answer.status for answer in answers) == [200] + [409] * 9


async def test_a_resent_reply_is_said_once(client: Client, seat: SeatClient) -> None:
    page = await handed_off(client)
    conversation = page.welcome["conversation"]
    await seat.do(conversation, "claim")
    body = {"message_id": "s1", "text": "您好"}
    first, again = [await (await seat.do(conversation, "messages", body)).json() for _ in range(2)]
    assert first == again
    await page.until("message", **{"from": "staff"})
    await seat.do(conversation, "messages", {"message_id": "s2", "text": "完"})
    await page.until("message", **{"from": "staff"})
    assert page.sequence() == list(range(1, 9))


async def test_bad_replies_are_refused(client: Client, seat: SeatClient) -> None:
    conversation = (await handed_off(client)).welcome["conversation"]
    await seat.do(conversation, "claim")
    for body, status in (
        ({"message_id": "s1", "text": ""}, 422),
        ({"message_id": "s1", "text": "长" * 5000}, 422),
        ({"text": "x"}, 400),
        ([], 400),
    ):
        assert (await seat.do(conversation, "messages", body)).status == status


async def test_a_closed_conversation_takes_no_more(client: Client, seat: SeatClient) -> None:
    page = await handed_off(client)
    conversation = page.welcome["conversation"]
    await seat.do(conversation, "claim")
    assert (await seat.do(conversation, "close")).status == 200
    await page.until("state", state="closed")
    await page.say("还有一件事", "a9")
    assert (await page.until("error"))["code"] == "conversation_closed"
    assert (await client.page(page.token)).welcome["state"] == "closed"


async def test_a_talk_with_the_bot_is_not_the_desks_to_read(client: Client, seat: SeatClient) -> None:
    page = await client.page()
    await page.say("你好", "a1")
    await page.until("message", seq=3)
    assert (await seat.get(f"/desk/api/conversations/{page.welcome['conversation']}")).status == 404
    assert (await seat.do(page.welcome["conversation"], "claim")).status == 409
    assert (await seat.get("/desk/api/conversations?state=bot")).status == 400


async def test_the_desk_hears_of_handoffs_and_messages_live(client: Client, seat: SeatClient) -> None:
    stream = await seat.get("/desk/api/events")
    assert stream.headers["Content-Type"].startswith("text/event-stream")

    async def following(name: str) -> dict[str, object]:
        async with asyncio.timeout(10):
            while True:
                line = (await stream.content.readline()).decode().strip()
                if line == f"event: {name}":
                    data = (await stream.content.readline()).decode()
                    found: dict[str, object] = json.loads(data.removeprefix("data: "))
                    return found

    assert (await following("queue"))["waiting"] == 0
    page = await handed_off(client)
    assert (await following("queue"))["waiting"] == 1
    await page.say("有人吗", "a3")
    heard = await following("message")
    assert heard["conversation"] == page.welcome["conversation"]
    stream.close()


async def test_signing_out_ends_the_session(seat: SeatClient) -> None:
    response = await seat.client.http.post("/desk/logout", data={"csrf": seat.csrf}, allow_redirects=False)
    assert response.status == 303
    assert (await seat.get("/desk/api/conversations")).status == 401
