"""A person by the bot's own judgement: what was not understood twice, what it cannot place, a term about to end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool
from bot.rasa import wording

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WAGES = "老板欠了我三个月工资不给"
TWO = "离婚和孩子的事"


async def say(engine: RasaPool, *texts: str, state: Any = None, staffed: bool = True) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), state or {})
    for number, text in enumerate(texts):
        turn = Turn("c", f"m{number}", text, AT, reply.state, "20261123-0001", staffed=staffed)
        reply = await engine.respond(turn)
    return reply


def choices(reply: Reply) -> set[str]:
    return {choice for part in reply.parts for choice in part.choices}


def asked(reply: Reply) -> str:
    return str(reply.state["slots"].get("asked") or "")


def kind(reply: Reply) -> str:
    return "" if reply.handoff is None else reply.handoff.kind


@pytest.mark.parametrize("opening", [(), ("你好",), (WAGES,)])
async def test_a_second_misunderstanding_in_a_row_hands_over(engine: RasaPool, opening: tuple[str, ...]) -> None:
    first = await say(engine, *opening, "啊吧啊吧")
    assert first.handoff is None
    assert wording.PERSON in choices(first)
    second = await say(engine, "啊吧啊吧吧", state=first.state)
    assert kind(second) == "unclear"
    assert second.state["slots"].get("asked") == first.state["slots"].get("asked"), "it stands where it was"


@pytest.mark.parametrize("opening", [(), (WAGES,)])
async def test_a_person_can_be_had_at_the_first(engine: RasaPool, opening: tuple[str, ...]) -> None:
    assert kind(await say(engine, *opening, "啊吧啊吧", wording.PERSON)) == "asked"


@pytest.mark.parametrize(
    "between", ["不知道", "为什么问这个", "你们什么都不懂，废物", "气死我了，受够了", "再说一遍", "那我能要到多少钱？"]
)
async def test_what_is_understood_in_an_interview_is_no_misunderstanding(engine: RasaPool, between: str) -> None:
    assert (await say(engine, WAGES, between, between)).handoff is None


async def test_not_knowing_between_two_misunderstandings_is_an_answer(engine: RasaPool) -> None:
    reply = await say(engine, WAGES, "啊吧啊吧", "不知道", "啊吧啊吧")
    assert reply.handoff is None
    assert wording.PERSON in choices(reply)


async def test_a_feeling_is_no_misunderstanding(engine: RasaPool) -> None:
    first = await say(engine, "啊吧啊吧", "我好难受")
    assert first.handoff is None
    assert wording.WHAT_HAPPENED in first.parts[-1].text
    second = await say(engine, "太委屈了", state=first.state)
    assert second.handoff is None
    assert wording.PERSON in choices(second)
    assert kind(await say(engine, "我好委屈", state=second.state)) == "unclear"


async def test_what_one_either_or_question_does_not_place_is_a_persons(engine: RasaPool) -> None:
    question = await say(engine, TWO)
    assert "还是" in question.parts[-1].text
    reply = await say(engine, "都不是", state=question.state)
    assert kind(reply) == "unclear"
    assert reply.handoff is not None
    assert "孩子抚养权" in reply.handoff.reason


async def test_who_only_clears_their_throat_may_still_choose(engine: RasaPool) -> None:
    reply = await say(engine, TWO, "呃呃")
    assert reply.handoff is None
    assert wording.PERSON in choices(reply)
    assert (await say(engine, "离婚", state=reply.state)).topic == "divorce"


async def test_articles_are_shown_before_the_person_comes(engine: RasaPool) -> None:
    reply = await say(engine, TWO, "都不是")
    assert [part.kind for part in reply.parts if part.kind == "articles"]
    assert reply.parts[-1].text == wording.HAND_OVER_UNPLACED


async def test_another_question_about_a_law_leaves_the_either_or_question(engine: RasaPool) -> None:
    reply = await say(engine, TWO, "民法典第一千一百二十七条写的什么")
    assert reply.handoff is None
    assert "第一千一百二十七条" in "".join(part.text for part in reply.parts)


async def _left(engine: RasaPool, day: str) -> Reply:
    return await say(engine, "我在厂里上班，老板一共欠我8000元工资", "已经离职了", day, "我自己的原因")


@pytest.mark.parametrize(
    ("left_on", "priority", "word"),
    [("2025年11月23号", "urgent", "今天"), ("2025年11月24号", "urgent", "明天"), ("2025年11月26号", "high", "很近")],
)
async def test_a_term_about_to_end_hands_over_behind_the_opinion(
    engine: RasaPool, left_on: str, priority: str, word: str
) -> None:
    reply = await _left(engine, left_on)
    assert reply.parts[0].kind == "opinion"
    assert word in reply.parts[-1].text
    assert reply.handoff is not None
    assert (reply.handoff.kind, reply.handoff.priority) == ("deadline", priority)
    assert reply.handoff.deadline == date(2026, 11, int(left_on[8:10]))


async def test_a_near_term_is_only_offered_to_a_person(engine: RasaPool) -> None:
    reply = await _left(engine, "2025年12月8号")
    assert reply.handoff is None
    assert wording.PERSON in reply.parts[-1].choices
    accepted = await say(engine, "好的", state=reply.state)
    assert accepted.handoff is not None
    assert (accepted.handoff.kind, accepted.handoff.deadline) == ("deadline", date(2026, 12, 8))


async def test_the_same_term_calls_nobody_twice(engine: RasaPool) -> None:
    reply = await _left(engine, "2025年11月25号")
    again = await say(engine, "不对，一共欠我9000元", state=reply.state)
    assert "opinion" in [part.kind for part in again.parts]
    assert again.handoff is None


async def test_the_handoff_tells_mood_and_tongue(engine: RasaPool) -> None:
    afraid = (await say(engine, "救命，我好害怕，我老公正在打我")).handoff
    assert afraid is not None
    assert (afraid.kind, afraid.mood) == ("danger", "afraid")
    english = (await say(engine, "I need a lawyer please")).handoff
    assert english is not None
    assert english.language == "en"
    cantonese = (await say(engine, "唔該，我想搵真人，佢喺度咩都唔肯講，轉人工")).handoff
    assert cantonese is not None
    assert cantonese.language == "yue"
    plain = (await say(engine, "转人工")).handoff
    assert plain is not None
    assert (plain.mood, plain.language, plain.deadline) == ("", "", None)
