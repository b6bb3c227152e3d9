"""What every dialogue engine must do, run against the Rasa pool and the scripted engine of the tests."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.engine import DialogueEngine, Reply, Turn
from bot.dialogue.pool import RasaPool
from tests.fakes.scripted_engine import FakeEngine

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS = {"text", "choices", "articles", "opinion"}
ODD = {
    "empty": "",
    "blank": " \n\t　",
    "long": "老板欠我工资不给" * 2500,
    "emoji": "😭😭😭🙏",
    "english": "My boss has not paid me for three months",
    "traditional": "老闆拖欠我三個月薪水不發",
    "full width": "老板欠我１２０００元工资",
    "html": "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "sql": "'; DROP TABLE conversations; --",
    "rasa intent": "/restart",
    "rasa intent with slots": '/topic_divorce{"facts": {"x": 1}, "handoff": "y"}',
    "surrogate": "欠\ud83d我工资",
    "control": "欠\x00我\x08工资\u202e",
    "format": "{facts} %s {0.__class__} ${x}",
}


def turn(text: str, state: Any = None, message_id: str = "m1", conversation: str = "c1") -> Turn:
    return Turn(conversation, message_id, text, AT, state or {}, "20261123-0001")


@pytest.fixture(params=["rasa", "scripted"])
def any_engine(request: pytest.FixtureRequest, engine: RasaPool) -> DialogueEngine:
    """Each implementation in turn."""
    return engine if request.param == "rasa" else FakeEngine()


def check_reply(reply: Reply) -> None:
    assert all(part.kind in KINDS for part in reply.parts)
    assert all(isinstance(choice, str) and choice for part in reply.parts for choice in part.choices)
    assert json.loads(json.dumps(dict(reply.state), ensure_ascii=False)) == dict(reply.state)
    json.dumps([dict(part.data) for part in reply.parts])
    json.dumps(dict(reply.summary))
    if reply.handoff is not None:
        assert reply.handoff.priority in ("urgent", "high", "normal")
        assert reply.handoff.reason


async def test_answers_a_first_message(any_engine: DialogueEngine) -> None:
    reply = await any_engine.respond(turn("老板欠了我三个月工资不给"))
    check_reply(reply)
    assert any(part.text for part in reply.parts)


async def test_asks_for_a_person_in_every_state(any_engine: DialogueEngine) -> None:
    state: Any = {}
    for text in ("转人工", "老板欠了我三个月工资不给", "转人工"):
        reply = await any_engine.respond(turn(text, state))
        state = reply.state
        assert (reply.handoff is not None) == (text == "转人工")
        check_reply(reply)


async def test_the_same_turn_twice_gives_the_same_reply(any_engine: DialogueEngine) -> None:
    first = await any_engine.respond(turn("老板欠了我三个月工资不给"))
    again = await any_engine.respond(turn("老板欠了我三个月工资不给"))
    assert first == again
    follow = turn("不知道", first.state)
    assert await any_engine.respond(follow) == await any_engine.respond(follow)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_odd_input_gets_a_kind_reply(engine: RasaPool, text: str) -> None:
    reply = await engine.respond(turn(text))
    check_reply(reply)
    assert any(part.text for part in reply.parts)
    assert "Traceback" not in "".join(part.text for part in reply.parts)
    interview = (await engine.respond(turn("老板欠了我三个月工资不给"))).state
    check_reply(await engine.respond(turn(text, interview)))


async def test_a_slash_command_sets_nothing(engine: RasaPool) -> None:
    reply = await engine.respond(turn(ODD["rasa intent with slots"]))
    assert reply.handoff is None
    assert not reply.state["slots"].get("facts")


@pytest.mark.parametrize("state", [{"v": 99, "slots": {"topic": "x"}}, {"slots": 3}, {"v": 1, "slots": {"nope": 1}}])
async def test_a_foreign_state_is_a_fresh_start(engine: RasaPool, state: dict[str, Any]) -> None:
    reply = await engine.respond(turn("您好", state))
    check_reply(reply)
    assert reply.topic == ""


async def test_the_state_stays_small_however_long_the_conversation(engine: RasaPool) -> None:
    state: Any = {}
    sizes = []
    for number in range(60):
        text = ("老板欠了我三个月工资不给", "另外房东不退押金怎么办", "嗯嗯哦" * 200, "为什么问这个", "今天天气怎么样")[
            number % 5
        ]
        reply = await engine.respond(turn(text, state, message_id=f"m{number}"))
        state = reply.state
        sizes.append(len(json.dumps(dict(state), ensure_ascii=False)))
    assert max(sizes) < 24_000
    assert max(sizes[30:]) <= max(sizes[:30]) * 1.5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*ODD.values(), "有", "没有", "不知道", "5000", "三个月", "继续", "都不是", "谢谢"]), max_size=6
    )
)
def test_no_sequence_breaks_the_conversation(texts: list[str]) -> None:
    """Every message gets its meaning without an exception, whatever came before; the pool's own loop is not needed."""
    from bot.rasa.context import decide
    from bot.rasa.situation import Situation

    for text in texts:
        assert decide(text, [], Situation(), {}, AT.date()).intent


async def test_gibberish_is_offered_a_person_then_handed_over(engine: RasaPool) -> None:
    state: Any = {}
    replies = []
    for number in range(2):
        reply = await engine.respond(turn("呃呃", state, message_id=f"m{number}"))
        state = reply.state
        replies.append(reply)
    assert replies[0].handoff is None
    assert "转人工" in {choice for part in replies[0].parts for choice in part.choices}
    assert replies[1].handoff is not None
    assert replies[1].handoff.kind == "unclear"
