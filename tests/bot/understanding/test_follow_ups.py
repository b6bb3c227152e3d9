"""Messages that lean on what was said before, and messages that tell a feeling only."""

from __future__ import annotations

import pytest

from bot.understanding.feelings import is_only_feeling, read_feeling
from bot.understanding.follow_ups import asks_about, goes_back, is_person, supposition, wants_next


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("那如果没签合同呢?", "没签合同"),
        ("那如果没签合同呢？", "没签合同"),
        ("要是我自己走的呢", "我自己走"),
        ("如果他说我违反规定怎么办", "他说我违反规定"),
        ("假如没有借条的话", "没有借条"),
        ("那要是干了五年呢", "干了五年"),
        ("我要是没有证据呢", "我没有证据"),
        ("老板欠我工资怎么办", ""),
        ("没签合同", ""),
        ("如果", ""),
    ],
)
def test_supposition(text: str, clause: str) -> None:
    assert supposition(text) == clause


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("他呢?", "他"),
        ("那我老婆呢", "我老婆"),
        ("那孩子呢？", "孩子"),
        ("社保呢", "社保"),
        ("老板欠我钱呢我该怎么办", ""),
    ],
)
def test_asks_about(text: str, who: str) -> None:
    assert asks_about(text) == who


def test_is_person() -> None:
    assert is_person("我老婆")
    assert is_person("他")
    assert not is_person("社保")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第二个问题", True),
        ("另一个问题", True),
        ("还有刚才说的那个", True),
        ("那我们说第二件事吧", False),
        ("说一下另外那个", True),
        ("刚才说的那个事呢", True),
        ("第二个孩子归谁", False),
        ("另一个人打的我", False),
        ("还有一个月工资没发", False),
    ],
)
def test_wants_next(text: str, wanted: bool) -> None:
    assert wants_next(text) is wanted


def test_goes_back() -> None:
    assert goes_back("那找不到人怎么办呢")
    assert not goes_back("那天他打了我")


@pytest.mark.parametrize(
    ("text", "feeling", "only"),
    [
        ("我好害怕，不知道怎么办", "afraid", True),
        ("气死我了", "angry", True),
        ("我真的崩溃了", "sad", True),
        ("老板不发工资气死我了", "angry", False),
        ("房东不退押金", None, False),
    ],
)
def test_feelings(text: str, feeling: str | None, only: bool) -> None:
    assert read_feeling(text) == feeling
    assert is_only_feeling(text) is only
