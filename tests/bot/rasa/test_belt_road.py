"""The guidance for matters abroad: Chinese law with its articles, and apart from it what is known of the country."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


async def said_at_the_end(engine: RasaPool, *texts: str) -> Reply:
    state: Any = {}
    for at, text in enumerate(texts):
        reply = await engine.respond(Turn("c1", f"m{at}", text, AT, state, "20261128-0001"))
        state = reply.state
    return reply


async def test_guidance_and_the_country_stand_apart(engine: RasaPool) -> None:
    reply = await said_at_the_end(engine, "外贸订单被外国买家赖账，想问涉外仲裁的事", "写了仲裁", "越南")
    assert reply.topic == "belt_road"
    [opinion] = [part for part in reply.parts if part.kind == "opinion"]
    cited = {one["law"] for finding in opinion.data["findings"] for one in finding["citations"]}
    assert "中华人民共和国仲裁法" in cited
    [country] = [part for part in reply.parts if "以下是越南的情况" in part.text]
    assert "不是中国法律的内容" in country.text
    assert "纽约公约" in country.text
    assert "来源：" in country.text
    assert "越南的情况" not in opinion.text


async def test_a_country_named_in_english_is_told_of_in_english(engine: RasaPool) -> None:
    reply = await said_at_the_end(engine, "外贸订单被外国买家赖账，想问涉外仲裁的事", "写了仲裁", "Oman")
    assert any("What we know of Oman" in part.text for part in reply.parts)


async def test_what_is_not_known_is_not_made_up(engine: RasaPool) -> None:
    reply = await said_at_the_end(engine, "外贸订单被外国买家赖账，想问涉外仲裁的事", "写了仲裁", "尼日利亚")
    assert any("还没有查到可靠的资料" in part.text for part in reply.parts)


async def test_who_is_held_abroad_gets_a_person_before_any_other_question(engine: RasaPool) -> None:
    reply = await said_at_the_end(engine, "人在国外出事了，怎么联系大使馆", "是")
    assert reply.handoff is not None
    assert "12308" in "\n".join(part.text for part in reply.parts)
