"""What the area of law decides on a first message: it stops a wrong interview, and turns a search into a question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.interviews.topic_file import load_topics
from bot.rasa.context import Meaning, Ranking, decide
from bot.rasa.situation import Situation

TODAY = date(2026, 11, 23)
TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")
STORY = "他们说好的事情到现在也没有办成我心里很着急"


def first(ranking: Ranking, areas: Ranking, text: str = STORY) -> Meaning:
    return decide(text, ranking, Situation(), TOPICS, TODAY, areas)


def test_a_topic_of_a_sure_area_is_taken_up() -> None:
    assert first([("topic_divorce", 0.96)], [("family", 0.97)]).intent == "topic_divorce"


def test_a_topic_of_another_area_is_not_taken_up() -> None:
    assert first([("topic_divorce", 0.96)], [("labour", 0.9), ("family", 0.05)]).intent == "ask_law"


def test_a_topic_that_is_plainly_meant_is_taken_up_in_another_area_too() -> None:
    assert (
        first([("topic_network_fraud", 0.98)], [("criminal", 0.7), ("network", 0.08)]).intent == "topic_network_fraud"
    )


def test_the_best_topic_of_the_sure_area_is_asked_about_first() -> None:
    ranking = [("topic_divorce", 0.8), ("topic_unpaid_wages", 0.1)]
    meaning = first(ranking, [("labour", 0.9), ("family", 0.05)])
    assert (meaning.intent, meaning.candidates) == ("unclear", ("unpaid_wages", "divorce"))


def test_an_area_that_is_possible_leaves_the_topic_alone() -> None:
    assert first([("topic_divorce", 0.96)], [("labour", 0.65), ("family", 0.3)]).intent == "topic_divorce"


def test_two_weak_topics_of_a_sure_area_are_asked_about() -> None:
    ranking = [("topic_unpaid_wages", 0.25), ("topic_overtime", 0.1), ("topic_divorce", 0.05)]
    meaning = first(ranking, [("labour", 0.9)])
    assert (meaning.intent, meaning.candidates) == ("unclear", ("unpaid_wages", "overtime"))
    assert first(ranking, [("labour", 0.4)]).intent == "ask_law"


def test_surely_no_law_is_told_so_unless_the_words_are_legal() -> None:
    assert first([("topic_divorce", 0.1)], [("out_of_scope", 0.9)], "明早出门要不要带伞呢").intent == "out_of_scope"
    assert first([("topic_divorce", 0.1)], [("out_of_scope", 0.9)], "他欠钱不还要不要起诉").intent == "ask_law"


def test_mumbling_is_not_understood_rather_than_no_law() -> None:
    assert first([("out_of_scope", 0.08)], [("out_of_scope", 0.1)], "呃呃").intent == "nlu_fallback"


def test_evidence_asked_for_in_passing_belongs_to_the_matter() -> None:
    told = Situation("unpaid_wages", {}, "", "told")
    ranking = [("topic_evidence_help", 0.95)]
    assert decide("要准备什么证据", ranking, told, TOPICS, TODAY).intent == "follow_up"
