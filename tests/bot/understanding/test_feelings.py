"""How somebody feels who cannot say yet what happened."""

from __future__ import annotations

import pytest

from bot.understanding.danger import find_danger
from bot.understanding.feelings import is_only_feeling, read_feeling


@pytest.mark.parametrize(
    "text",
    [
        "我快撑不住了",
        "撑不下去了",
        "太累了不想干了",
        "太累了，不想干了",
        "就是太累了",
        "心好累",
        "看不到希望",
        "真没意思",
        "熬不下去了",
    ],
)
def test_what_may_be_despair_is_heard_and_is_no_alarm_yet(text: str) -> None:
    assert read_feeling(text) == "weary"
    assert is_only_feeling(text)
    assert find_danger(text) is None


@pytest.mark.parametrize("text", ["活着没意思", "撑不下去了，真的想死", "太累了，不想活了", "没意思，死了算了"])
def test_what_is_plain_stays_an_alarm(text: str) -> None:
    danger = find_danger(text)
    assert danger is not None
    assert danger.kind == "self_harm"


@pytest.mark.parametrize("text", ["没签什么东西", "是什么东西砸的我没看清", "不知道他给我打的什么东西"])
def test_what_some_thing_is_makes_nobody_angry(text: str) -> None:
    assert read_feeling(text) is None


@pytest.mark.parametrize("text", ["什么玩意", "他们算什么东西", "这什么东西！"])
def test_what_is_called_a_thing_is_scolded(text: str) -> None:
    assert read_feeling(text) == "angry"


@pytest.mark.parametrize("text", ["我每天加班太累了", "房子顶不住了", "这活太重了想换工作", "公司没有意见"])
def test_what_tells_of_other_things(text: str) -> None:
    assert read_feeling(text) is None


@pytest.mark.parametrize(
    ("text", "feeling"),
    [("吓死我了", "afraid"), ("气死我了", "angry"), ("好委屈", "sad"), ("害怕，快撑不住了", "weary")],
)
def test_the_strongest_is_told(text: str, feeling: str) -> None:
    assert read_feeling(text) == feeling


def test_what_happened_is_more_than_a_feeling() -> None:
    assert not is_only_feeling("老板欠我钱，我快撑不住了")
