from __future__ import annotations

from pathlib import Path

import yaml

from bot.interviews.generate import generate
from bot.interviews.topic import Topic


def test_intents_and_examples(wages: Topic, tmp_path: Path) -> None:
    nlu, domain = generate({"wages": wages}, tmp_path)
    assert yaml.safe_load(nlu.read_text(encoding="utf-8"))["nlu"] == [
        {"intent": "topic_wages", "examples": "- 老板欠我工资\n- 公司不发工资\n"}
    ]
    assert yaml.safe_load(domain.read_text(encoding="utf-8"))["intents"] == [{"topic_wages": {"use_entities": []}}]


def test_markup_and_line_breaks_in_an_example_do_no_harm(wages: Topic, tmp_path: Path) -> None:
    odd = wages.model_copy(update={"examples": ('欠[钱](owed)\n  - "x": {y}',)})
    nlu, _ = generate({"wages": odd}, tmp_path)
    examples = yaml.safe_load(nlu.read_text(encoding="utf-8"))["nlu"][0]["examples"]
    assert examples.count("\n") == 1
    assert not set(examples) & set("[]{}")


def test_unchanged_files_are_left_alone(wages: Topic, tmp_path: Path) -> None:
    paths = generate({"wages": wages}, tmp_path)
    before = [path.stat().st_mtime_ns for path in paths]
    assert [path.stat().st_mtime_ns for path in generate({"wages": wages}, tmp_path)] == before
    changed = wages.model_copy(update={"examples": ("别的说法",)})
    assert "别的说法" in generate({"wages": changed}, tmp_path)[0].read_text(encoding="utf-8")
