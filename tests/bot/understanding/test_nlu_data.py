"""The general examples and the evaluation sets keep the promises made about them."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.understanding.danger import find_danger
from bot.understanding.speech_acts import wants_person

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("FAXIAN_SHARED", ROOT.parent / "shared"))
QUESTIONS = SHARED / "data" / "questions" / "lay_questions.txt"


def _general() -> dict[str, list[str]]:
    data = yaml.safe_load((ROOT / "training_data/nlu/general.yml").read_text(encoding="utf-8"))
    return {
        item["intent"]: [line.removeprefix("- ") for line in item["examples"].strip().splitlines()]
        for item in data["nlu"]
    }


def _everyday() -> list[dict[str, str]]:
    data: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/nlu/everyday.yml").read_text(encoding="utf-8"))
    return data


def _topic_examples() -> set[str]:
    files = sorted((ROOT / "training_data/topics").rglob("*.yaml"))
    return {str(line) for file in files for line in yaml.safe_load(file.read_text(encoding="utf-8"))["examples"]}


def test_general_intents_have_enough_examples() -> None:
    sizes = {intent: len(examples) for intent, examples in _general().items()}
    assert min(sizes.values()) >= 40
    assert sizes["law_question"] >= 150
    assert sizes["out_of_scope"] >= 100


def test_no_example_stands_twice() -> None:
    counts = Counter(example for examples in _general().values() for example in examples)
    assert [example for example, times in counts.items() if times > 1] == []


def test_everyday_set_shares_nothing_with_the_training_examples() -> None:
    messages = {item["text"] for item in _everyday()}
    assert len(messages) >= 300
    assert messages & {example for examples in _general().values() for example in examples} == set()
    assert messages & _topic_examples() == set()


def test_danger_in_the_everyday_set() -> None:
    found = [(item["intent"], find_danger(item["text"]) is not None) for item in _everyday()]
    assert sum(danger for intent, danger in found if intent.startswith("danger")) >= 14
    assert sum(danger for intent, danger in found if not intent.startswith("danger")) == 0


def test_wish_for_a_person_in_the_everyday_set() -> None:
    for item in _everyday():
        assert wants_person(item["text"]) == (item["intent"] == "handoff"), item["text"]


@pytest.mark.skipif(not QUESTIONS.exists(), reason="the shared lay questions are not here")
def test_few_real_questions_are_taken_for_danger() -> None:
    questions = QUESTIONS.read_text(encoding="utf-8").splitlines()
    assert sum(find_danger(question) is not None for question in questions) <= len(questions) // 200
    assert sum(wants_person(question) for question in questions) <= 2


def test_labels_of_lay_questions_name_known_intents() -> None:
    rows = [row.split("\t") for row in (ROOT / "tests/nlu/lay_labels.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    known = {item["intent"] for item in _everyday()}
    assert len(rows) == len({line for line, _ in rows}) == 400
    assert {label for _, label in rows} <= known
