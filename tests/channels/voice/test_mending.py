"""What is put right before anybody acts on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.voice.mending import Mending
from voice.recognizer import Heard

TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def mending() -> Mending:
    made = Mending(TOPICS)
    assert made(Heard("老板脱欠工资", final=True)) == "老板脱欠工资"
    made.load()
    return made


def test_words_of_the_law_are_put_right(mending: Mending) -> None:
    assert mending(Heard("老板脱欠工资", final=True)) == "老板拖欠工资"


@pytest.mark.parametrize("wish", ["等一下我去拿个笔", "你大声点我耳朵背", "给我回电话 打我另外一个号码", "接着讲"])
def test_wishes_about_the_call_are_left_as_they_are(mending: Mending, wish: str) -> None:
    assert mending(Heard(wish, final=True)) == wish
