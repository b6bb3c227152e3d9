"""What sounds the same and is far likelier was said; numbers and negations are never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.interviews.sayings import sayings
from bot.interviews.topic_file import load_topics
from bot.understanding.misheard import Misheard, blurred
from bot.understanding.word_pairs import WordPairs
from bot.understanding.words import legal_terms

TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def misheard() -> Misheard:
    """With the words of all topics, as calls have it."""
    return Misheard(WordPairs(sayings(load_topics(TOPICS).values()), legal_terms()))


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("拖欠公资怎么要啊", "拖欠工资怎么要啊"),
        ("我想立婚孩子归谁", "我想离婚孩子归谁"),
        ("没签老动和同", "没签劳动合同"),
        ("申请老动中裁要多久", "申请劳动仲裁要多久"),
        ("租房押斤不退", "租房押金不退"),
        ("怎么所陪?", "怎么索赔?"),
    ],
)
def test_puts_right(misheard: Misheard, heard: str, said: str) -> None:
    assert misheard.mend(heard) == said


@pytest.mark.parametrize(
    "said",
    [
        "他欠我四千块钱十年了",
        "我没有签合同",
        "取保候审会不会判缓刑",
        "我叫王小明，今年三十五岁，住在北京市朝阳区",
        "我在鑫达建筑有限公司上班",
        "是的，没错",
        "不是，我说的是另外一件事情",
        "",
        "OK 12348",
    ],
)
def test_leaves_what_can_be_meant(misheard: Misheard, said: str) -> None:
    assert misheard.mend(said) == said


def test_another_guess_of_the_recogniser_may_be_likelier(misheard: Misheard) -> None:
    assert misheard.mend("老班不发公支", ["老板不发工资", "老伴不发公资"]) == "老板不发工资"


def test_a_guess_with_another_number_is_none(misheard: Misheard) -> None:
    assert misheard.mend("欠了四千块公资", ["欠了十千块工资"]) == "欠了四千块工资"


@pytest.mark.parametrize(("sound", "other"), [("zhong", "zong"), ("ling", "nin"), ("hua", "fa"), ("huang", "fang")])
def test_what_is_easily_confused(sound: str, other: str) -> None:
    assert blurred(sound) == blurred(other)


PIECES = ("老板", "公资", "离昏", "四", "没", "不", "3000", "块", "，", "合同", "abc", "十年", "别", "和同")


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=20), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)))
def test_numbers_negations_marks_and_length_stay(misheard: Misheard, text: str) -> None:
    mended = misheard.mend(text)
    assert len(mended) == len(text)
    for before, after in zip(text, mended, strict=True):
        if before in "四没不别十" or not "\u4e00" <= before <= "\u9fff":
            assert after == before
        else:
            assert after not in "四没不别十"
    assert misheard.mend(text) == mended
