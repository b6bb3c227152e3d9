"""Short answers that authors of topics found misread."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue, Plain
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 29)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


def read(topic: Topic, text: str, asked: str | None, **facts: Plain) -> dict[str, FactValue]:
    told = {name: FactValue(value) for name, value in facts.items()}
    return dict(read_answers(topic, told, asked, text, TODAY).facts)


@pytest.mark.parametrize("text", ["没交房", "还没交", "没完工"])
def test_a_promise_not_kept_is_no_answer_to_the_day_promised(topics: dict[str, Topic], text: str) -> None:
    assert "promised_on" not in read(topics["house_purchase"], text, "promised_on", issue="unfinished")


@pytest.mark.parametrize("text", ["没写", "合同没写", "没有写", "没说", "没约定", "没有", "没注意"])
def test_a_day_that_nobody_named_is_unknown(topics: dict[str, Topic], text: str) -> None:
    assert read(topics["house_purchase"], text, "promised_on", issue="unfinished")["promised_on"].unknown


def test_a_day_that_has_not_come_is_still_unknown(topics: dict[str, Topic]) -> None:
    assert read(topics["dismissal"], "还没走", "left_on")["left_on"].unknown


@pytest.mark.parametrize("text", ["没用过", "一次没用", "没用", "一次都没去", "没消费过", "没做过"])
def test_what_was_never_done_cost_nothing(topics: dict[str, Topic], text: str) -> None:
    assert read(topics["prepaid_card"], text, "used", paid=5000.0)["used"].value == 0.0


@pytest.mark.parametrize("text", ["还有两针没打", "没用完", "还没做完", "还有三次没做"])
def test_what_is_left_is_not_nothing_used(topics: dict[str, Topic], text: str) -> None:
    assert "used" not in read(topics["prepaid_card"], text, "used", paid=5000.0)


@pytest.mark.parametrize("text", ["没算", "没算过", "还没算", "没细算"])
def test_what_nobody_reckoned_is_unknown(topics: dict[str, Topic], text: str) -> None:
    used = read(topics["prepaid_card"], text, "used", paid=5000.0)["used"]
    assert used.unknown


@pytest.mark.parametrize(
    ("text", "rate"),
    [("两分", 2.0), ("一分五", 1.5), ("三分", 3.0), ("2分", 2.0), ("就两分", 2.0), ("五厘", 0.5), ("说的两分吧", 2.0)],
)
def test_a_monthly_rate_in_parts_of_ten(topics: dict[str, Topic], text: str, rate: float) -> None:
    assert read(topics["private_loan"], text, "monthly_rate", interest="monthly")["monthly_rate"].value == rate


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("去年八月十五", "2025-08-15"),
        ("明年五月", "2027-05-01"),
        ("2023年底", "2023-12-01"),
        ("说的去年八月十五还", "2025-08-15"),
    ],
)
def test_a_day_answers_whether_a_day_was_agreed(topics: dict[str, Topic], text: str, day: str) -> None:
    facts = read(topics["private_loan"], text, "due", role="lender")
    assert (facts["due"].value, facts["due_on"].value) == ("fixed", day)


def test_a_day_of_something_else_is_no_agreed_day(topics: dict[str, Topic]) -> None:
    assert "due_on" not in read(topics["private_loan"], "去年他还了两千", "due", role="lender")


@pytest.mark.parametrize("asked", [None, "due_on"])
def test_work_is_due_by_its_length(topics: dict[str, Topic], asked: str | None) -> None:
    due = read(topics["decoration"], "4月份开工说好80天", asked, issue="delay")["due_on"]
    assert (due.low, due.high) == ("2026-06-20", "2026-07-19")


def test_a_custom_made_thing_is_not_a_whole_one(topics: dict[str, Topic]) -> None:
    assert "intact" not in read(topics["online_shopping"], "定做的", "intact", problem="change_mind", goods="plain")


@pytest.mark.parametrize("text", ["押一付三交了八千", "押一付三，一共交了八千", "我押一付三给了他八千"])
def test_a_sum_with_the_rent_in_it_is_no_deposit(topics: dict[str, Topic], text: str) -> None:
    assert "deposit" not in read(topics["rental_deposit"], text, "deposit")


def test_a_deposit_named_beside_the_terms_is_one(topics: dict[str, Topic]) -> None:
    assert read(topics["rental_deposit"], "押一付三 押金两千", "deposit")["deposit"].value == 2000.0


def test_a_group_is_whole_and_the_larger_crowd(topics: dict[str, Topic]) -> None:
    size = read(topics["food_safety"], "几十个人都拉肚子，住院的都有五六个", "group_size")["group_size"]
    assert (size.low, size.high) == (20.0, 90.0)
    told = read(topics["food_safety"], "几十个人都拉肚子，住院的都有五六个", None)["group_size"]
    assert (told.low, told.high) == (20.0, 90.0)
    size = read(topics["food_safety"], "五六个", "group_size")["group_size"]
    assert (size.value, size.low, size.high) == (5.0, 5.0, 6.0)


@pytest.mark.parametrize("text", ["出发当天", "当天", "当天才说的", "到机场才说", "到了集合点才告诉我们", "临上车才说"])
def test_notice_on_the_day_is_none_ahead(topics: dict[str, Topic], text: str) -> None:
    facts = read(topics["travel"], text, "notice_days", problem="agency_cancel", how_booked="package")
    assert facts["notice_days"].value == 0.0


def test_the_day_after_booking_is_no_notice_of_none(topics: dict[str, Topic]) -> None:
    facts = read(topics["travel"], "报名当天就说可能取消，提前三天通知的", "notice_days", problem="agency_cancel")
    assert facts["notice_days"].value == 3.0


@pytest.mark.parametrize("text", ["三个月，一个月一千五", "三个月 每月1500", "一个月一千五，三个月"])
def test_months_and_a_months_rent_make_what_is_owed(topics: dict[str, Topic], text: str) -> None:
    facts = read(topics["rent_dispute"], text, "owed", issue="arrears")
    assert facts["owed_months"].value == 3.0
    assert facts["owed"].value == 4500.0


@pytest.mark.parametrize("text", ["房东没说要卖房", "房东没说卖房", "房东没提卖房", "房东没讲要卖房"])
def test_what_nobody_spoke_of_is_denied(topics: dict[str, Topic], text: str) -> None:
    facts = read(topics["rent_dispute"], text, None)
    assert "ground" not in facts
    assert "issue" not in facts or facts["issue"].value != "sold"


@pytest.mark.parametrize("text", ["刚收到", "刚收到的", "刚刚收到"])
def test_what_just_happened_was_these_days(topics: dict[str, Topic], text: str) -> None:
    received = read(topics["online_shopping"], text, "received_on", problem="change_mind", goods="plain")["received_on"]
    assert received.high in (None, "2026-11-29")
    assert str(received.low or received.value) >= "2026-11-22"


@pytest.mark.parametrize("text", ["报销完剩三千", "医保报了以后自己还剩三千", "报销了一部分，剩下三千"])
def test_what_is_left_after_the_insurance_was_paid_oneself(topics: dict[str, Topic], text: str) -> None:
    assert read(topics["campus_injury"], text, "medical")["medical"].value == 3000.0
