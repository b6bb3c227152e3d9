"""Words that are one topic's own spare the question which of two is meant."""

from __future__ import annotations

from pathlib import Path

from bot.interviews.authored import read_plain
from bot.interviews.topic_file import load_topics
from bot.rasa.own_words import FILE, own_alone, own_of_two

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


def test_every_topic_of_the_file_exists() -> None:
    for row in read_plain(FILE):
        assert row["topic"] in TOPICS
        assert set(row.get("rivals", ())) <= set(TOPICS) - {row["topic"]}


def test_a_rule_tells_a_topic_from_its_rivals_only() -> None:
    assert own_of_two("work_injury", "unpaid_wages", "一天260干了45天") == "unpaid_wages"
    assert own_of_two("dismissal", "unpaid_wages", "一天260干了45天 让我走") == ""


def test_only_a_rule_that_says_so_opens_a_topic_alone() -> None:
    assert own_alone(["homestead", "work_injury"], "亲戚家盖房摔的") == "work_injury"
    assert own_alone(["homestead", "demolition"], "房子被拆了") == ""
    assert own_alone(["small_business"], "我想开个棋牌室 要办啥证") == "small_business"
    assert own_alone(["small_business"], "开棋牌室没办证被罚了") == ""
    assert own_alone(["network_fraud"], "银行卡借给人走账 警察找我") == "network_fraud"
    assert own_alone(["network_fraud"], "朋友借走我的银行卡 还没还我") == ""


def test_a_contract_that_ended_is_none_that_was_never_signed() -> None:
    assert own_of_two("no_contract", "dismissal", "合同到期了单位不跟我续签") == "dismissal"
    assert own_of_two("no_contract", "dismissal", "一直没签合同 让我走") == ""
