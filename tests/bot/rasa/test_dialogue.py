"""Interruptions, corrections, second topics and what comes after the opinion, on the real model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Recall, Reply, Turn
from bot.dialogue.pool import RasaPool

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
NEVER = 12
"""No interview here takes more questions."""


class Talk:
    """One conversation with the engine."""

    def __init__(self, engine: RasaPool) -> None:
        self._engine = engine
        self.state: Any = {}
        self.reply = Reply((), {})
        self._count = 0

    async def say(self, *texts: str) -> Reply:
        """Send each text; the last reply."""
        for text in texts:
            self._count += 1
            turn = Turn("c1", f"m{self._count}", text, AT, self.state, "20261123-0001")
            self.reply = await self._engine.respond(turn)
            self.state = self.reply.state
        return self.reply

    async def to_opinion(self) -> Reply:
        """Answer 不清楚 until an opinion comes."""
        for _ in range(NEVER):
            if "opinion" in kinds(self.reply):
                return self.reply
            await self.say("不清楚")
        raise AssertionError(f"no opinion after {NEVER} questions")

    @property
    def asked(self) -> str:
        """Fact id of the open question."""
        return str(self.state["slots"].get("asked", ""))

    @property
    def facts(self) -> dict[str, Any]:
        """Values of the facts."""
        return {name: fact["value"] for name, fact in self.state["slots"].get("facts", {}).items()}


@pytest.fixture
def talk(engine: RasaPool) -> Talk:
    """A new conversation."""
    return Talk(engine)


def text_of(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts)


def kinds(reply: Reply) -> Sequence[str]:
    return [part.kind for part in reply.parts]


async def test_facts_of_the_first_message_are_not_asked(talk: Talk) -> None:
    await talk.say("我在厂里上班，老板一共欠我8000元工资，拖了三个月了")
    assert talk.reply.topic == "unpaid_wages"
    assert talk.facts["owed"] == 8000
    assert talk.asked not in ("owed", "")


@pytest.mark.parametrize(
    "interruption", ["为什么问这个", "再说一遍", "谢谢", "今天天气怎么样", "劳动法第五十条是什么", "嗯嗯哦哦"]
)
async def test_an_interruption_comes_back_to_the_same_question(talk: Talk, interruption: str) -> None:
    await talk.say("老板欠了我三个月工资不给")
    asked, question = talk.asked, talk.reply.parts[-1].text
    facts = talk.facts
    reply = await talk.say(interruption)
    assert talk.asked == asked
    assert reply.parts[-1].text == question
    assert talk.facts == facts


async def test_why_names_the_law(talk: Talk) -> None:
    await talk.say("我想离婚，孩子归我，老公不同意离", "为什么问这个")
    assert "依据" in text_of(talk.reply) or "第" in text_of(talk.reply)


async def test_handing_over_keeps_the_place(talk: Talk) -> None:
    await talk.say("老板欠了我三个月工资不给")
    asked = talk.asked
    reply = await talk.say("转人工")
    assert reply.handoff is not None
    assert reply.summary["topic"] == "拖欠工资"
    assert "？" not in text_of(reply)
    await talk.say("不清楚")
    assert talk.asked not in ("", asked)


async def test_a_second_topic_waits_for_the_opinion(talk: Talk) -> None:
    await talk.say("老板欠了我三个月工资不给", "另外房东不退我租房押金怎么办")
    assert talk.reply.topic == "unpaid_wages"
    assert "租房押金" in text_of(talk.reply)
    reply = await talk.to_opinion()
    assert reply.topic == "rental_deposit"
    assert reply.parts[-1].kind == "choices"
    assert not talk.state["slots"].get("pending")
    assert talk.state["loop"] == "interview_form"
    await talk.to_opinion()
    assert talk.reply.topic == "rental_deposit"


async def test_a_correction_after_the_opinion_gives_it_anew(talk: Talk) -> None:
    await talk.say("我在厂里上班，老板一共欠我8000元工资")
    await talk.to_opinion()
    reply = await talk.say("不对，一共欠我9000元")
    assert talk.facts["owed"] == 9000
    assert "opinion" in kinds(reply)
    assert "9,000" in text_of(reply)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("要准备什么证据", "证据"),
        ("去哪里办", "12333"),
        ("再说一遍", "法律咨询意见书"),
        ("帮我写申请书", "劳动人事争议仲裁申请书"),
        ("文书", "证据清单"),
    ],
)
async def test_questions_about_the_opinion(talk: Talk, question: str, word: str) -> None:
    await talk.say("我在厂里上班，老板一共欠我8000元工资")
    await talk.to_opinion()
    reply = await talk.say(question)
    assert word in text_of(reply)
    assert reply.topic == "unpaid_wages"


async def test_a_new_topic_after_the_opinion_forgets_the_old_facts(talk: Talk) -> None:
    await talk.say("我在厂里上班，老板一共欠我8000元工资")
    await talk.to_opinion()
    await talk.say("房东不退我租房押金")
    assert talk.reply.topic == "rental_deposit"
    assert "owed" not in talk.facts


async def test_starting_over_forgets_everything(talk: Talk) -> None:
    await talk.say("老板欠了我三个月工资不给", "重新开始")
    assert talk.reply.topic == ""
    assert talk.state["loop"] is None
    assert not talk.facts
    await talk.say("我想离婚")
    assert talk.reply.topic == "divorce"


async def test_danger_in_an_interview_calls_a_person_and_asks_nothing(talk: Talk) -> None:
    await talk.say("我想离婚", "救命，我老公正在打我")
    assert talk.reply.handoff is not None
    assert talk.reply.handoff.priority == "urgent"
    assert "110" in text_of(talk.reply)
    assert talk.reply.parts[-1].kind == "text"


async def test_a_choice_that_is_urgent_hands_over_at_once(talk: Talk) -> None:
    await talk.say("离婚后想争孩子的抚养权")
    for _ in range(NEVER):
        if "打骂" in "".join(talk.reply.parts[-1].choices) or talk.reply.handoff or "opinion" in kinds(talk.reply):
            break
        await talk.say(talk.reply.parts[-1].choices[0])
    urgent = [choice for choice in talk.reply.parts[-1].choices if "打" in choice]
    if urgent:
        await talk.say(urgent[0])
    assert talk.reply.handoff is not None
    assert talk.reply.handoff.priority == "urgent"


async def test_the_matter_number_is_told(talk: Talk) -> None:
    assert (await talk.say("我的事项编号是多少")).tell_matter


async def test_of_a_matter_that_has_only_begun_nothing_is_looked_up(talk: Talk) -> None:
    reply = await talk.say("我要查我的案子办到哪了")
    assert not reply.tell_matter
    assert "以前" in reply.parts[0].text


async def test_an_earlier_matter_needs_its_code(talk: Talk) -> None:
    reply = await talk.say("我的编号是20261101-0007")
    assert "查询码" in text_of(reply)
    assert reply.recall is None
    assert (await talk.say("483920")).recall == Recall("20261101-0007", "483920")


async def test_number_and_code_may_come_at_once(talk: Talk) -> None:
    reply = await talk.say("事项编号20261101-0007，查询码 483920")
    assert reply.recall == Recall("20261101-0007", "483920")


async def test_legal_aid_is_applied_for_when_the_citizen_says_so(talk: Talk) -> None:
    await talk.say("我想申请法律援助", "要工资，我是农民工", "不急")
    reply = await talk.to_opinion()
    assert reply.parts[-1].choices[0] == "交申请"
    applied = (await talk.say("交申请")).application
    assert applied is not None
    assert (applied.kind, applied.due) == ("legal_aid", date(2026, 11, 30))


async def test_an_application_that_is_not_wanted_is_not_handed_in(talk: Talk) -> None:
    await talk.say("我想申请法律援助", "要工资，我是农民工", "不急")
    await talk.to_opinion()
    assert (await talk.say("先不交")).application is None
    assert (await talk.say("好的")).application is None


async def test_an_application_put_off_is_handed_in_when_asked_for_and_only_once(talk: Talk) -> None:
    await talk.say("我想申请法律援助", "要工资，我是农民工", "不急")
    await talk.to_opinion()
    assert (await talk.say("我再想想")).application is None
    assert (await talk.say("行，你给我报上去")).application is not None
    assert (await talk.say("交申请")).application is None
    assert "已经交上去了" in text_of(talk.reply)


async def test_yes_in_an_interview_answers_its_question_rather_than_an_offer(talk: Talk) -> None:
    await talk.say("我想申请法律援助", "要工资，我是农民工", "吃葡萄不吐葡萄皮", "吃葡萄不吐葡萄皮")
    assert talk.state["slots"]["offer"] == {"kind": "person"}
    await talk.say("对的")
    assert talk.reply.handoff is None
    assert talk.facts["deadline_near"] is True


async def test_an_offer_of_a_person_is_taken_up_by_yes(talk: Talk) -> None:
    await talk.say("商标被别人抢先注册了怎么办")
    assert "articles" in kinds(talk.reply)
    assert talk.reply.handoff is None
    assert (await talk.say("好的")).handoff is not None


async def test_a_piece_of_the_story_is_noted_then_helped_then_its_question_put_aside(talk: Talk) -> None:
    await talk.say("老板欠我三个月工资不给")
    asked = talk.asked
    short = text_of(await talk.say("吃葡萄不吐葡萄皮"))
    assert "转人工" not in short
    helped = text_of(await talk.say("不吃葡萄倒吐皮"))
    assert "转人工" in helped
    assert talk.asked == asked
    await talk.say("吃葡萄不吐葡萄皮")
    assert talk.reply.handoff is None
    assert talk.asked != asked
    assert talk.facts[asked] is None


async def test_who_is_held_is_kept_in_mind_for_the_person_who_comes(talk: Talk) -> None:
    reply = await talk.say("我老公被刑拘了 家里能干啥")
    assert reply.handoff is not None
    assert talk.state["slots"]["topic"] in {"detention", "bail", "defender"}
    assert reply.question is not None
    assert reply.question.text not in text_of(reply)


async def test_who_is_beaten_at_home_hears_what_protects_them_in_any_interview(talk: Talk) -> None:
    await talk.say("我要离婚，他出轨")
    assert "人身安全保护令" in text_of(await talk.say("昨天晚上又打了 脸肿了"))
