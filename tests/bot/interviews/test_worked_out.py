"""Sums, rates, shares and days that follow from what was told in several answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


def _told(topic: Topic, *turns: tuple[str | None, str]) -> tuple[dict[str, FactValue], Reading]:
    """All facts after the turns, (what was asked, what was said), and the last reading."""
    facts: dict[str, FactValue] = {}
    reading = Reading()
    for asked, said in turns:
        reading = read_answers(topic, facts, asked, said, TODAY)
        facts = reading.merged(facts)
    return facts, reading


@pytest.mark.parametrize(
    ("turns", "owed"),
    [
        (((None, "老板不给我工钱"), ("owed", "一天260"), ("owed", "干了45天"), ("due_on", "给了3000")), 8700),
        (((None, "老板不给我工钱"), ("owed", "干了45个工"), ("owed", "280一个工")), 12600),
        (((None, "给包工头干活 一天260干了45天"), ("owed", "中间给过三千")), 8700),
        (((None, "给包工头干活 一天260干了45天"), ("owed", "没给过")), 11700),
        (((None, "给包工头干活 一天260干了45天"), ("owed", "一共欠8000")), 8000),
        (((None, "给包工头干活 一天260干了45天"), ("owed", "不知道")), None),
        (((None, "老板不给我工钱"), ("owed", "一天260"), ("owed", "干了40多天")), None),
    ],
)
def test_pay_told_in_pieces_is_worked_out(
    topics: dict[str, Topic], turns: tuple[tuple[str | None, str], ...], owed: float | None
) -> None:
    facts, _ = _told(topics["unpaid_wages"], *turns)
    assert facts["owed"].value == owed


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("一共96节 上了10节", 2500.0),
        ("总共九十六个课时，才上了十个课时", 2500.0),
        ("总共九十六课时 上了十课时", 2500.0),
        ("一共10节 上了96节", None),
        ("上了10节", None),
        ("一共60个学时上了38个", 15200.0),
        ("上了差不多一半了", 12000.0),
    ],
)
def test_lessons_taken_are_worked_out_of_the_fee(topics: dict[str, Topic], said: str, used: float | None) -> None:
    facts = {"cause": FactValue("closed"), "kind": FactValue("school_age"), "paid": FactValue(24000.0)}
    reading = read_answers(topics["training_school"], facts, "used", said, TODAY)
    assert (reading.facts["used"].value if "used" in reading.facts else None) == used


@pytest.mark.parametrize(
    ("said", "asked", "paid", "used"),
    [
        ("给孩子报的一对一，交了5万6，上了三分之一，老师换了四个了", None, 56000.0, 18666.67),
        ("一万二，上了一半了", "kind", 12000.0, 6000.0),
        ("驾校三年了没考过，说证过期了还要交2000，合理吗", None, None, None),
        ("交了5万6，机构说要扣一半", None, 56000.0, None),
    ],
)
def test_a_share_of_the_lessons_is_worked_out_of_the_fee_told_with_it(
    topics: dict[str, Topic], said: str, asked: str | None, paid: float | None, used: float | None
) -> None:
    told = read_answers(topics["training_school"], {}, asked, said, TODAY).facts
    assert [told[one].value if one in told else None for one in ("paid", "used")] == [paid, used]


def test_lessons_had_are_enough_where_their_number_was_told_before(topics: dict[str, Topic]) -> None:
    facts = {"cause": FactValue("closed"), "paid": FactValue(11000.0), "lessons": FactValue(48.0)}
    reading = read_answers(topics["training_school"], facts, "used", "9节啊，你帮我算算值多少", TODAY)
    assert reading.facts["used"].value == 2062.5


@pytest.mark.parametrize(
    ("said", "rate"),
    [
        ("五万一个月四千，八分", 8.0),
        ("一万块一个月给二百", 2.0),
        ("一个月四千", 8.0),
        ("我一个月工资四千", None),
        ("四千", None),
    ],
)
def test_the_rate_follows_from_the_interest(topics: dict[str, Topic], said: str, rate: float | None) -> None:
    facts = {"role": FactValue("borrower"), "principal": FactValue(50000.0), "interest": FactValue("monthly")}
    told = read_answers(topics["private_loan"], facts, "monthly_rate", said, TODAY).facts.get("monthly_rate")
    assert (told.value if told is not None else None) == rate


def test_interest_told_with_the_loan_is_no_question_any_more(topics: dict[str, Topic]) -> None:
    told, _ = _told(topics["private_loan"], (None, "同村人放高利贷给我五万，一个月利息四千，我还了十四个月了"))
    assert told["monthly_rate"].value == 8.0
    assert "asked_on" not in told


@pytest.mark.parametrize(
    ("said", "days"),
    [
        (
            "朋友借了我三万，说好24年5月还，中间我微信催过他几次，最近一次是去年春节",
            {"due_on": "2024-05-01", "asked_on": "2025-01-29"},
        ),
        ("朋友借我5万有借条，写的2024年5月1日还，一直没还", {"due_on": "2024-05-01"}),
        ("2022年3月借给他五万说好去年底还", {"due_on": "2025-12-01", "lent_on": "2022-03-01"}),
        ("朋友三年前拿我钱投了个养殖场说好分红", {}),
        ("借出去的3万，借条上写的是我老公名字，他今年走了，我能不能去要", {}),
        ("2023年5月说好半年还", {"due_on": "2023-11-01"}),
    ],
)
def test_a_day_of_a_loan_serves_one_fact(topics: dict[str, Topic], said: str, days: dict[str, str]) -> None:
    told, _ = _told(topics["private_loan"], (None, said))
    assert {one: fact.value for one, fact in told.items() if one in {"due_on", "asked_on", "lent_on"}} == days


def test_a_piece_is_said_back_and_the_rest_asked_for(topics: dict[str, Topic]) -> None:
    facts, first = _told(topics["unpaid_wages"], ("owed", "一天260"))
    assert "一天260" in first.echo
    assert not first.understood
    then = read_answers(topics["unpaid_wages"], facts, "owed", "干了45天", TODAY)
    assert "11,700元（260元×45天" in then.echo
    assert "给了多少" in then.echo


@pytest.mark.parametrize(
    "turns",
    [
        ((None, "我借给我表哥六万 说好一年还"), ("proof", "22年3月借的")),
        ((None, "我借给我表哥六万 说好一年还"), ("proof", "有欠条"), ("due_on", "22年3月借的")),
    ],
)
def test_a_term_told_before_the_day_of_the_loan_makes_the_due_day(
    topics: dict[str, Topic], turns: tuple[tuple[str | None, str], ...]
) -> None:
    facts, _ = _told(topics["private_loan"], *turns)
    assert (facts["lent_on"].value, facts["due_on"].value) == ("2022-03-01", "2023-03-01")
    assert facts["due"].value == "fixed"


@pytest.mark.parametrize(
    ("turns", "repaid", "left"),
    [
        (((None, "我借给他三万，四月还了五千，五月又还了三千，剩下的不还了"),), 8000, 22000),
        (((None, "朋友借了我五万不还"), ("proof", "四月还了五千"), ("due", "五月又还了三千")), 8000, 42000),
        (((None, "朋友借了我五万不还"), ("proof", "还了五千"), ("due", "不对，是还了六千")), 6000, 44000),
        (((None, "我借给他三万，一共还了八千"),), 8000, 22000),
        (((None, "我借给他三万，他答应下个月再还两千"),), None, None),
        (((None, "我借给他三万，还了三个月了"),), None, None),
        (((None, "我借给他三万，一分没还"),), None, None),
        (((None, "我借给他三万，月息一分，还了五千"),), 5000, None),
    ],
)
def test_what_was_paid_back_in_parts_is_added_up(
    topics: dict[str, Topic], turns: tuple[tuple[str | None, str], ...], repaid: float | None, left: float | None
) -> None:
    facts, _ = _told(topics["private_loan"], *turns)
    assert {one: facts[one].value if one in facts else None for one in ("repaid", "left")} == {
        "repaid": repaid,
        "left": left,
    }
    assert facts["principal"].value in (30000, 50000)


def test_the_parts_of_what_was_paid_back_are_said_and_the_last_day_counts(topics: dict[str, Topic]) -> None:
    turns = ((None, "我借给他三万，四月还了五千"), ("proof", "五月又还了三千"))
    facts, reading = _told(topics["private_loan"], *turns)
    assert "8,000元（5,000元＋3,000元）" in reading.echo
    assert facts["asked_on"].value == "2026-05-01"
    facts, _ = _told(topics["private_loan"], *turns[:1], ("due_on", "五月又还了三千"))
    assert "due_on" not in facts  # the day of a payment is not that on which all was due
