"""Who is hurt by somebody at home is asked on about that, when nobody is there to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


async def say(engine: RasaPool, *texts: str, state: Any = None, staffed: bool = False) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), state or {})
    for number, text in enumerate(texts):
        reply = await engine.respond(Turn("c", f"m{number}", text, AT, reply.state, "20261128-0001", staffed=staffed))
    return reply


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("staffed", [True, False])
@pytest.mark.parametrize(
    "said",
    [
        "救救我 我老公昨晚又打我了 我怕 孩子也在哭",
        "我爸喝醉了在打我妈 快来人啊",
        "我老公拿刀要砍我 我躲厕所里",
        "救命啊我不知道咋办了 我男人昨天晚上喝了酒又打我 我躲厕所里了",
    ],
)
async def test_violence_at_home_opens_its_topic(engine: RasaPool, said: str, staffed: bool) -> None:
    reply = await say(engine, said, staffed=staffed)
    assert reply.handoff is not None
    assert (reply.handoff.kind, reply.handoff.priority) == ("danger", "urgent")
    assert "110" in reply.parts[0].text
    assert reply.topic == "domestic_violence"
    assert reply.state["slots"]["facts"]["relation"]["value"] == "spouse"


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_told_next_leads_nowhere_else(engine: RasaPool) -> None:
    reply = await say(engine, "救救我 我老公昨晚又打我了 我怕 孩子也在哭", "他外面还欠了赌债", "没上过班")
    assert reply.topic == "domestic_violence"


@pytest.mark.asyncio(loop_scope="session")
async def test_whose_the_child_will_be_is_another_matter(engine: RasaPool) -> None:
    told = await say(engine, "我老公打我", "现在有危险", "那我能要孩子不")
    assert told.topic == "custody"
    asked = await say(engine, "我老公打我", "那我能要孩子不")
    assert asked.topic == "domestic_violence"
    assert [one["topic"] for one in asked.state["slots"]["pending"]] == ["custody"]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("said", ["有人堵在我家门口要打我", "我们村有人拿刀砍人了"])
async def test_violence_of_strangers_is_none_at_home(engine: RasaPool, said: str) -> None:
    reply = await say(engine, said)
    assert reply.handoff is not None
    assert reply.topic != "domestic_violence"
