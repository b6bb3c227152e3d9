"""A word that could be about anything opens no interview; one that names a matter does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.bare_words import says_nothing

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


@pytest.mark.parametrize(
    "word",
    [
        "赔偿",
        "老板",
        "房子",
        "孩子",
        "公司",
        "合同",
        "我老公的事",
        "不知道怎么办",
        "我该怎么办啊",
        "就是我儿子",
        "孩子的事情",
        "我想告他们！！太欺负人了",
        "我要告他",
        "我就想讨个说法",
    ],
)
def test_a_word_of_many_areas_says_nothing(word: str) -> None:
    assert says_nothing(word, TOPICS)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "离婚",
        "工伤",
        "家暴",
        "拆迁",
        "加班",
        "车祸",
        "老板欠我工资",
        "赔偿多少钱",
        "不要孩子",
        "找律师",
        "孩子跟谁",
        "怎么起诉",
        "怎么打官司",
        "我想投诉",
    ],
)
def test_what_names_a_matter_is_heard(words: str) -> None:
    assert not says_nothing(words, TOPICS)
