"""Lessons and the question of the day in conversation, on the real model."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool
from bot.education.daily import is_question
from bot.education.lessons import load_lessons
from tests.conftest import TOPICS

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
LESSONS = load_lessons(TOPICS.parent / "lessons")


class Talk:
    """One conversation with the engine."""

    def __init__(self, engine: RasaPool, at: datetime = AT) -> None:
        self._engine, self._at = engine, at
        self.state: Any = {}
        self.reply = Reply((), {})

    async def say(self, *texts: str) -> str:
        """Send each text; everything said in the last reply."""
        for text in texts:
            self.reply = await self._engine.respond(Turn("c1", "m1", text, self._at, self.state))
            self.state = self.reply.state
        return "\n".join(part.text for part in self.reply.parts)

    @property
    def offer(self) -> dict[str, Any]:
        """What stands open."""
        return dict(self.state["slots"].get("offer") or {})

    @property
    def right(self) -> str:
        """Label of the right answer to the open question."""
        lesson = LESSONS.find(self.offer["lesson"])
        assert lesson is not None
        return lesson.quiz.options[lesson.quiz.right].say

    @property
    def wrong(self) -> str:
        """Label of a wrong one."""
        lesson = LESSONS.find(self.offer["lesson"])
        assert lesson is not None
        return next(option.say for option in lesson.quiz.options if not option.right)


@pytest.fixture
def talk(engine: RasaPool) -> Talk:
    """A new conversation."""
    return Talk(engine)


@pytest.mark.parametrize("words", ["每日一题", "考考我", "出道题考考我", "今天的题呢"])
async def test_the_question_of_the_day_is_the_same_for_all(engine: RasaPool, talk: Talk, words: str) -> None:
    said = await talk.say(words)
    lesson = LESSONS.of_day(AT.date())
    assert lesson is not None
    assert lesson.quiz.ask in said
    assert said == await Talk(engine).say("每日一题")
    assert talk.reply.parts[-1].choices[: len(lesson.quiz.options)] == tuple(one.say for one in lesson.quiz.options)
    assert await Talk(engine, AT + timedelta(days=1)).say("每日一题") != said


@pytest.mark.parametrize("words", ["今天学点什么", "普法", "学点法律", "闲着没事，讲点法律知识听听"])
async def test_the_lesson_of_the_day_names_its_law(talk: Talk, words: str) -> None:
    said = await talk.say(words)
    lesson = LESSONS.of_day(AT.date())
    assert lesson is not None
    assert lesson.title in said
    assert "依据：《" in said
    assert "考考我" in talk.reply.parts[-1].choices


async def test_a_lesson_of_an_area_and_its_question(talk: Talk) -> None:
    await talk.say("讲讲劳动法")
    told = talk.offer["lesson"]
    assert told in {one.id for one in LESSONS.within("labour")}
    await talk.say("好的")
    assert talk.offer["kind"] == "quiz"
    assert talk.offer["lesson"] == told
    await talk.say("换一题")
    assert talk.offer["lesson"] != told
    assert talk.offer["lesson"] in {one.id for one in LESSONS.within("labour")}
    await talk.say("讲讲婚姻法")
    assert talk.offer["lesson"] in {one.id for one in LESSONS.within("family")}


async def test_a_right_answer_is_praised_and_another_is_offered(talk: Talk) -> None:
    await talk.say("每日一题")
    first = talk.offer["lesson"]
    said = await talk.say(talk.right)
    assert "答对了" in said
    assert "依据：《" in said
    assert "换一题" in talk.reply.parts[-1].choices
    await talk.say("再来一题")
    assert talk.offer["kind"] == "quiz"
    assert talk.offer["lesson"] != first


async def test_a_wrong_answer_is_told_kindly(talk: Talk) -> None:
    await talk.say("每日一题")
    right = talk.right
    said = await talk.say(talk.wrong)
    assert "答对了" not in said
    assert right in said
    assert "依据：《" in said
    assert LESSONS.find(talk.offer["lesson"]).title in await talk.say("讲讲这一课")  # type: ignore[union-attr]


async def test_who_asks_why_is_told_the_lesson_and_then_the_next_one(talk: Talk) -> None:
    await talk.say("每日一题")
    lesson = LESSONS.find(talk.offer["lesson"])
    await talk.say(talk.wrong)
    assert lesson is not None
    assert lesson.title in await talk.say("为什么")
    assert "学一点法律" in await talk.say("下一课"), "a lesson is no question"
    assert talk.offer["kind"] == "lesson"


async def test_another_subject_named_after_a_lesson_is_told_of(talk: Talk) -> None:
    await talk.say("学点法律")
    assert "学一点法律" in await talk.say("劳动法")
    assert talk.offer["lesson"] in {one.id for one in LESSONS.within("labour")}


async def test_every_letter_is_an_answer(talk: Talk) -> None:
    await talk.say("每日一题")
    state = talk.state
    for letter in ("A", "b", "选A", "第一个", "不知道"):
        talk.state = state
        assert "依据：《" in await talk.say(letter), letter


async def test_what_is_no_answer_is_explained_once(talk: Talk) -> None:
    await talk.say("每日一题")
    assert "您可以回答A、B" in await talk.say("嗯嗯哦哦")
    assert "依据：《" in await talk.say("嗯嗯哦哦")


async def test_stopping_ends_it(talk: Talk) -> None:
    await talk.say("每日一题")
    assert "先学到这里" in await talk.say("不答了")
    assert not talk.offer
    await talk.say("今天学点什么")
    assert "先学到这里" in await talk.say("不用了")


async def test_a_matter_comes_before_the_question(talk: Talk) -> None:
    await talk.say("每日一题", "老板拖欠我三个月工资，不给怎么办")
    assert talk.reply.topic == "unpaid_wages"
    assert talk.offer.get("kind") != "quiz"


async def test_danger_and_a_person_come_before_the_question(talk: Talk) -> None:
    await talk.say("每日一题")
    state = talk.state
    await talk.say("我老公正在打我，要杀我")
    assert talk.reply.handoff is not None
    assert talk.reply.handoff.kind == "danger"
    talk.state = state
    await talk.say("转人工")
    assert talk.reply.handoff is not None


async def test_an_interview_is_not_left_for_a_lesson(talk: Talk) -> None:
    await talk.say("老板欠了我三个月工资不给")
    question = talk.reply.parts[-1].text
    said = await talk.say("考考我")
    assert "问完" in said
    assert talk.reply.parts[-1].text == question


async def test_sending_daily_is_not_promised(talk: Talk) -> None:
    said = await talk.say("订阅每日一题")
    assert "只有在我们的微信公众号里" in said
    assert "不能先发给您" in said
    await talk.say("每日一题")
    assert talk.offer["kind"] == "quiz"


async def test_the_question_of_the_day_is_todays_where_yesterdays_stands_open(engine: RasaPool) -> None:
    yesterday, today = Talk(engine, AT - timedelta(days=1)), Talk(engine)
    await yesterday.say("讲讲劳动法", "考考我")
    today.state = yesterday.state
    said = await today.say("每日一题")
    lesson = LESSONS.of_day(AT.date())
    assert lesson is not None
    assert lesson.quiz.ask in said
    assert today.offer["area"] == ""
    assert lesson.quiz.ask in await today.say("每日一题"), "it stands open"
    await today.say(today.right)
    assert lesson.quiz.ask not in await today.say("每日一题"), "who has answered it goes on"


async def test_what_is_put_unasked_is_a_question_or_nothing(engine: RasaPool, talk: Talk) -> None:
    """See `bot.education.daily`."""
    await talk.say("每日一题")
    assert is_question(talk.reply)
    asked = Talk(engine)
    await asked.say("老板欠我工资不给")
    assert "remaining" in asked.reply.parts[-1].data, "by this the store knows an interview"
    await asked.say("每日一题")
    assert not is_question(asked.reply)
