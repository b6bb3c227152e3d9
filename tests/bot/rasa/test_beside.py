"""What belongs to another matter is heard in the interview of the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.beside import beside, keeps, read_beside, read_beside_opening

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


def test_every_topic_of_the_table_exists_and_is_another_one() -> None:
    for topic, others in beside().items():
        assert topic in TOPICS
        assert all(other in TOPICS and other != topic for _, other in others), topic


@pytest.mark.parametrize(
    ("topic", "said", "other"),
    [
        ("rent_dispute", "押金三千", "rental_deposit"),
        ("unpaid_wages", "没签合同", "no_contract"),
        ("unpaid_wages", "社保也没交", "social_insurance"),
        ("dismissal", "还欠我两个月工资", "unpaid_wages"),
        ("custody", "他不给抚养费", "child_support_claim"),
        ("traffic_accident", "公司说不是工伤", "work_injury"),
        ("social_insurance", "上周让我走", "dismissal"),
        ("rent_dispute", "合同还没到期", ""),
        ("unpaid_wages", "还在干", ""),
        ("divorce", "押金三千", ""),
    ],
)
def test_the_other_matter_is_named(topic: str, said: str, other: str) -> None:
    assert read_beside(topic, said) == other


@pytest.mark.parametrize(
    ("topic", "said", "other"),
    [
        ("social_insurance", "我在厂里上了三年班 一直没交社保 上周让我走", "dismissal"),
        ("social_insurance", "我在厂里上了三年班 一直没交社保", ""),
        ("unpaid_wages", "老板欠我工资 没签合同", ""),
    ],
)
def test_what_an_opening_message_names_beside_its_topic(topic: str, said: str, other: str) -> None:
    assert read_beside_opening(topic, said) == other


def test_a_topic_keeps_what_it_knows_the_rules_of() -> None:
    assert keeps("female_workers", "dismissal")
    assert not keeps("unpaid_wages", "dismissal")
