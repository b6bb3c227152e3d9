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
    """Sentences written by hand: by intent, those for the area alone under their file's intent too."""
    said: dict[str, list[str]] = {}
    for path in sorted((ROOT / "training_data/nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.strip().removeprefix("- ") for line in item["examples"].strip().splitlines()]
            said.setdefault(item["intent"], []).extend(lines)
    return said


def _areas() -> set[str]:
    return {str(yaml.safe_load(file.read_text(encoding="utf-8"))["area"]) for file in _topic_files()} | {"other_law"}


def _topic_files() -> list[Path]:
    return sorted((ROOT / "training_data/topics").rglob("*.yaml"))


def _everyday() -> list[dict[str, str]]:
    data: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/nlu/everyday.yml").read_text(encoding="utf-8"))
    return data


def _topic_examples() -> set[str]:
    return {
        str(line) for file in _topic_files() for line in yaml.safe_load(file.read_text(encoding="utf-8"))["examples"]
    }


def test_general_intents_have_enough_examples() -> None:
    sizes = {intent: len(examples) for intent, examples in _general().items() if not intent.startswith("topic_")}
    assert min(sizes.values()) >= 40
    assert sizes["law_question"] >= 150
    assert sizes["out_of_scope"] >= 100


def test_no_example_stands_twice() -> None:
    counts = Counter(example for examples in _general().values() for example in examples)
    assert [example for example, times in counts.items() if times > 1] == []


def test_every_sentence_about_law_names_an_area_of_the_topics() -> None:
    areas = _areas()
    for name in ("law.yml", "areas.yml"):
        for item in yaml.safe_load((ROOT / "training_data/nlu" / name).read_text(encoding="utf-8"))["nlu"]:
            assert item["metadata"]["area"] in areas
    laws = yaml.safe_load((ROOT / "training_data/lexicon/law_areas.yaml").read_text(encoding="utf-8"))
    named = {area for area in laws.values() if isinstance(area, str)}
    assert named | {part["area"] for parts in laws.values() if isinstance(parts, list) for part in parts} <= areas


def test_what_opens_a_topic_opens_one_that_exists() -> None:
    topics = {f"topic_{file.stem}" for file in _topic_files()}
    assert {intent for intent in _general() if intent.startswith("topic_")} <= topics


def test_everyday_set_shares_nothing_with_the_training_examples() -> None:
    outside = yaml.safe_load((ROOT / "tests/nlu/outside.yml").read_text(encoding="utf-8"))
    messages = {item["text"] for item in _everyday()} | {text for texts in outside.values() for text in texts}
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


def test_labels_of_lay_questions_name_areas_of_the_topics() -> None:
    text = (ROOT / "tests/nlu/lay_areas.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in text.splitlines() if not row.startswith("#")][1:]
    assert len(rows) == len({line for line, *_ in rows}) == 400
    assert {area for _, first, second, _ in rows for area in (first, second) if area} <= _areas() | {"out_of_scope"}
