"""What the check finds is told to lawyers in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.interviews.condition import parse_condition
from bot.interviews.conditions.condition_error import ConditionError
from bot.interviews.problem_words import problem_words
from bot.interviews.tone import read_tone
from bot.interviews.topic_file import read_topic

TOPIC = Path(__file__).resolve().parents[3] / "training_data" / "topics" / "unpaid_wages.yaml"


@pytest.mark.parametrize(
    "source",
    ["owed =", "owed", "owed == employee", "nothing == 1", "relation == boss", "relation > 3", "owed in 3", "f(owed)",
     "days_since(owed) > 1", "known(3)", "owed == True", "lambda: 1", "not owed", "-relation > 1"],
)  # fmt: skip
def test_every_fault_of_a_condition_has_chinese_words(source: str) -> None:
    names = {fact.id: fact.name for fact in read_topic(TOPIC).facts}
    with pytest.raises(ConditionError) as caught:
        parse_condition(source, names)
    words = problem_words("findings.x.when", str(caught.value))
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", words.removesuffix("（findings.x.when）")), words


def test_a_wrong_tone_is_told_in_chinese() -> None:
    [fault] = read_tone().faults("您一定能赢。")
    assert problem_words("findings.x.say", fault) == "这样说等于保证结果：'一定能赢'（findings.x.say）"


def test_what_has_no_words_yet_is_told_as_it_is() -> None:
    assert problem_words("checked.on", "something new") == "checked.on：something new"
