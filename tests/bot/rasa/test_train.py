"""A model is named by what it is made of, and what has not changed is not trained again."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
import yaml

from bot.rasa import actions, examples
from bot.rasa import train as training
from bot.rasa.actions.step import StepAction

REPO = Path(__file__).resolve().parents[3]
TOPICS = REPO / "training_data" / "topics"
NLU = REPO / "training_data" / "nlu"
MODULES = [import_module(f"{actions.__name__}.{one.name}") for one in iter_modules(actions.__path__)]


def test_the_same_inputs_give_the_same_name_and_others_another(tmp_path: Path) -> None:
    topics = tmp_path / "topics"
    shutil.copytree(TOPICS, topics)
    before = training.fingerprint(topics, NLU)
    assert before == training.fingerprint(TOPICS, NLU)
    one = sorted(topics.glob("*.yaml"))[0]
    one.write_text(one.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert training.fingerprint(topics, NLU) != before


def test_a_model_that_exists_is_used(tmp_path: Path) -> None:
    existing = tmp_path / f"faxian-{training.fingerprint(TOPICS, NLU)}.tar.gz"
    existing.write_bytes(b"")
    steps: list[int] = []
    assert training.train(tmp_path, TOPICS, NLU, lambda step, steps_, doing: steps.append(step)) == existing
    assert steps == [0, training.STEPS]


def test_a_failed_training_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(work: Path, topics: Path, nlu: Path) -> None:
        work.mkdir(exist_ok=True)

    monkeypatch.setattr(training, "write_project", broken)
    with pytest.raises(training.TrainingError, match="config.yml"):
        training.train(tmp_path / "models", TOPICS, NLU)
    assert list((tmp_path / "models").iterdir()) == []


def test_the_project_names_every_intent_and_action_it_uses(tmp_path: Path) -> None:
    training.write_project(tmp_path / "work", TOPICS, NLU)
    domain = yaml.safe_load((tmp_path / "work" / "domain.yml").read_text(encoding="utf-8"))
    intents = {next(iter(intent)) for intent in domain["intents"]}
    assert len(intents) == len(domain["intents"])
    rules = [
        step
        for name in ("rules.yml", "topic_rules.yml")
        for rule in yaml.safe_load((tmp_path / "work" / "data" / name).read_text(encoding="utf-8"))["rules"]
        for step in rule["steps"]
    ]
    assert {step["intent"] for step in rules if "intent" in step} <= intents
    named = {step["action"] for step in rules if "action" in step} - {"interview_form"}
    assert named <= set(domain["actions"])


def test_every_action_of_the_domain_has_a_class_and_every_class_is_in_the_domain() -> None:
    domain = yaml.safe_load((training.HERE / "domain.yml").read_text(encoding="utf-8"))
    classes = {
        value.id
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StepAction) and value is not StepAction
    }
    assert classes == set(domain["actions"])


def test_topic_words_leave_out_what_fits_every_question() -> None:
    for topic in training.load_topics(TOPICS).values():
        words = examples.topic_words(topic)
        assert len(words) >= 20
        assert not any("不清楚" in word or "{" in word for word in words)


def test_a_question_bound_to_an_article_teaches_the_topic_that_alone_cites_it_or_the_area() -> None:
    topics = training.load_topics(TOPICS)
    blocks = examples.asked_blocks(topics)
    for block in blocks:
        told = block["metadata"]
        assert told["weight"] == examples.ASKED_WEIGHT
        assert told["area"]
        assert examples.sentences(block)
        if block["intent"] == examples.LAW:
            assert told["area_only"]
        else:
            assert topics[block["intent"].removeprefix("topic_")].area == told["area"]
    assert {"topic_private_loan", examples.LAW} <= {block["intent"] for block in blocks}


def test_sentences_of_a_topic_that_is_not_loaded_are_left_out() -> None:
    topics = training.load_topics(TOPICS)
    few = {name: topics[name] for name in list(topics)[:2]}
    named = {block["intent"] for block in examples.general_blocks(NLU, few) if block["intent"].startswith("topic_")}
    assert named <= {f"topic_{name}" for name in few}
