from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue, Plain
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import TopicError, read_topic

TODAY = date(2026, 11, 23)


def read(topic: Topic, text: str, asked: str | None = None, facts: dict[str, FactValue] | None = None) -> Reading:
    return read_answers(topic, facts or {}, asked, text, TODAY)


def values(reading: Reading) -> dict[str, Plain]:
    return {name: one.value for name, one in reading.facts.items()}


def test_an_answer_settles_what_it_implies(wages_text: str, tmp_path: Path) -> None:
    topic = _topic(
        tmp_path, wages_text.replace('cues: [离职], when: "still == no"', "cues: [离职], implies: {still: false}")
    )
    assert values(read(topic, "2026年3月1日离职")) == {"left_on": "2026-03-01", "still": False}
    known = {"still": FactValue(True, False, "还在")}
    assert "still" not in read(topic, "2026年3月1日离职", None, known).facts


def test_an_estimate_is_taken_until_the_citizen_names_the_sum(wages_text: str, tmp_path: Path) -> None:
    topic = _topic(
        tmp_path,
        wages_text.replace("cues: [欠, 拖欠], min: 1", 'cues: [欠, 拖欠], estimate: "people * wage", min: 1'),
    )
    reading = read(topic, "我们一起三个人，月薪五千")
    assert reading.facts["owed"].value == 15000.0
    assert "15,000元" in reading.echo
    known = reading.merged({})
    assert read(topic, "不对，月薪是四千", None, known).facts["owed"].value == 12000.0
    named = read(topic, "一共欠一万", "owed", known)
    assert named.facts["owed"].value == 10000.0
    assert "owed" not in read(topic, "不对，月薪是四千", None, named.merged(known)).facts


@pytest.mark.parametrize("implied", ["implies: {nobody: true}", "implies: {relation: boss}", "implies: {owed: true}"])
def test_an_implication_must_be_possible(wages_text: str, tmp_path: Path, implied: str) -> None:
    with pytest.raises(TopicError, match="implies"):
        _topic(tmp_path, wages_text.replace('cues: [离职], when: "still == no"', f"cues: [离职], {implied}"))


def _topic(folder: Path, text: str) -> Topic:
    path = folder / "wages.yaml"
    path.write_text(text, encoding="utf-8")
    return read_topic(path)
