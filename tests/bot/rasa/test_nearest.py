"""A question that no rule answers is answered by the sentence of the opinion that speaks of it, or by none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue, Plain
from bot.interviews.topic_file import load_topics
from bot.rasa.components import likeness
from bot.rasa.components.sentence_model import SentenceModel
from bot.rasa.components.sentences import Sentences
from bot.rasa.nearest import nearest, shares, titled

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")
TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("topic", "facts", "question", "said"),
    [
        ("inheritance", {"matter": "alive"}, "那我还养他不", "不养他"),
        ("rent_dispute", {"issue": "evict", "term": "running", "ground": "own_use"}, "能不能不搬", "无权让您搬"),
        ("personal_injury", {"side": "doer", "severity": "heavy"}, "不赔会坐牢不", ""),
        ("admin_penalty", {"stage": "decided", "penalty": "fine"}, "要是交不起呢", "延期、分期"),
        ("enforcement", {"role": "debtor", "trouble": "listed", "representative": True}, "怎么辞掉", "三十天里换人"),
        ("personal_injury", {"side": "doer", "severity": "heavy"}, "明天下雨吗", ""),
        (
            "rent_dispute",
            {"issue": "evict", "term": "running", "ground": "own_use"},
            "我问的是能不能不搬",
            "无权让您搬",
        ),
    ],
)
def test_the_sentence_that_speaks_of_it(topic: str, facts: dict[str, Plain], question: str, said: str) -> None:
    known = {name: FactValue(value, False, "") for name, value in facts.items()}
    found = nearest(question, conclude(TOPICS[topic], known, TODAY))
    assert said in found
    assert bool(found) is bool(said)
    assert not found or found.endswith("。")


@pytest.fixture
def by_meaning() -> Iterator[None]:
    """With the sentence model, as an engine has it."""
    taught = Sentences.there(SentenceModel.there())
    if taught is None:
        pytest.skip("the sentence model was not fetched")
    likeness.use(taught.model)
    yield
    likeness.use(None)


@pytest.mark.usefixtures("by_meaning")
@pytest.mark.parametrize(
    ("topic", "facts", "question", "said"),
    [
        ("medical_dispute", {"harm": "heavy", "kind": "care"}, "病历他们不给怎么办", "有权复印"),
        ("land_requisition", {"issue": "low"}, "补偿到底该多少啊", "公平合理"),
        (
            "social_insurance",
            {"problem": "waived", "relation": "employee", "signed_away": True},
            "我现在走能要补偿吗",
            "走人",
        ),
        ("social_insurance", {"problem": "waived", "relation": "employee", "signed_away": True}, "明天下雨吗", ""),
        ("work_injury", {"severity": "serious", "cause": "at_work"}, "全勤奖呢", ""),
    ],
)
def test_what_means_the_same_in_other_words(topic: str, facts: dict[str, Plain], question: str, said: str) -> None:
    known = {name: FactValue(value, False, "") for name, value in facts.items()}
    found = nearest(question, conclude(TOPICS[topic], known, TODAY))
    assert said in found
    assert bool(found) is bool(said)


def test_without_the_model_nothing_is_alike() -> None:
    likeness.use(None)
    assert likeness.likest("要不要钱", ["要钱"]) == (-1, 0.0)


def test_an_article_that_shares_only_the_name_of_the_matter_is_about_something_else() -> None:
    article = "业主应当按照约定向物业服务人支付物业费。"
    assert shares("物业费要不要交", article, "邻里纠纷")
    assert not shares("那全勤奖呢", article, "物业纠纷")
    assert not shares("物业那边能不能替我去", article, "物业纠纷")


@pytest.mark.parametrize(("question", "asks_on"), [("能不能不要车位", True), ("物业费能不能不交", False)])
def test_what_stands_in_a_title_is_asked_of_the_opinion(question: str, asks_on: bool) -> None:
    facts: dict[str, Plain] = {"issue": "stalled", "tied": True, "want": "refund"}
    opinion = conclude(TOPICS["house_purchase"], {one: FactValue(told) for one, told in facts.items()}, TODAY)
    assert titled(question, opinion) is asks_on
