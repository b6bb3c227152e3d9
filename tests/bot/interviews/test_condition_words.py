"""Conditions in words: the forms of the language one by one, and every condition of every topic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.interviews.condition_words import condition_words
from bot.interviews.topic import Topic
from bot.interviews.topic_file import read_topic, topic_files

TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def wages() -> Topic:
    """A real topic; its expressions are what is told."""
    return read_topic(TOPICS / "unpaid_wages.yaml")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("relation == employee", "「用工情况」是“在单位上班”"),
        ("relation != employee", "「用工情况」不是“在单位上班”"),
        ("relation in [employee, helper]", "「用工情况」是“在单位上班”、“给个人或包工头临时干活”之一"),
        ("still_employed == no", "「还在这家单位」是“否”"),
        ("still_employed", "「还在这家单位」是“是”"),
        ("not still_employed", "「还在这家单位」是“否”"),
        ("not known(owed)", "还不知道「拖欠的工资」"),
        ("owed >= 5000 and known(paper)", "「拖欠的工资」不少于5,000元，并且已经知道「写明欠款的书面东西」"),
        ("paper and (owed > 0 or group_size > 9)",
         "「写明欠款的书面东西」是“是”，并且（「拖欠的工资」大于0元，或者「一起被欠工资的人数」大于9人）"),
        ("months_since(left_on) >= 12", "「离开单位的日子」至今不少于12个月"),
        ("10 < days_since(left_on)", "「离开单位的日子」至今大于10天"),
        ("left_on < \"2020-01-01\"", "「离开单位的日子」早于2020年1月1日"),
        ("owed > monthly_wage * 2", "「拖欠的工资」大于（「每月工资」 × 2）"),
        ("service_months >= 14", "「在这家单位干了多久」不少于1年2个月"),
    ],
)  # fmt: skip
def test_each_form_has_its_words(wages: Topic, source: str, words: str) -> None:
    assert condition_words(wages, source) == words


@pytest.mark.parametrize("path", topic_files(TOPICS), ids=lambda path: path.stem)
def test_no_condition_of_any_topic_shows_an_id(path: Path) -> None:
    topic = read_topic(path)
    ids = {fact.id for fact in topic.facts} | {option.value for fact in topic.facts for option in fact.options}
    for source in topic.expressions:
        words = condition_words(topic, source)
        assert not ids & set(re.findall(r"[a-z][a-z0-9_]*", words)), f"{source}: {words}"
        assert re.search(r"[\u4e00-\u9fff]|^[\d,.]+$", words), source
