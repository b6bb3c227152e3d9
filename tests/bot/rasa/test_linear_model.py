"""The linear model learns intents and areas together, and a topic's area has a say in its chance."""

from __future__ import annotations

import numpy as np
import pytest

from bot.rasa.components import linear_model
from bot.rasa.components.example import Example
from bot.rasa.components.learning import learn
from bot.rasa.components.linear_model import Head, LinearModel, Matrix, area_places, with_area

SAID = {
    "topic_wages": ("老板 拖欠 工资", "工资 没 发", "干活 不 给 钱", "欠 我 工资 三 个 月"),
    "topic_divorce": ("我 想 离婚", "老公 不 同意 离婚", "离婚 要 什么 材料", "离婚 房子 怎么 分"),
    "greet": ("你好", "您好 在 吗", "在 吗", "早上 好"),
}
AREAS = {"topic_wages": "labour", "topic_divorce": "family"}


@pytest.fixture(scope="module")
def model() -> LinearModel:
    own = [Example(tuple(text.split()), intent) for intent, texts in SAID.items() for text in texts]
    words = [
        Example(("劳动", "报酬"), "topic_wages", "labour", 0.3),
        Example(("夫妻",), "topic_divorce", "family", 0.3),
    ]
    area_only = [Example(("加班", "费"), "", "labour"), Example(("彩礼", "退"), "", "family")]
    return learn([*own, *words, *area_only])


def test_intent_and_area_are_told_together(model: LinearModel) -> None:
    intents, areas = model.rank(("工资", "拖欠"))
    assert intents[0][0] == "topic_wages"
    assert areas[0][0] == "labour"
    assert sum(chance for _, chance in intents) == pytest.approx(1.0)
    assert {name for name, _ in intents} == set(SAID)
    assert {name for name, _ in areas} == {"labour", "family"}


def test_a_sentence_for_the_area_alone_teaches_no_intent(model: LinearModel) -> None:
    assert model.rank(("加班", "费"))[1][0][0] == "labour"
    assert "" not in model.intents.names


def test_strange_words_are_sure_of_nothing(model: LinearModel) -> None:
    assert model.rank(("zzz", "yyy"))[0][0][1] < 0.9


def test_a_topic_of_the_best_area_gains_and_one_of_another_loses() -> None:
    at = area_places(("topic_a", "topic_b", "greet"), ("x", "y"), {"topic_a": "x", "topic_b": "y"})
    scores = with_area(np.array([0.0, 0.0, 0.0]), np.array([1.0, -1.0]), at)
    assert scores[0] > scores[2] == 0.0
    assert scores[1] == 0.0


class _Asked:
    """In place of the sentence model: adds nothing and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def says(self, words: tuple[str, ...], intents: tuple[str, ...], areas: tuple[str, ...]) -> tuple[Matrix, Matrix]:
        self.asked.append("".join(words))
        return np.zeros(len(intents), np.float32), np.zeros(len(areas), np.float32)


def test_of_a_story_only_the_clauses_with_a_word_that_matters_are_looked_at_as_a_whole(
    model: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linear_model, "CLEAR", 0.99)
    asked = _Asked()
    monkeypatch.setattr(model, "sentences", asked)
    clauses = ["天气 真 热 呀", "zzz yyy xxx", "老板 拖欠 工资", "qqq rrr sss", "ttt uuu vvv"]
    model.rank_message([word for clause in clauses for word in (*clause.split(), "，")])
    whole, *parts = asked.asked
    assert "老板拖欠工资" in whole
    assert parts == ["老板拖欠工资"]


def test_without_areas_the_intents_stand_alone() -> None:
    scores = np.array([0.5, -0.5])
    assert with_area(scores, np.zeros(0), np.array([-1, -1])) is scores
    assert Head((), 3.0).ranking(np.zeros(0)) == []


def test_one_intent_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="two intents"):
        learn([Example(("你好",), "greet")])
