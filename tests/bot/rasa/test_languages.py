"""Traditional characters, pinyin, dialect, English and other scripts, on the real model."""

from __future__ import annotations

import pytest

from bot.dialogue.engine import Turn
from bot.dialogue.pool import RasaPool
from tests.bot.rasa.test_dialogue import AT, Talk, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def talk(engine: RasaPool) -> Talk:
    """A new conversation."""
    return Talk(engine)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("老闆拖著三個月薪水不發", "unpaid_wages"),
        ("房東不退我租房的押金", "rental_deposit"),
        ("我想離婚，孩子歸我", "divorce"),
        ("laoban qian wo gongzi", "unpaid_wages"),
        ("lihun", "divorce"),
        ("fangdong bu tui yajin", "rental_deposit"),
        ("老板qian我gongzi", "unpaid_wages"),
        ("俺在砖厂干了一年，老板不给工钱咋整", "unpaid_wages"),
        ("老细唔出粮，点算", "unpaid_wages"),
        ("老公公资不给家里，我要离昏", "divorce"),
        ("拖欠公资", "unpaid_wages"),
    ],
)
async def test_a_topic_is_opened(talk: Talk, text: str, topic: str) -> None:
    assert (await talk.say(text)).topic == topic


async def test_facts_keep_the_own_words(talk: Talk) -> None:
    await talk.say("我在廠裡上班，老闆一共欠我8000塊公资")
    facts = talk.state["slots"]["facts"]
    assert facts["owed"]["value"] == 8000
    assert facts["owed"]["said"] == "8000塊"
    assert "廠" in facts["relation"]["said"]


async def test_a_quick_reply_in_traditional_characters(talk: Talk) -> None:
    await talk.say("老闆拖著三個月薪水不發")
    assert talk.asked == "relation"
    await talk.say("在單位上班")
    assert talk.facts["relation"]
    assert talk.asked != "relation"


async def test_pinyin_in_doubt_is_asked_back(talk: Talk) -> None:
    reply = await talk.say("jiehun caili")
    assert "结婚彩礼" in text_of(reply)
    assert {"是的", "不是"} <= set(reply.parts[-1].choices)
    assert reply.topic == ""
    assert (await talk.say("是的")).topic == "bride_price"


async def test_a_wrong_guess_is_taken_back(talk: Talk) -> None:
    await talk.say("jiehun caili")
    reply = await talk.say("不是")
    assert reply.topic == ""
    assert "换个说法" in text_of(reply)
    assert (await talk.say("我想离婚")).topic == "divorce"
    await talk.say("是的")
    assert talk.reply.topic == "divorce"


async def test_a_guess_in_an_interview_answers_its_question(talk: Talk) -> None:
    await talk.say("房东不退押金")
    asked = talk.asked
    await talk.say("bu zhidao")
    assert talk.asked not in ("", asked)


async def test_danger_in_pinyin_is_not_asked_back(talk: Talk) -> None:
    reply = await talk.say("jiuming, wo laogong yao sha wo")
    assert reply.handoff is not None
    assert reply.handoff.priority == "urgent"
    assert "110" in text_of(reply)


async def test_a_person_in_pinyin(talk: Talk) -> None:
    assert (await talk.say("zhuan rengong")).handoff is not None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("my husband is beating me", "110"),
        ("I want to kill myself", "12356"),
        ("he is not breathing", "120"),
        ("help", "110"),
    ],
)
async def test_danger_in_english(talk: Talk, text: str, number: str) -> None:
    reply = await talk.say(text)
    assert reply.handoff is not None
    assert (reply.handoff.kind, reply.handoff.priority) == ("danger", "urgent")
    english, chinese = reply.parts[0].text, reply.parts[1].text
    assert english.isascii()
    assert number in english
    assert number in chinese


async def test_danger_in_english_in_the_middle_of_an_interview(talk: Talk) -> None:
    await talk.say("我想离婚", "he has a knife")
    assert talk.reply.handoff is not None
    assert talk.reply.handoff.priority == "urgent"


@pytest.mark.parametrize("text", ["lawyer", "legal aid", "human", "can I talk to a real person"])
async def test_a_person_in_english(talk: Talk, text: str) -> None:
    reply = await talk.say(text)
    assert reply.handoff is not None
    assert "person on duty" in text_of(reply)


async def test_a_situation_in_english_names_the_service_and_offers_a_person(talk: Talk) -> None:
    reply = await talk.say("My boss hasn't paid me for three months")
    said = text_of(reply)
    assert "12348" in said
    assert "unpaid wages" in said
    assert "12333" in said
    assert reply.handoff is None
    handed = (await talk.say(reply.parts[-1].choices[0])).handoff
    assert handed is not None
    assert "拖欠工资" in handed.reason


async def test_yes_in_english_takes_the_person(talk: Talk) -> None:
    await talk.say("my visa expired")
    assert (await talk.say("yes")).handoff is not None


async def test_another_script_is_told_kindly(talk: Talk) -> None:
    reply = await talk.say("Помогите мне")
    assert "看不懂" in text_of(reply)
    assert reply.parts[-1].choices


async def test_a_country_asked_about_in_english_is_told_of_in_english(talk: Talk) -> None:
    said = text_of(await talk.say("Can a Chinese court judgment be enforced in Singapore?"))
    assert "Civil Procedure Law of China, Article 297" in said
    assert "Singapore" in said
    assert "source:" in said
    assert "Arbitral awards" not in said, "only what was asked"
    said = text_of(await talk.say("And what about arbitration awards?"))
    assert "New York Convention" in said
    assert "Hungary" in text_of(await talk.say("what about Hungary"))
    assert (await talk.say("yes please")).handoff is not None


async def test_how_to_reach_a_consulate_is_told_in_english(talk: Talk) -> None:
    said = text_of(await talk.say("how do I contact my consulate"))
    assert "12308" in said
    assert "12367" in said


async def test_who_we_are_is_not_said_at_every_line(talk: Talk) -> None:
    assert "public legal service line" in text_of(await talk.say("how long does that take"))
    said = await talk.say("how long does it take then")
    assert "public legal service line" not in text_of(said)
    assert "110" in text_of(said)
    assert said.parts[-1].choices


async def test_held_abroad_in_english_is_answered_in_english(talk: Talk) -> None:
    reply = await talk.say("My boss took my passport in Kazakhstan and I cannot leave")
    assert reply.handoff is not None
    assert (reply.handoff.kind, reply.handoff.priority) == ("danger", "urgent")
    assert "12308" in text_of(reply)
    assert text_of(reply).isascii()


async def test_who_writes_english_in_danger_is_not_asked_on_in_chinese(engine: RasaPool) -> None:
    turn = Turn("c1", "m1", "I was arrested in Shanghai", AT, {}, "20261123-0001", staffed=False)
    reply = await engine.respond(turn)
    assert len(reply.parts) == 2
    assert not reply.topic


async def test_a_service_asked_for_in_english_is_told_of(talk: Talk) -> None:
    reply = await talk.say("I want to complain about my lawyer")
    assert "justice bureau" in text_of(reply)
    assert "secret" in text_of(reply)
    assert reply.handoff is None
    assert (await talk.say("yes please")).handoff is not None
