"""What a citizen did not say is not read: questions, things of others, a 没 or a 有 about something else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import Plain
from bot.interviews.quick_replies import quick_replies
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


@pytest.mark.parametrize(
    ("topic", "asked", "text"),
    [
        ("paid_leave", "worked_a_year", "没休的能补钱不"),
        ("resignation", "fault", "不批我能走不"),
        ("legal_aid", "deadline_near", "在河南周口"),
        ("redundancy", "procedure", "我签的合同到明年底"),
        ("redundancy", "protection", "有个同事怀孕了也裁"),
        ("food_safety", "loss", "饭店说不能证明是他家"),
        ("personal_injury", "own_fault", "地上有水没人管"),
        ("personal_injury", "side", "不知道谁家的"),
        ("training_school", "paid", "一共96节"),
        ("support_parents", "income", "没有协议"),
        ("work_injury", "insured", "没有遗嘱"),
        ("veterans", "merit", "还没答复"),
        ("animal_injury", "provoked", "他说我逗狗"),
        ("animal_injury", "provoked", "邻居非说是我先惹它的"),
        ("unpaid_wages", "due_on", "没合同 有考勤"),
        ("personal_injury", "child_hurt", "俺儿子打架把人打了"),
        ("minor_offender", "age", "赔了两万 他家不干"),
        ("prepaid_card", "used", "还剩9千多"),
        ("how_to_sue", "small_claim", "前年底该给的"),
        ("custody", "living", "他打牌不管孩子"),
        ("private_loan", "proof", "他说没钱"),
        ("will", "joint", "大儿子残疾没工作"),
    ],
)
def test_it_is_not_read(topics: dict[str, Topic], topic: str, asked: str, text: str) -> None:
    reading = read_answers(topics[topic], {}, asked, text, TODAY)
    assert asked not in reading.facts
    assert not reading.rejected


@pytest.mark.parametrize(
    ("topic", "asked", "text", "value"),
    [
        ("paid_leave", "worked_a_year", "没有，才干了八个月", False),
        ("redundancy", "procedure", "没有提前说，当天就让走", False),
        ("redundancy", "procedure", "他们从来没有开过什么会", False),
        ("redundancy", "protection", "我怀孕了也裁", "pregnant"),
        ("animal_injury", "provoked", "没逗", False),
        ("dismissal", "how", "公司让我签自愿离职 不签就不给工资", "agreed"),
        ("inheritance", "matter", "我爸还健在 把房子过户给我弟了 有我的份吗", "alive"),
        ("rent_dispute", "term", "合同到明年六月", "running"),
        ("animal_injury", "provoked", "是我先惹它的", True),
        ("personal_injury", "side", "我儿子打架把人打了", "doer"),
        ("personal_injury", "child_hurt", "他把我儿子打了", True),
        ("personal_injury", "child_hurt", "我儿子让人打了", True),
        ("contract_breach", "penalty", "对方说我违约要罚我八万违约金", True),
        ("food_safety", "loss", "没花钱", 0.0),
        ("personal_injury", "own_fault", "我没有什么过错啊", False),
        ("support_parents", "income", "没有什么收入", "short"),
        ("custody", "living", "跟他过", "theirs"),
        ("dismissal", "reason", "没有", "no_reason"),
        ("domestic_violence", "safe_now", "他现在不在家", "same_roof"),
        ("legal_aid", "poor", "没钱", True),
        ("minor_offender", "age", "儿子15", 15.0),
        ("minor_offender", None, "我儿子15 把同学鼻子打断了", 15.0),
        ("minor_offender", None, "闺女才13", 13.0),
    ],
)
def test_what_was_said_is(topics: dict[str, Topic], topic: str, asked: str | None, text: str, value: Plain) -> None:
    reading = read_answers(topics[topic], {}, asked, text, TODAY)
    assert reading.facts[asked or "age"].value == value


def test_a_bare_number_behind_the_word_for_a_sum_is_one(topics: dict[str, Topic]) -> None:
    assert read_answers(topics["rental_deposit"], {}, None, "押金2000不退", TODAY).facts["deposit"].value == 2000.0


@pytest.mark.parametrize(("text", "value"), [("有证的", True), ("证有", True), ("没证", False), ("证没有", False)])
def test_having_the_thing_that_was_asked_for(topics: dict[str, Topic], text: str, value: bool) -> None:
    reading = read_answers(topics["contracted_land"], {}, "papers", text, TODAY)
    assert reading.facts["papers"].value is value


def test_a_question_for_having_is_answered_with_it(topics: dict[str, Topic]) -> None:
    assert quick_replies(topics["contracted_land"].fact("papers"))[:2] == ("有", "没有")
