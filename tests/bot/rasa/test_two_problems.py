"""Where a message parts into two problems, and when it does not."""

from __future__ import annotations

import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.context import Meaning
from bot.rasa.hearing import Heard
from bot.rasa.meaning import Told, understand
from bot.rasa.situation import Situation
from bot.rasa.two_problems import TwoProblems, find_two, pieces
from tests.conftest import TODAY, TOPICS

TOPIC = load_topics(TOPICS)


def two(text: str, left: str, right: str, chance: float = 0.95) -> TwoProblems | None:
    """The problems of a text of two clauses whose halves the classifier takes for these intents."""
    return find_two(pieces(text), [([(left, chance)], [(right, chance)])], TOPIC)


def test_pieces() -> None:
    assert pieces("公司欠工资，老公还打我") == [("公司欠工资，", "老公还打我")]
    assert pieces("公司欠工资 老公还打我") == [("公司欠工资 ", "老公还打我")]
    assert pieces("公司欠工资") == []
    assert pieces("嗯，公司欠我工资") == []
    assert pieces("，".join(["一二三四五"] * 12)) == []
    assert len(pieces("公司欠工资，欠了三个月，老公还打我")) == 2


def test_other_matters_with_other_people_are_two() -> None:
    found = two("公司欠工资，老公还打我", "topic_unpaid_wages", "topic_domestic_violence")
    assert found == TwoProblems(("unpaid_wages", "domestic_violence"), ("公司欠工资，", "老公还打我"))


def test_two_that_are_counted_out_are_two() -> None:
    found = two("一个是爸的遗产 一个是邻居占地", "topic_inheritance", "topic_neighbours", 0.75)
    assert found is not None
    assert found.topics == ("inheritance", "neighbours")


def test_of_one_area_are_two_what_is_added_about_others() -> None:
    found = two("邻居把我打了，还有房东不退押金", "topic_neighbours", "topic_rental_deposit")
    assert found == TwoProblems(("neighbours", "rental_deposit"), ("邻居把我打了，", "还有房东不退押金"))
    assert two("邻居把我打了，房东也不退押金", "topic_neighbours", "topic_rental_deposit") is None
    assert two("墙上漏水了，还有房东不退押金", "topic_neighbours", "topic_rental_deposit") is None


@pytest.mark.parametrize(
    ("text", "left", "right", "chance"),
    [
        ("老公天天打我，我要跟他离婚", "topic_domestic_violence", "topic_divorce", 0.99),
        ("公司没签合同，老板还欠工资", "topic_no_contract", "topic_unpaid_wages", 0.99),
        ("公司欠我工资，老公还打我了", "topic_unpaid_wages", "topic_domestic_violence", 0.5),
        ("公司欠我工资，老公还打我了", "topic_unpaid_wages", "greet", 0.99),
        ("我刚生完孩子，单位不给产假工资", "topic_divorce", "topic_female_workers", 0.99),
        ("签了两年合同，老板要加五百", "topic_rent_dispute", "topic_probation", 0.99),
    ],
)
def test_one_problem(text: str, left: str, right: str, chance: float) -> None:
    assert two(text, left, right, chance) is None


def test_whoever_may_be_hurt_comes_first() -> None:
    both = TwoProblems(("unpaid_wages", "domestic_violence"), ("公司欠工资，", "老公还打我"))
    told = Told(Heard("公司欠工资，老公还打我"), [("topic_unpaid_wages", 0.9)], both)
    assert understand(told, Situation(), TOPIC, TODAY) == Meaning(
        "topic_domestic_violence", 0.9, ("unpaid_wages",), ("老公还打我", "公司欠工资，")
    )


def test_in_danger_both_are_noted() -> None:
    both = TwoProblems(("unpaid_wages", "domestic_violence"), ("公司欠工资，", "老公正在打我"))
    meaning = understand(Told(Heard("公司欠工资，老公正在打我"), [], both), Situation(), TOPIC, TODAY)
    assert meaning.intent == "danger"
    assert meaning.candidates == ("domestic_violence", "unpaid_wages")
    assert len(meaning.parts) == 3


def test_what_the_other_side_says_of_the_first_is_no_second() -> None:
    assert two("电梯夹了我妈的手 物业说是电梯公司的事", "topic_personal_injury", "topic_property_management") is None
    assert two("公司欠我工资，物业不管漏水", "topic_unpaid_wages", "topic_property_management") is None
    assert two("公司欠我工资，还有物业说要停我家水", "topic_unpaid_wages", "topic_property_management") is not None


def test_what_is_owed_and_what_is_owing_are_two_of_one_area() -> None:
    found = two("朋友欠我5万，我欠信用卡3万", "topic_private_loan", "topic_debt_collection")
    assert found is not None
    assert found.topics == ("private_loan", "debt_collection")
    assert two("朋友欠我5万，我要了三年", "topic_private_loan", "topic_debt_collection") is None
    assert two("我欠朋友5万，还欠信用卡3万", "topic_private_loan", "topic_debt_collection") is None
