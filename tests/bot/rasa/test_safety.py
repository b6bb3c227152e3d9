"""Whether somebody is safe is asked twice; then the interview goes on, and the opinion takes them for unsafe."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool
from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.topic_file import load_topics
from bot.rasa.safety import safety_questions
from tests.conftest import TOPICS

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
UNKNOWN = FactValue(None, unknown=True)


async def say(engine: RasaPool, *texts: str, state: Any = None) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), state or {})
    for number, text in enumerate(texts):
        reply = await engine.respond(Turn("c", f"m{number}", text, AT, reply.state, "20261128-0001"))
    return reply


def asked(reply: Reply) -> str:
    return str(reply.state["slots"].get("asked") or "")


def text_of(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts)


def test_each_question_is_one_of_its_topic() -> None:
    topics = load_topics(TOPICS)
    for topic_id, one in safety_questions().items():
        assert topics[topic_id].fact(one.fact).asked
        assert "110" in one.say


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    "told", [("结婚十年了 两个娃", "他外面有人"), ("昨天打的", "脸肿了"), ("我没工作", "昨天打的")]
)
async def test_after_the_second_time_the_next_is_asked(engine: RasaPool, told: tuple[str, str]) -> None:
    once = await say(engine, "我老公打我", told[0])
    assert asked(once) == "safe_now"
    twice = await say(engine, told[1], state=once.state)
    assert asked(twice) not in ("safe_now", "")
    assert all(word in text_of(twice) for word in ("110", "120", "离开", "告诫书", "转人工"))
    assert twice.state["slots"]["facts"]["safe_now"]["unknown"]


@pytest.mark.asyncio(loop_scope="session")
async def test_it_is_still_read_when_it_is_told_later(engine: RasaPool) -> None:
    reply = await say(engine, "我老公打我", "我没工作", "昨天打的", "我回娘家了")
    assert reply.state["slots"]["facts"]["safe_now"]["value"] == "away"
    reply = await say(engine, "我老公打我", "我没工作", "昨天打的", "他又要打我 在砸门")
    assert reply.handoff is not None
    assert reply.handoff.priority == "urgent"


def test_the_opinion_takes_the_unknown_for_unsafe(engine: RasaPool) -> None:
    topic = load_topics(TOPICS)["domestic_violence"]
    facts = {
        "safe_now": UNKNOWN,
        "relation": FactValue("spouse"),
        "harm": FactValue("beaten"),
        "injury": FactValue("slight"),
        "police": FactValue("not_reported"),
    }
    told = conclude(topic, facts, date(2026, 11, 28))
    assert {"perhaps_unsafe", "protection_order", "shelter"} <= {one.finding.id for one in told.findings}
    away = conclude(topic, {**facts, "safe_now": FactValue("away")}, date(2026, 11, 28))
    assert not {"perhaps_unsafe", "shelter"} & {one.finding.id for one in away.findings}
