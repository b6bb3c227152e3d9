"""Who names somebody else after a look at the register wants them looked up too."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.another_name import another_name

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("那乙明律师事务所呢", "乙明律师事务所"),
        ("再查一下李四律师", "李四"),
        ("那公证员王芳呢", "王芳"),
        ("13301202010000004", "13301202010000004"),
        ("他要是骗子咋办", ""),
        ("多久有结果", ""),
        ("好的谢谢", ""),
    ],
)
def test_the_other_name(words: str, name: str) -> None:
    found = another_name(TOPICS["registry"], words)
    assert (found[1] if found is not None else "") == name
    assert another_name(TOPICS["complaint"], words) is None
