"""A lawyer corrects the bot: a scenario without persons, checked articles, and a proposal that can be exported."""

from __future__ import annotations

from typing import Any

import yaml

from tests.channels.desk.conftest import SeatClient
from tests.fakes.client import Client


async def _talked(client: Client) -> tuple[str, int, str]:
    """A conversation with a wrong answer: id, its place, and some of its words."""
    conversation, token = await client.conversation()
    await client.say(conversation, token, "我叫王小明，老板欠我三个月工资，电话13912345678")
    answer = await (await client.say(conversation, token, "转人工", "m2")).json()
    assert answer["replies"]
    url = f"/api/v1/conversations/{conversation}/messages"
    told = await (await client.http.get(url, headers={"Authorization": f"Bearer {token}"})).json()
    said = next(one for one in told["messages"] if one["from"] == "bot" and one["seq"] > 1)
    return conversation, said["seq"], said["parts"][0]["text"][:6]


async def test_a_correction_is_tried_changed_and_kept(client: Client, seat: SeatClient) -> None:
    conversation, seq, wrong = await _talked(client)
    body: dict[str, Any] = {
        "seq": seq,
        "wrong": wrong,
        "right": "先找劳动监察",
        "cites": "《劳动法》第五十条",
        "reason": "漏了监察这条路",
        "scenario": "",
        "keep": False,
    }
    tried = await seat.do(conversation, "corrections", body)
    assert tried.status == 200
    made = await tried.json()
    assert made["problems"] == []
    told = yaml.safe_load(made["scenario"])
    (step,) = told["steps"]
    assert "王小明" not in step["citizen"]
    assert "13912345678" not in step["citizen"]
    assert "三个月工资" in step["citizen"]
    assert step["expect"] == {"contains": ["先找劳动监察"], "not_contains": [wrong], "cites": ["劳动法 第五十条"]}
    assert "还没有修改建议" in await (await seat.get("/desk/topics/proposals")).text()
    changed = made["scenario"].replace("三个月", "四个月")
    kept = await seat.do(conversation, "corrections", {**body, "scenario": changed, "keep": True})
    assert kept.status == 201
    page = await (await seat.get("/desk/topics/proposals")).text()
    assert "漏了监察这条路" in page
    assert "四个月" in page


async def test_what_cannot_be_kept_is_told(client: Client, seat: SeatClient) -> None:
    conversation, seq, wrong = await _talked(client)
    good = {"seq": seq, "wrong": wrong, "right": "好", "cites": "", "reason": "错", "scenario": "", "keep": True}
    for change, problem in (
        ({"seq": 2}, "只能更正智能助手说过的话"),
        ({"wrong": "没有这句"}, "原样选出"),
        ({"right": " "}, "应该怎么说"),
        ({"reason": ""}, "为什么错"),
        ({"cites": "《民法典》第九千条"}, "没有找到法条"),
        ({"cites": "某个法"}, "法条请写成"),
        ({"scenario": "steps: 1"}, "没有步骤"),
        ({"scenario": "a: ["}, "格式不对"),
    ):
        answer = await seat.do(conversation, "corrections", {**good, **change})
        assert answer.status == 200, change
        assert problem in str((await answer.json())["problems"]), change
    assert (await seat.do(conversation, "corrections", {**good, "seq": "2"})).status == 400
    assert (await seat.do("0" * 32, "corrections", good)).status == 404
