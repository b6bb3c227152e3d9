"""A rule calls a person once; the question it leaves open goes with the reply, and is put where nobody is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


async def say(engine: RasaPool, *texts: str, state: Any = None, staffed: bool = True) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), state or {})
    for number, text in enumerate(texts):
        turn = Turn("c", f"m{number}", text, AT, reply.state, "20261128-0001", staffed=staffed)
        reply = await engine.respond(turn)
    return reply


def asked(reply: Reply) -> str:
    return str(reply.state["slots"].get("asked") or "")


async def test_the_question_that_is_left_open_is_the_next_one(engine: RasaPool) -> None:
    reply = await say(engine, "我哥在街上被人打伤了", "人没了")
    assert reply.handoff is not None
    assert (reply.handoff.kind, reply.handoff.priority) == ("rule", "urgent")
    assert asked(reply) == "other_party"
    assert reply.question is not None
    assert "弄伤您的" in reply.question.text
    assert reply.question.text not in [part.text for part in reply.parts]


async def test_with_nobody_there_it_is_put_at_once(engine: RasaPool) -> None:
    reply = await say(engine, "我哥在街上被人打伤了", "人没了", staffed=False)
    assert reply.handoff is not None
    assert reply.parts[-1] == reply.question


async def test_a_rule_calls_nobody_twice(engine: RasaPool) -> None:
    reply = await say(engine, "我哥在街上被人打伤了", "人没了", "成年人，找得到", "昨天")
    assert "opinion" in [part.kind for part in reply.parts]
    assert reply.handoff is None


async def test_another_rule_still_calls(engine: RasaPool) -> None:
    held = await say(engine, "儿子被刑拘了，能关多久", "11月25日", "不是", staffed=False)
    reply = await say(engine, "不满十八岁", "没有", "没有", state=held.state, staffed=False)
    reasons = set(reply.state["slots"]["handed"])
    assert {"未成年人被采取措施", "家属被刑事拘留，批捕前的关键期"} == reasons


@pytest.mark.parametrize("said", ["我哥被抓进看守所了", "儿子被刑事拘留了，能关多久", "老公让派出所的人带走了"])
async def test_who_is_held_is_asked_on_only_where_nobody_comes(engine: RasaPool, said: str) -> None:
    staffed, alone = await say(engine, said), await say(engine, said, staffed=False)
    for reply in (staffed, alone):
        assert reply.handoff is not None
        assert reply.handoff.kind == "danger"
        assert "12348" in reply.parts[0].text
    assert staffed.topic == "detention"
    assert staffed.question is not None
    assert len(staffed.parts) == 1
    assert alone.topic == "detention"
    assert alone.parts[-1] == alone.question


async def test_what_is_told_with_the_arrest_is_read_although_a_person_comes(engine: RasaPool) -> None:
    reply = await say(engine, "我弟弟被抓了 昨天被派出所带走的 说他偷电动车 他才17岁")
    assert reply.topic == "minor_offender"
    facts = {one: fact["value"] for one, fact in reply.state["slots"]["facts"].items()}
    assert (facts["age"], facts["act"], facts["held_on"]) == (17.0, "stolen", "2026-11-27")
    assert len(reply.parts) == 1
    more = await say(engine, "我老公昨天晚上被拘留了 关在看守所里", "刑事拘留")
    assert more.state["slots"]["facts"]["held_on"]["value"] == "2026-11-27"
    assert more.state["slots"]["facts"]["kind"]["value"] == "criminal_detained"


async def test_who_is_held_is_asked_as_no_victim(engine: RasaPool) -> None:
    assert (await say(engine, "我弟被抓了 说他帮人取钱")).topic in ("detention", "bail", "defender")


async def test_who_is_beaten_at_school_is_not_asked_about_home(engine: RasaPool) -> None:
    assert (await say(engine, "儿子在学校被三个人打了 眼睛肿了")).topic != "domestic_violence"


async def test_who_is_beaten_is_asked_whether_they_are_safe_where_nobody_comes(engine: RasaPool) -> None:
    staffed, alone = [await say(engine, "救命，我老公正在打我", staffed=one) for one in (True, False)]
    assert (len(staffed.parts), len(alone.parts)) == (1, 2)
    assert "110" in alone.parts[0].text
    assert alone.state["slots"]["asked"] == "safe_now"


async def test_who_is_in_other_danger_is_asked_nothing(engine: RasaPool) -> None:
    reply = await say(engine, "家里着火了 快来人", staffed=False)
    assert (reply.topic, reply.question) == ("", None)
    assert len(reply.parts) == 1


async def test_terms_that_hold_anyway_are_told_before_the_questions(engine: RasaPool) -> None:
    reply = await say(engine, "儿子被刑事拘留了，能关多久", staffed=False)
    assert any("37天" in part.text for part in reply.parts[:-1])
