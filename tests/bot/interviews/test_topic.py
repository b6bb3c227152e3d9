from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.topic import Topic
from bot.interviews.topic_file import TopicError, load_topics, read_topic


def faults(tmp_path: Path, text: str) -> str:
    path = tmp_path / "wages.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TopicError) as error:
        read_topic(path)
    assert "wages.yaml" in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("intro:", "introo:", "introo: there is no such key"),
        ("name: 欠薪\n", "", "name: Field required"),
        ("id: wages\n", "id: other\n", "must equal the file name"),
        ('when: "still == no"}', 'when: "stil == no"}', "facts.left_on.when"),
        ('when: "relation == employee and owed > 0"', 'when: "relation == boss"', "findings.pay.when"),
        ("{owed}。\n    cite", "{owd}。\n    cite", "{owd} names no fact"),
        ("from: left_on", "from: owed", "is no date fact"),
        ("plus: {years: 1}", "plus: {years: 1, days: 3}", "exactly one of years"),
        ("cite: [劳动合同法 第三十条]\n    certainty: sure", "cite: []\n    certainty: sure", "findings.0.cite"),
        ("劳动合同法 第三十八条", "劳动合同法38条", "is not of the form"),
        ("unit: months, ", "", "needs unit"),
        ("name: 欠薪", "name: 欠薪\nname: 又一个", "stands twice"),
        ("label: 学生实习, says", "label: 学生实习, sys", "there is no such key"),
        ("value: student", "value: employee", "same value"),
        ("id: people", "id: today", "condition language"),
        ("min: 1, max: 1000000", "min: 9, max: 3", "min is above max"),
        ("id: owed", "id: relation", "a second fact"),
        ('when: "relation == employee"}\n  - {id: months', 'when: "still == no"}\n  - {id: months', "no fact 'still'"),
        ("type: date, question", "type: moment, question", "facts.5.type"),
    ],
)
def test_faults_name_file_and_key(tmp_path: Path, wages_text: str, old: str, new: str, part: str) -> None:
    assert old in wages_text
    assert part in faults(tmp_path, wages_text.replace(old, new, 1))


def test_broken_yaml_is_a_topic_error(tmp_path: Path) -> None:
    assert "cannot be read" in faults(tmp_path, "id: [")
    assert "must be a mapping" in faults(tmp_path, "- a")


def test_yes_no_and_on_are_words(wages: Topic) -> None:
    assert wages.checked.on.year == 2026
    assert wages.expression("still == no and relation == employee").names == {"still", "relation"}


def test_load_topics_keys_by_id(tmp_path: Path, wages_text: str) -> None:
    (tmp_path / "wages.yaml").write_text(wages_text, encoding="utf-8")
    assert list(load_topics(tmp_path)) == ["wages"]
