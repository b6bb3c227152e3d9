"""Figures, days and statements that come before their question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.interview import Interview
from bot.interviews.kept_words import told_early
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


def read(topic: Topic, facts: dict[str, FactValue], asked: str, text: str) -> Reading:
    return read_answers(topic, facts, asked, text, TODAY)


@pytest.mark.parametrize("text", ["没有通知", "没提前通知我"])
def test_a_statement_is_of_the_question_it_names(topics: dict[str, Topic], text: str) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue("incompetent")}
    told = read(topics["dismissal"], facts, "protection", text)
    assert told.facts["notice"].value is False
    assert not told.understood


@pytest.mark.parametrize("text", ["没有钱", "我想要通知", "有没有通知", "要是没有通知呢", "没有"])
def test_what_names_no_question_plainly_is_of_none(topics: dict[str, Topic], text: str) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue("incompetent")}
    assert "notice" not in read(topics["dismissal"], facts, "protection", text).facts


def test_a_no_is_no_answer_to_what_asks_for_a_lack(topics: dict[str, Topic]) -> None:
    aid = topics["legal_aid"]
    early = read(aid, {}, "matter", "没有钱").facts.get("poor")
    assert early is None or early.value is True
    assert read(aid, {}, "poor", "没有钱").facts["poor"].value is True
    assert read(aid, {}, "poor", "有钱的").facts["poor"].value is False


def test_a_day_is_kept_until_its_question_is_put(topics: dict[str, Topic]) -> None:
    graves = topics["graves"]
    facts = {"issue": FactValue("damaged")}
    told = read(graves, facts, "who", "前天上午")
    assert "前天上午" in told.echo
    facts = told.merged(facts)
    assert told_early(facts, "happened_on") == "前天上午"
    assert not facts["happened_on"].answered
    facts |= {"who": FactValue("company"), "purpose": FactValue("deliberate")}
    question = Interview(graves, facts, TODAY).next_question()
    while question is not None and question.fact != "happened_on":
        assert "前天上午" not in question.text
        facts[question.fact] = FactValue(None, True)
        question = Interview(graves, facts, TODAY).next_question()
    assert question is not None
    assert "前天上午" in question.text
    assert read(graves, facts, "happened_on", "对").facts["happened_on"].value == "2026-11-21"
    assert read(graves, facts, "happened_on", "上个月5号").facts["happened_on"].value == "2026-10-05"
    denied = read(graves, facts, "happened_on", "不是").merged(facts)
    assert not told_early(denied, "happened_on")
    assert not denied["happened_on"].answered


def test_words_that_served_another_question_are_let_go(topics: dict[str, Topic]) -> None:
    facts = {"a": FactValue(None, False, "早说：前天"), "b": FactValue("2026-11-21", False, "前天")}
    assert not told_early(facts, "a")
    assert told_early({"a": facts["a"]}, "a") == "前天"


def test_an_age_is_of_the_only_question_for_one(topics: dict[str, Topic]) -> None:
    assert read(topics["child_surname"], {"goal": FactValue("change")}, "to", "八岁").facts["age"].value == 8


@pytest.mark.parametrize("text", ["三个", "3个"])
def test_a_count_chooses_nothing_from_a_list(topics: dict[str, Topic], text: str) -> None:
    assert "safe" not in read(topics["support_parents"], {"who": FactValue("elder")}, "safe", text).facts
    assert read(topics["support_parents"], {"who": FactValue("elder")}, "safe", "第三个").facts["safe"].value


@pytest.mark.parametrize("text", ["八月三十一", "去年六月三十号", "上个月底"])
def test_a_day_gone_by_says_that_somebody_left(topics: dict[str, Topic], text: str) -> None:
    facts = {"relation": FactValue("employee"), "owed": FactValue(12000.0)}
    told = read(topics["unpaid_wages"], facts, "still_employed", text).facts
    assert told["left_on"].value is not None
    owing = read(topics["unpaid_wages"], {"relation": FactValue("employee")}, "owed", text).facts
    assert "left_on" not in owing or owing["left_on"].value is None


@pytest.mark.parametrize("text", ["还没走呢", "还没走呢 让我三天内答复", "没定", "还没说哪天"])
def test_a_day_that_has_not_come_is_open(topics: dict[str, Topic], text: str) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue("incompetent")}
    told = read(topics["dismissal"], facts, "left_on", text).facts["left_on"]
    assert told.unknown


def test_a_day_is_no_length_of_time_of_an_earlier_answer(topics: dict[str, Topic]) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue("misconduct"), "service_months": FactValue(24.0)}
    told = read(topics["dismissal"], facts, "monthly_wage", "上个月二十号")
    assert told.ask_back is None
    assert "service_months" not in told.facts
