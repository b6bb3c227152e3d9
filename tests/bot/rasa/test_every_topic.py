"""Every topic and service from a first message to its paper on the real engine, answered 「不清楚」 throughout."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")
AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
MOST = 20


async def opened(engine: RasaPool, topic: Topic) -> Reply:
    """The first of its examples that opens it, if need be by an either/or question. Raises AssertionError for none."""
    for number, example in enumerate(topic.examples):
        reply = await engine.respond(Turn(topic.id, f"e{number}", example, AT, {}, "20261128-0001"))
        offer = reply.state["slots"].get("offer") or {}
        if offer.get("kind") == "clarify" and topic.name in offer["names"]:
            reply = await engine.respond(Turn(topic.id, f"c{number}", topic.name, AT, reply.state, "20261128-0001"))
        # Of a danger nothing is asked while a person comes; another example tells the matter.
        if reply.topic == topic.id and (reply.handoff is None or reply.handoff.kind == "rule"):
            return reply
    raise AssertionError(f"no example opens {topic.id}")


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
async def test_it_ends_with_a_paper_or_a_person(engine: RasaPool, topic: Topic) -> None:
    reply = await opened(engine, topic)
    state: Any = reply.state
    for number in range(MOST):
        if reply.handoff is not None:
            assert reply.handoff.kind == "rule"
            return
        papers = [part.data for part in reply.parts if part.kind == "opinion"]
        if papers:
            assert papers[0]["unverified"] == []
            assert papers[0]["steps"]
            assert papers[0]["where"]
            assert reply.tell_matter
            return
        reply = await engine.respond(Turn(topic.id, f"m{number}", "不清楚", AT, state, "20261128-0001"))
        state = reply.state
    raise AssertionError(f"{topic.id} did not end after {MOST} answers")
