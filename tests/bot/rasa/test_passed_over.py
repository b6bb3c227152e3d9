"""A question that is answered with other things three times is put aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool
from bot.rasa import wording

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


async def say(engine: RasaPool, *texts: str, state: Any = None) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), state or {})
    for number, text in enumerate(texts):
        reply = await engine.respond(Turn("c", f"m{number}", text, AT, reply.state, "20261128-0001"))
    return reply


def asked(reply: Reply) -> str:
    return str(reply.state["slots"].get("asked") or "")


@pytest.mark.asyncio(loop_scope="session")
async def test_other_facts_told_do_not_ask_it_for_ever(engine: RasaPool) -> None:
    first = await say(engine, "老板欠我工资")
    question = asked(first)
    assert question
    reply = first
    for number, other in enumerate(("在工地", "我今年四十五", "一共欠一万二"), 1):
        reply = await say(engine, other, state=reply.state)
        said = "".join(part.text for part in reply.parts)
        assert (wording.PUT_ASIDE in said) == (number == 3), (number, said)
        assert (asked(reply) == question) == (number < 3)
    assert reply.state["slots"]["facts"][question]["unknown"]


@pytest.mark.asyncio(loop_scope="session")
async def test_what_was_put_aside_is_read_when_it_is_told(engine: RasaPool) -> None:
    reply = await say(engine, "老板欠我工资", "在工地", "我今年四十五", "一共欠一万二", "我是在单位上班的")
    assert reply.state["slots"]["facts"]["relation"]["value"] is not None
