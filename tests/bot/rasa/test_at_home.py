"""Who tells in a few words that they are beaten at home is understood; who tells something else is not taken for it."""

from __future__ import annotations

import pytest

from bot.rasa.at_home import beat_others, beaten_at_home


@pytest.mark.parametrize(
    "said",
    [
        "我老公刚打了我",
        "被我男人打了",
        "我儿子打我",
        "他又动手了",
        "老公喝醉了打人",
        "老公把我打伤了",
        "男朋友扇我耳光",
        "我男朋友把我打住院了",
        "继父打我",
        "我弟打了我",
        "我爸打我妈",
        "婆婆掐我孩子",
        "我被前夫打了",
        "老公家暴",
        "媳妇动手打婆婆，老公揍我",
        "我俺男人踹我",
    ],
)
def test_a_few_words_tell_it(said: str) -> None:
    assert beaten_at_home(said)


@pytest.mark.parametrize(
    "said",
    [
        "我儿子被打了",
        "我老婆被人打了",
        "邻居打了我",
        "儿子在学校被打了",
        "我儿子打人了",
        "我儿子打同学",
        "老公打我电话不接",
        "我妈打我手机",
        "老公打工摔了",
        "我打了我老婆",
        "我老公打了别人",
        "老公没打我",
        "我怕老公打我",
        "老公在外面打工",
        "他打麻将输了",
        "孩子爸打游戏不管孩子",
        "我男朋友借我钱不还",
        "老公要跟我打官司",
        "要是老公打我呢",
        "老板打我",
        "老公去要账跟人打起来，把对方肋骨打断了",
        "业主群说我老婆，他还打我两拳",
    ],
)
def test_something_else_is_told(said: str) -> None:
    assert not beaten_at_home(said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("我老公打了别人", True),
        ("儿子把人家打伤了", True),
        ("我弟打伤了一个人", True),
        ("老公打了我", False),
        ("儿子被别人打了", False),
    ],
)
def test_who_of_the_family_has_beaten_a_stranger(said: str, told: bool) -> None:
    assert beat_others(said) is told
