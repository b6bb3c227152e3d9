"""Answers one question late, one early, and in the words of another question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.afterwards import read_afterwards
from bot.interviews.belongs import others, stem
from bot.interviews.facts import FactValue, Plain
from bot.interviews.late import going_back, reply_back
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
UNKNOWN = FactValue(None, True, "不知道")
BEGUN = {"relation": FactValue("employee"), "contract_state": FactValue("never")}
HERE = {**BEGUN, "months": FactValue(8.0), "still_there": FactValue(True)}


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


@pytest.fixture
def contract(topics: dict[str, Topic]) -> Topic:
    return topics["no_contract"]


def read(topic: Topic, facts: dict[str, FactValue], asked: str, text: str) -> Reading:
    return read_answers(topic, facts, asked, text, TODAY)


@pytest.mark.parametrize(
    ("said", "word"),
    [("没签过", "签"), ("已经报警了", "报警"), ("没有", ""), ("没办", ""), ("还没走呢", "走"), ("有的", "")],
)
def test_what_a_short_answer_is_about(said: str, word: str) -> None:
    assert stem(said) == word


@pytest.mark.parametrize("said", ["没签过", "没签", "不签"])
def test_a_no_in_the_words_of_another_fact_is_that_one_s(contract: Topic, said: str) -> None:
    told = read(contract, {**BEGUN, "months": FactValue(8.0)}, "still_there", said)
    assert not told.understood
    assert told.facts["contract_state"].value == "never"
    assert "still_there" not in told.facts


@pytest.mark.parametrize("said", ["签过", "没给我"])
def test_what_contradicts_is_not_taken_for_the_one_asked(contract: Topic, said: str) -> None:
    told = read(contract, {**BEGUN, "months": FactValue(8.0)}, "still_there", said)
    assert not told.facts


@pytest.mark.parametrize(
    ("said", "value"),
    [("没有", False), ("没走", True), ("还在", True), ("在", True), ("不在", False), ("没离职", True)],
)
def test_what_belongs_to_the_question_answers_it(contract: Topic, said: str, value: bool) -> None:
    told = read(contract, {**BEGUN, "months": FactValue(8.0)}, "still_there", said)
    assert told.facts["still_there"].value is value


def test_a_day_not_signed_is_no_unknown_day(contract: Topic) -> None:
    facts = {**HERE, "still_there": FactValue(False), "wage": UNKNOWN}
    assert "left_on" not in read(contract, facts, "left_on", "没签过").facts


def test_a_word_of_nobody_answers_the_question(contract: Topic) -> None:
    assert others(contract, contract.fact("still_there"), "没去过") == ()


@pytest.mark.parametrize(
    ("asked", "unknown", "said", "value"),
    [
        ("left_on", "wage", "五千二", 5200.0),
        ("months", "still_there", "还在", True),
        ("months", "still_there", "走了", False),
        ("wage", "months", "哦，是十个月", 10.0),
    ],
)
def test_a_late_answer_fills_what_nobody_knew(
    contract: Topic, asked: str, unknown: str, said: str, value: Plain
) -> None:
    facts = (
        {**HERE, unknown: UNKNOWN}
        if asked != "left_on"
        else {**HERE, "still_there": FactValue(False), unknown: UNKNOWN}
    )
    told = read(contract, facts, asked, said)
    assert told.facts[unknown].value == value
    assert not told.understood
    assert told.echo


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ("刚才那个是十个月", "months", 10.0),
        ("刚才那个，我已经走了", "still_there", False),
        ("上一个问题，走了", "still_there", False),
        ("刚才那个，我是去年三月进的公司", "months", 20.0),
    ],
)
def test_what_goes_back_corrects(contract: Topic, said: str, fact: str, value: Plain) -> None:
    told = read(contract, HERE, "wage", said)
    assert told.facts[fact].value == value
    assert told.corrected == (fact,)
    assert "wage" not in told.facts


def test_a_slip_is_asked_back_about(contract: Topic) -> None:
    told = read(contract, HERE, "wage", "十个月")
    assert told.ask_back is not None
    assert told.ask_back.facts == ("months",)
    assert not told.facts
    assert told.ask_back.text == "您说的“十个月”，是要把“没有书面合同的时间”改成“10个月”吗？"


@pytest.mark.parametrize(
    ("reply", "named"), [("是的", "months"), ("是的，改一下", "months"), ("不是", ""), ("不知道", ""), ("五千二", None)]
)
def test_the_reply_to_it(contract: Topic, reply: str, named: str | None) -> None:
    assert reply_back(contract, ("months",), reply) == named


def test_of_two_the_one_named(contract: Topic) -> None:
    assert reply_back(contract, ("months", "wage"), "每月工资") == "wage"
    assert reply_back(contract, ("months", "wage"), "是的") is None
    assert reply_back(contract, ("months", "wage"), "都不是") == ""


def test_what_goes_back_to_nothing_is_asked_which(contract: Topic) -> None:
    assert "哪一项" in read(contract, HERE, "wage", "前面那个，说错了").rejected


@pytest.mark.parametrize("said", ["刚才那个", "刚刚才走", "之前我在饭店干", "十个月"])
def test_what_does_not_go_back(said: str) -> None:
    assert going_back(said) == ""


def test_a_sum_told_before_it_is_asked_is_kept(topics: dict[str, Topic]) -> None:
    told = read(topics["unpaid_wages"], {"owed_months": FactValue(24.0)}, "relation", "四万多")
    assert told.facts["owed"].value == 40000.0


@pytest.mark.parametrize(
    "said",
    ["十一", "她不要孩子", "没有房子", "今天天气怎么样", "算了，今天先不问了", "两年前我老公走了以后我就一个人带"],
)
def test_what_is_no_early_figure(topics: dict[str, Topic], said: str) -> None:
    told = read(topics["custody"], {"age": FactValue(2.0), "children": FactValue(1.0)}, "need", said)
    assert not told.facts
    assert told.ask_back is None


def test_after_the_opinion_what_nobody_knew_may_be_told(topics: dict[str, Topic]) -> None:
    inheritance = topics["inheritance"]
    facts = {"matter": FactValue("seized"), "relation": FactValue("child"), "will": FactValue("none"),
             "taken": FactValue("transferred"), "found_out_on": UNKNOWN}  # fmt: skip
    assert read_afterwards(inheritance, facts, "三年了", TODAY).facts["found_out_on"].value == "2023-11-23"
    assert not read_afterwards(inheritance, facts, "好的谢谢", TODAY).facts


def test_one_figure_for_another_is_a_correction(topics: dict[str, Topic]) -> None:
    told = read(
        topics["unpaid_wages"],
        {"relation": FactValue("employee"), "owed_months": FactValue(3.0)},
        "still_employed",
        "不是三个月，四个月",
    )
    assert {one: value.value for one, value in told.facts.items()} == {"owed_months": 4.0}


def test_weariness_denies_nothing(contract: Topic) -> None:
    assert not read(contract, {**BEGUN, "months": FactValue(8.0)}, "still_there", "太累了，不想干了").facts


@pytest.mark.parametrize(
    ("asked", "said"),
    [("still_employed", "今年6月开始就没发"), ("still_employed", "没签过"), ("left_on", "没签")],
)
def test_what_was_not_done_elsewhere_is_no_no(topics: dict[str, Topic], asked: str, said: str) -> None:
    wages = topics["unpaid_wages"]
    facts = read_answers(wages, {}, None, "公司欠我五个月工资，一共四万", TODAY).merged({})
    told = read(wages, facts, asked, said)
    assert not told.understood
    assert not told.facts


@pytest.mark.parametrize("said", ["8000一个月", "一个月八千", "八千块钱一个月"])
def test_a_month_s_pay_is_no_total(topics: dict[str, Topic], said: str) -> None:
    wages = topics["unpaid_wages"]
    facts = read_answers(wages, {}, None, "公司欠我五个月工资", TODAY).merged({})
    told = read(wages, facts, "owed", said).merged(facts)
    assert (told["monthly_wage"].value, told["owed"].value) == (8000.0, 40000.0)
    without = read(wages, {}, "owed", said).merged({})
    assert "owed" not in without
    assert "owed_months" not in without


def test_a_row_of_filler_takes_no_time() -> None:
    assert going_back("嗯嗯哦" * 2000) == ""  # took minutes once


def test_how_long_ago_is_not_how_many_months(topics: dict[str, Topic]) -> None:
    wages = topics["unpaid_wages"]
    assert "owed_months" not in read_answers(wages, {}, None, "老板欠我钱两年了", TODAY).facts
    assert read_answers(wages, {}, None, "老板欠我两个月工资", TODAY).facts["owed_months"].value == 2.0


@pytest.mark.parametrize(
    ("topic", "before", "said", "changed"),
    [
        ("info_disclosure", {"stage": "want", "kind": "land"}, "我写了申请 他们不理", {"stage": "silent"}),
        ("female_workers", {"issue": "hard_work", "stage": "pregnant"}, "我不去 就要辞退我", {"issue": "fired"}),
        (
            "traffic_accident",
            {"side": "victim", "hurt": "heavy", "fault": "undecided"},
            "他全责",
            {"fault": "other_full"},
        ),
        ("female_workers", {"issue": "hard_work", "stage": "pregnant"}, "公司说要辞退我", {"issue": "fired"}),
        ("female_workers", {"issue": "hard_work", "stage": "pregnant"}, "那要是辞退我呢", {}),
        ("work_injury", {"severity": "light", "cause": "at_work"}, "医院说是骨折，住了十二天", {"severity": "serious"}),
        ("unpaid_wages", {"relation": "employee", "still_employed": True}, "我已经走了", {"still_employed": False}),
        ("unpaid_wages", {"relation": "employee", "still_employed": True}, "太累了，不想干了", {}),
        ("work_injury", {"relation": "employee", "insured": False}, "交了工伤保险的", {"insured": True}),
        ("work_injury", {"relation": "employee", "insured": False}, "公司说交了工伤保险", {}),
        ("work_injury", {"relation": "employee", "insured": False}, "没有照片", {}),
    ],
)
def test_how_it_went_on_changes_a_choice(
    topics: dict[str, Topic], topic: str, before: dict[str, Plain], said: str, changed: dict[str, Plain]
) -> None:
    facts = {one: FactValue(value) for one, value in before.items()}
    told = read_afterwards(topics[topic], facts, said, TODAY).facts
    assert {one: value.value for one, value in told.items()} == changed


@pytest.mark.parametrize(
    ("said", "paid"), [("不对 是850", None), ("不对 是25000", 25000.0), ("不对 学费是2800", 2800.0)]
)
def test_a_sum_of_something_else_corrects_nothing(topics: dict[str, Topic], said: str, paid: float | None) -> None:
    facts = {"cause": FactValue("closed"), "paid": FactValue(24000.0), "loan": FactValue(True)}
    told = read_afterwards(topics["training_school"], facts, said, TODAY).facts
    assert (told["paid"].value if "paid" in told else None) == paid


def test_what_the_other_side_promises_fills_no_gap(topics: dict[str, Topic]) -> None:
    facts = {"kind": FactValue("fight"), "happened_on": UNKNOWN}
    assert not read_afterwards(topics["personal_injury"], facts, "他说过年给", TODAY).facts


@pytest.mark.parametrize(("said", "estate"), [("还有债 三万", None), ("大概三十万", 300000.0)])
def test_a_figure_of_something_else_fills_no_gap(topics: dict[str, Topic], said: str, estate: float | None) -> None:
    told = read_afterwards(
        topics["inheritance"], {"relation": FactValue("child"), "estate": UNKNOWN}, said, TODAY
    ).facts
    assert (told["estate"].value if "estate" in told else None) == estate


def test_an_age_is_no_sum(topics: dict[str, Topic]) -> None:
    before = {"matter": FactValue("goods"), "paid": FactValue(45000.0, said="四五万")}
    reading = read_answers(topics["elder_care"], before, "cure", "78了", TODAY)
    assert reading.ask_back is None
    assert "paid" not in reading.facts


@pytest.mark.parametrize(("said", "day"), [("我是8月20号走的", "2026-08-20"), ("我8月20号离开的", "2026-08-20")])
def test_a_day_told_otherwise_after_the_opinion_is_taken(topics: dict[str, Topic], said: str, day: str) -> None:
    facts = {"relation": FactValue("employee"), "still_there": FactValue(False), "left_on": FactValue("2026-09-01")}
    assert read_afterwards(topics["unpaid_wages"], facts, said, TODAY).facts["left_on"].value == day


def test_what_the_other_side_says_is_no_day_told_otherwise(topics: dict[str, Topic]) -> None:
    facts = {"relation": FactValue("employee"), "still_there": FactValue(False), "left_on": FactValue("2026-09-01")}
    assert read_afterwards(topics["unpaid_wages"], facts, "老板说我8月20号离开的", TODAY).facts == {}
