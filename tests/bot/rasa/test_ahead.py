"""What is asked before the opinion is told where it is known, and first thing with the opinion."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool
from bot.rasa.asking import asked_ahead

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


async def say(engine: RasaPool, *texts: str, state: Any = None) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), state or {})
    for number, text in enumerate(texts):
        reply = await engine.respond(Turn("c", f"m{number}", text, AT, reply.state, "20261128-0001"))
    return reply


def asked(reply: Reply) -> str:
    return str(reply.state["slots"].get("asked") or "")


@pytest.mark.parametrize(
    ("said", "questions"),
    [
        ("老板欠我工资 能要回来吗", ["能要回来吗"]),
        ("干了四年，能赔多少", ["能赔多少"]),
        ("仲裁要多久", ["仲裁要多久"]),
        ("这官司能赢吗", ["这官司能赢吗"]),
        ("他欠我三万要不回来", []),
        ("我干了没多久", []),
        ("他说能赔多少就赔多少", []),
    ],
)
def test_a_clause_asks_or_tells(said: str, questions: list[str]) -> None:
    assert asked_ahead(said) == questions


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("那能要多少", ["15,000元", "《劳动合同法》第三十条"]),
        ("要多久", ["45天", "《劳动争议调解仲裁法》第四十三条"]),
        ("要花钱吗", ["不收费", "《劳动争议调解仲裁法》第五十三条"]),
        ("能赢吗", ["打包票", "考勤"]),
    ],
)
async def test_it_is_told_at_once_and_the_question_put_again(engine: RasaPool, question: str, words: list[str]) -> None:
    opened = await say(engine, "老板欠我三个月工资 每月5千")
    reply = await say(engine, question, state=opened.state)
    assert all(word in reply.parts[0].text for word in words)
    assert asked(reply) == asked(opened)
    assert reply.parts[-1].text == opened.parts[-1].text


@pytest.mark.asyncio(loop_scope="session")
async def test_what_it_hangs_on_is_told_where_there_is_no_sum_yet(engine: RasaPool) -> None:
    reply = await say(engine, "我骑车被一个轿车撞了腿断了", "能赔多少")
    assert "医药费" in reply.parts[0].text
    assert "《民法典》第一千一百七十九条" in reply.parts[0].text


@pytest.mark.asyncio(loop_scope="session")
async def test_compensation_is_not_told_for_the_wages_whose_sum_is_still_open(engine: RasaPool) -> None:
    reply = await say(engine, "老板欠我工资 干了三个月 一个月七千", "那能要多少")
    assert "3,500" not in reply.parts[0].text
    assert "拖欠的工资" in reply.parts[0].text


@pytest.mark.asyncio(loop_scope="session")
async def test_with_the_opinion_it_is_answered_first(engine: RasaPool) -> None:
    reply = await say(engine, "老板欠我三个月工资 每月5千 能要回来吗", "那能要多少", "在单位上班", "还在干")
    kinds = [part.kind for part in reply.parts]
    before = reply.parts[: kinds.index("opinion")][-1].text
    assert "能要回来吗" in before
    assert "15,000元" in before
    assert not reply.state["slots"].get("ahead")


@pytest.mark.asyncio(loop_scope="session")
async def test_what_no_kind_fits_is_answered_from_the_findings_or_pointed_to(engine: RasaPool) -> None:
    asked_so = await say(engine, "老板欠我三个月工资 每月5千", "他能不能克扣我的工资")
    assert asked(asked_so) == "relation"
    reply = await say(engine, "在单位上班", "还在干", state=asked_so.state)
    assert "您前面问“他能不能克扣我的工资”：单位必须按时足额发工资" in reply.parts[0].text


@pytest.mark.asyncio(loop_scope="session")
async def test_a_question_between_two_topics_is_no_reason_to_give_up(engine: RasaPool) -> None:
    unsure = await say(engine, "单位让我走人 干了4年 工资8千")
    if unsure.topic:
        pytest.skip("the classifier is sure of it by now")
    reply = await say(engine, "能赔多少", state=unsure.state)
    assert reply.handoff is None
    assert reply.topic in ("dismissal", "unpaid_wages"), "one of the two that were asked about"


@pytest.mark.asyncio(loop_scope="session")
async def test_what_to_do_next_is_asked_of_the_matter_at_hand(engine: RasaPool) -> None:
    reply = await say(engine, "单位一直没跟我签劳动合同", "下一步咋办")
    assert "不在法律咨询的范围" not in "\n".join(part.text for part in reply.parts)
    assert reply.topic == "no_contract"
