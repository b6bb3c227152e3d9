"""Call-backs at the desk: taken by one, tried, ended with a result, seen only in one's own region."""

from __future__ import annotations

from tests.channels.desk.conftest import SeatClient
from tests.fakes.client import Client


async def _dissatisfied(client: Client, seat: SeatClient) -> None:
    conversation, token = await client.conversation()
    await client.say(conversation, token, "转人工")
    assert (await seat.do(conversation, "claim", {})).status == 200
    assert (await seat.do(conversation, "close", {})).status == 200
    answer = await client.say(conversation, token, "不满意", "m2")
    assert answer.status == 200
    assert "主管会再联系您" in str(await answer.json())


async def _act(seat: SeatClient, action: str, words: str = "") -> int:
    answer = await seat.client.http.post(
        f"/desk/api/callbacks/1/{action}", json={"words": words}, headers={"X-CSRF": seat.csrf}
    )
    return answer.status


async def test_a_callback_is_taken_tried_and_done(client: Client, seat: SeatClient, supervisor: SeatClient) -> None:
    await _dissatisfied(client, seat)
    page = await (await supervisor.get("/desk/callbacks")).text()
    assert "来访人不满意" in page
    assert await _act(supervisor, "done", "谈过了") == 409
    assert await _act(supervisor, "take") == 200
    assert await _act(supervisor, "take") == 200
    assert await _act(seat, "take") == 409
    assert await _act(seat, "tried", "没人接") == 409
    assert await _act(supervisor, "tried", "没人接") == 200
    assert await _act(supervisor, "failed", "不接电话") == 409
    assert await _act(supervisor, "done", " ") == 422
    assert await _act(supervisor, "done", "已经解释清楚，来访人满意") == 200
    assert await _act(supervisor, "take") == 409
    assert "没有要回访的" in await (await supervisor.get("/desk/callbacks")).text()
    assert "已经解释清楚" in await (await supervisor.get("/desk/callbacks?state=done")).text()


async def test_three_calls_without_answer_may_end_it(client: Client, seat: SeatClient) -> None:
    await _dissatisfied(client, seat)
    assert await _act(seat, "take") == 200
    for _ in range(3):
        assert await _act(seat, "tried", "没人接") == 200
    assert await _act(seat, "failed", "三次都没人接") == 200
    assert "打过 3 次没接" in await (await seat.get("/desk/callbacks?state=failed")).text()
