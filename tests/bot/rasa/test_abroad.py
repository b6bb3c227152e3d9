"""Who cannot come home from abroad is heard, and told the consular line before anything else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool
from bot.rasa.abroad import held_abroad

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    "said",
    [
        "在缅甸干活老板不放我走",
        "我儿子被骗到缅北去了",
        "人在园区不让走 说是在妙瓦底",
        "老公在柬埔寨打工 护照被老板扣了",
        "弟弟在国外做事 出不来 要20万赎金",
        "泰国老板扣了我的护照不让回国",
        "我儿子在老挝被警察抓了咋办",
        "My boss took my passport in Kazakhstan",
    ],
)
def test_who_cannot_come_home_is_heard(said: str) -> None:
    assert held_abroad(said) is not None


@pytest.mark.parametrize(
    "said",
    [
        "老板扣我身份证不让走",
        "我儿子去年被骗到缅北 已经回来了 会不会判刑",
        "外国客户不给钱",
        "去国外的护照怎么办",
        "我被限制出境 出不去国外",
        "公司在越南的货款要不回来",
        "国外的客户不让走账",
        "我跟越南老婆打架被抓了",
        "My employer took my passport, I am from Pakistan, in Guangzhou",
    ],
)
def test_what_is_over_or_at_home_is_not(said: str) -> None:
    assert held_abroad(said) is None


async def say(engine: RasaPool, *texts: str, staffed: bool = True) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), {})
    for number, text in enumerate(texts):
        reply = await engine.respond(Turn("c", f"m{number}", text, AT, reply.state, "20261128-0001", staffed=staffed))
    return reply


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("said", ["在缅甸干活老板不放我走", "我儿子被骗到缅北去了 园区不让走"])
async def test_the_consular_line_comes_first_and_a_person(engine: RasaPool, said: str) -> None:
    reply = await say(engine, said)
    assert reply.handoff is not None
    assert (reply.handoff.kind, reply.handoff.priority) == ("danger", "urgent")
    assert all(number in reply.parts[0].text for number in ("12308", "+86-10-12308", "110"))
    assert len(reply.parts) == 1
    assert reply.topic == "belt_road"


@pytest.mark.asyncio(loop_scope="session")
async def test_with_nobody_there_the_topic_goes_on(engine: RasaPool) -> None:
    reply = await say(engine, "我儿子被骗到缅北去了 园区不让走", staffed=False)
    assert reply.state["slots"]["facts"]["held"]["value"] is True
    assert reply.topic == "belt_road"


@pytest.mark.asyncio(loop_scope="session")
async def test_it_is_heard_beside_the_wish_to_leave_the_matter_at_hand(engine: RasaPool) -> None:
    reply = await say(engine, "老板欠我工资", "先不说工资了 我弟在缅甸被老板扣了护照不让走", staffed=False)
    assert reply.handoff is not None
    assert "12308" in reply.parts[0].text


def test_who_is_held_by_the_police_there_is_told_of_the_consulate_and_not_of_ransom() -> None:
    found = held_abroad("我儿子在老挝被警察抓了咋办")
    assert found is not None
    assert "12308" in found.say
    assert "通知中国使馆" in found.say
    assert "派出所" not in found.say
