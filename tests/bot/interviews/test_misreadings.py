"""Misreadings that a tester of the running product found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue, Plain
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


def read(topic: Topic, text: str, asked: str | None, facts: dict[str, FactValue] | None = None) -> Reading:
    return read_answers(topic, facts or {}, asked, text, TODAY)


@pytest.mark.parametrize("text", ["住院12天", "住院12天了", "休息了三个月", "上班两年", "医生说要休息三个月"])
def test_a_length_of_time_is_no_day(topics: dict[str, Topic], text: str) -> None:
    assert "happened_on" not in read(topics["traffic_accident"], text, "happened_on").facts


@pytest.mark.parametrize("text", ["三个月了", "半年前", "12天前", "大概三个月以前", "事故都三个月了", "三个月之前撞的"])
def test_how_long_ago_is_a_day(topics: dict[str, Topic], text: str) -> None:
    assert "happened_on" in read(topics["traffic_accident"], text, "happened_on").facts


def test_a_year_of_something_else_is_not_the_day_asked(topics: dict[str, Topic]) -> None:
    loan = topics["private_loan"]
    assert "lent_on" not in read(loan, "去年他还承认过这笔账的", "lent_on").facts
    assert "lent_on" in read(loan, "去年", "lent_on").facts
    assert "lent_on" in read(loan, "好像是去年借的", "lent_on").facts
    assert "lent_on" in read(loan, "去年5月他来找我的", "lent_on").facts


def test_hours_are_no_days(topics: dict[str, Topic]) -> None:
    facts = {"kinds": FactValue("both")}
    assert "restday_days" not in read(topics["overtime"], "3小时", "restday_days", facts).facts
    assert read(topics["overtime"], "4天", "restday_days", facts).facts["restday_days"].value == 4.0


@pytest.mark.parametrize(
    "text", ["那要是他说我弄坏了墙呢？", "要是他说我弄坏了墙，怎么办", "万一房东说我弄坏了墙可以扣吗"]
)
def test_what_if_is_no_fact(topics: dict[str, Topic], text: str) -> None:
    assert not read(topics["rental_deposit"], text, "ground").facts


def test_what_if_leaves_the_rest(wages: Topic) -> None:
    reading = read(wages, "欠我五千块。要是他说是三千怎么办？", "owed")
    assert reading.facts["owed"].value == 5000.0


def test_a_denied_option_is_not_taken(topics: dict[str, Topic]) -> None:
    reading = read(topics["overtime"], "没有签不定时", "pay_type")
    assert "pay_type" not in reading.facts or reading.facts["pay_type"].value != "flexible"


def test_the_last_correction_counts(wages: Topic) -> None:
    facts: dict[str, FactValue] = {"wage": FactValue(4000.0), "owed": FactValue(5000.0)}
    first = read(wages, "不对，是9000", "months", facts)
    assert first.facts["owed"].value == 9000.0


@pytest.mark.parametrize(
    ("text", "asked", "changed", "value"),
    [
        ("入职日期改成2024年5月", "wage", "started_on", "2024-05-01"),
        ("不对，我2024年5月才入职", "wage", "started_on", "2024-05-01"),
        ("其实我是2024年5月入职的", None, "started_on", "2024-05-01"),
    ],
)
def test_a_plain_correction_replaces(
    topics: dict[str, Topic], text: str, asked: str | None, changed: str, value: Plain
) -> None:
    facts = {
        "relation": FactValue("employee"),
        "contract_state": FactValue("never"),
        "still_there": FactValue(True),
        "started_on": FactValue("2025-05-01"),
    }
    reading = read(topics["no_contract"], text, asked, facts)
    assert reading.facts[changed].value == value
    assert changed in reading.corrected
    assert "2024年5月" in reading.echo


@pytest.mark.parametrize(
    "text", ["我2024年5月才入职", "2024年5月入职的，一个月六千", "六千，我是2024年5月入职", "2024年5月就入职了呀"]
)
def test_a_contradiction_in_passing_is_asked_back(topics: dict[str, Topic], text: str) -> None:
    facts = {
        "relation": FactValue("employee"),
        "contract_state": FactValue("never"),
        "still_there": FactValue(True),
        "started_on": FactValue("2025-05-01"),
    }
    reading = read(topics["no_contract"], text, "wage", facts)
    assert "started_on" not in reading.facts
    assert "2025年5月1日" in reading.rejected
    assert "2024年5月" in reading.rejected


def test_a_second_sum_is_no_contradiction(topics: dict[str, Topic]) -> None:
    facts = {"medical": FactValue(30000.0)}
    assert "medical" not in read(topics["traffic_accident"], "后来又花了医药费2万", "hurt", facts).facts


def test_a_start_date_tells_how_long_without_contract(topics: dict[str, Topic]) -> None:
    topic = topics["no_contract"]
    facts: dict[str, FactValue] = {"relation": FactValue("employee"), "contract_state": FactValue("never")}
    facts = read(topic, "2026年3月1日入职的", None, facts).merged(facts)
    assert "months" not in facts
    facts = read(topic, "还在上班", "still_there", facts).merged(facts)
    assert facts["months"].value == 8.0
    facts = read(topic, "不对，是2025年3月1日入职的", "wage", facts).merged(facts)
    assert facts["months"].value == 20.0
    due = [one.last_day for one in conclude(topic, facts, TODAY).deadlines if one.last_day is not None]
    assert due
    assert due[0].year == 2027


def test_two_options_are_the_one_that_combines_them(topics: dict[str, Topic]) -> None:
    facts = {"pay_type": FactValue("monthly"), "arranged": FactValue("ordered")}
    assert read(topics["overtime"], "每天加班，周末也上班", "kinds", facts).facts["kinds"].value == "both"


def test_a_recognition_term_is_not_told_where_it_is_no_work_injury(topics: dict[str, Topic]) -> None:
    facts = {
        "severity": FactValue("serious"),
        "cause": FactValue("commute"),
        "road_fault": FactValue("main"),
        "relation": FactValue("employee"),
        "injured_on": FactValue("2026-10-01"),
    }
    assert not [one for one in conclude(topics["work_injury"], facts, TODAY).deadlines if one.last_day]


def test_an_unknown_reason_still_gives_the_burden_of_proof(topics: dict[str, Topic]) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue(None, True)}
    found = conclude(topics["dismissal"], facts, TODAY).findings
    assert any("单位" in one.text and "证据" in one.text and one.finding.id == "reason_unknown" for one in found)


def test_a_licensed_lender_has_no_ceiling_of_the_private_loan_rules(topics: dict[str, Topic]) -> None:
    reading = read(topics["private_loan"], "我借了小额贷款公司三万", None)
    facts = reading.merged({"role": FactValue("borrower")})
    found = {one.finding.id for one in conclude(topics["private_loan"], facts, TODAY).findings}
    assert "licensed_lender" in found


def test_unpaid_child_support_is_summed(topics: dict[str, Topic]) -> None:
    topic = topics["custody"]
    facts = {"need": FactValue("support"), "paper": FactValue("court_paper"), "age": FactValue(8.0)}
    merged = read(topic, "法院判他每月给1500，已经八个月没给了", None, facts).merged(facts)
    assert merged["arrears"].value == 12000.0
    assert any("12,000元" in one.text for one in conclude(topic, merged, TODAY).findings)


def test_leaving_some_time_ago_is_a_day(topics: dict[str, Topic]) -> None:
    facts = {"still_employed": FactValue(False)}
    assert "left_on" in read(topics["unpaid_wages"], "走了半年了", "left_on", facts).facts
    assert "lent_on" in read(topics["private_loan"], "借出去三年了", "lent_on").facts


def test_a_child_at_work_goes_to_a_person(topics: dict[str, Topic]) -> None:
    facts = read(topics["unpaid_wages"], "我今年15岁，老板不给我工资", None).facts
    assert any("16" in one.reason for one in conclude(topics["unpaid_wages"], facts, TODAY).takeovers)
