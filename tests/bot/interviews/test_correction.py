"""What lawyers may correct, and the conversation that shows it, over all topics."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.interviews.correction import CorrectionRefused, corrected, fields
from bot.interviews.example_talk import example_talk
from bot.interviews.facts import known
from bot.interviews.reading import read_answers
from bot.interviews.topic_file import parse_topic, read_topic, topic_files

ROOT = Path(__file__).resolve().parents[3]
TOPICS = ROOT / "training_data" / "topics"
TODAY = date(2026, 11, 23)
NEW = {
    "text": "改成“这样”：好不好，#1 [对]",
    "condition": "known({fact}) and true",
    "citations": "民法典 第一千零七十九条\n劳动法 第五十条",
}


@pytest.mark.parametrize("path", topic_files(TOPICS), ids=lambda path: path.stem)
def test_any_field_of_any_topic_changes_alone(path: Path) -> None:
    text, topic = path.read_text(encoding="utf-8"), read_topic(path)
    before = list(fields(topic))
    for field in random.Random(path.stem).sample(before, 4):
        if field.key == f"facts.{topic.facts[0].id}.when":
            continue  # nothing stands above the first question
        value = NEW[field.kind].format(fact=topic.facts[0].id)
        after = list(fields(parse_topic(corrected(text, topic, field.key, value), path)))
        assert [new for old, new in zip(before, after, strict=True) if old != new] == [
            type(field)(field.key, field.label, value, field.kind)
        ]


def test_what_cannot_be_corrected_is_refused() -> None:
    path = TOPICS / "unpaid_wages.yaml"
    text, topic = path.read_text(encoding="utf-8"), read_topic(path)
    for key, value, why in (
        ("id", "other", "没有这一处"),
        ("facts.relation.question", " ", "不能空着"),
        ("facts.relation.question", "长" * 3000, "太长"),
        ("facts.relation.question", topic.fact("relation").question, "没有改变"),
    ):
        with pytest.raises(CorrectionRefused, match=why):
            corrected(text, topic, key, value)
    assert parse_topic(corrected(text, topic, "facts.relation.help", ""), path).fact("relation").help == ""


@pytest.mark.parametrize("path", topic_files(TOPICS), ids=lambda path: path.stem)
def test_an_example_reaches_what_it_is_to_show(path: Path) -> None:
    """Played again from its words alone, the condition of the finding holds at the end."""
    topic = read_topic(path)
    finding = random.Random(path.stem).choice(topic.findings)
    talk = example_talk(topic, f"findings.{finding.id}.say", TODAY)
    if not talk:
        return  # counted below
    facts, asked = {}, None
    for step in yaml.safe_load(talk)["steps"]:
        facts = read_answers(topic, facts, asked, step["citizen"], TODAY).merged(facts)
        asked = step["expect"]["asks"]
    assert asked is None
    assert topic.expression(finding.when).truth(known(topic, facts, TODAY)) is True


def test_nearly_every_finding_and_asked_question_has_an_example() -> None:
    found, wanted = 0, 0
    for path in topic_files(TOPICS)[::6]:
        topic = read_topic(path)
        keys = [f"findings.{one.id}.say" for one in topic.findings[::3]]
        keys += [f"facts.{one.id}.question" for one in topic.facts[::3] if one.asked]
        talks = [example_talk(topic, key, TODAY) for key in keys]
        found, wanted = found + sum(map(bool, talks)), wanted + len(talks)
    assert found / wanted > 0.9, (found, wanted)
