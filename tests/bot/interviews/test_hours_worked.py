"""Pay by the hour, worked out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.hours_worked import hours_worked
from bot.interviews.reading import read_answers
from bot.interviews.topic_file import read_topic
from bot.understanding.meant import meant

TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("我17 在奶茶店打寒假工 说好18一小时 干了31天每天十个钟头 店长只发了3000说超时的都算义务帮忙", 2580),
        ("我家钟点工，一小时三十，干了四十个小时，主家一分不给", 1200),
        ("时薪20 干了12天 一天8小时 没给钱", 1920),
        ("20块一小时，一共干了65小时，才给了500", 800),
    ],
)
def test_what_is_owed_of_pay_by_the_hour(said: str, due: int) -> None:
    worked = hours_worked(meant(said), asked=False)
    assert worked is not None
    assert worked[0] == Decimal(due)


@pytest.mark.parametrize(
    "said",
    [
        "一小时18 我干了31天 每天10小时",  # nobody says what was paid
        "加班一小时给10块，干了三年",
        "每天上12个小时一个月4000 干了两个月没给",
        "一小时十八块，干了两个月每天九小时，一分没给",  # of the days nothing is known
        "一小时18，干了10天，一天30小时，没给",
    ],
)
def test_where_a_part_is_missing_nothing_is_worked_out(said: str) -> None:
    assert hours_worked(meant(said), asked=False) is None


def test_the_sum_is_the_wages_owed() -> None:
    topic = read_topic(TOPICS / "unpaid_wages.yaml")
    told = read_answers(topic, {}, None, "奶茶店打工说好18一小时，干了31天每天十个钟头，只发了3000", TODAY).facts
    assert told["owed"].value == 2580


def test_how_it_was_paid_is_no_sum_owed_and_a_loss_is_no_pay() -> None:
    topic = read_topic(TOPICS / "unpaid_wages.yaml")
    asked = {"relation": FactValue("employee")}
    assert "owed" not in read_answers(topic, asked, "owed", "三千是微信转的", TODAY).facts
    loss = read_answers(topic, {}, None, "公司说还要我个人承担三万损失，从工资里每月扣两千", TODAY).facts
    assert "monthly_wage" not in loss


def test_leave_over_the_new_year_is_no_day() -> None:
    topic = read_topic(TOPICS / "paid_leave.yaml")
    told = read_answers(topic, {}, None, "08年参加工作，单位从来没给过年假，想要钱", TODAY).facts
    assert str(told["started_work"].value).startswith("2008")


def test_the_hour_is_kept_until_the_days_are_told() -> None:
    topic = read_topic(TOPICS / "unpaid_wages.yaml")
    first = read_answers(topic, {}, None, "我在洗车店打工一小时十八块，干了两个月每天九小时，一分没给", TODAY).facts
    assert first["owed"].value is None
    told = read_answers(topic, first, "owed", "一共干了五十天", TODAY).facts
    assert told["owed"].value == 8100
