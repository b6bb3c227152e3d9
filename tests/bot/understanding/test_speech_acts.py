"""What a short message does."""

from __future__ import annotations

import pytest

from bot.understanding.speech_acts import asks_repeat, asks_why, corrects, read_polarity, wants_person


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("有", "yes"),
        ("签了", "yes"),
        ("嗯嗯", "yes"),
        ("没错", "yes"),
        ("没问题", "yes"),
        ("有的，签了一年", "yes"),
        ("口头说过", "yes"),
        ("没有", "no"),
        ("没签过合同", "no"),
        ("不是", "no"),
        ("好像没有", "no"),
        ("公司没交社保", "no"),
        ("还没", "no"),
        ("我不想离", "no"),
        ("不知道", "unknown"),
        ("记不清了", "unknown"),
        ("我也不清楚", "unknown"),
        ("不太记得", "unknown"),
        ("有没有", None),
        ("", None),
        ("三千五", None),
        ("怎么办", None),
    ],
)
def test_polarity(said: str, polarity: str | None) -> None:
    assert read_polarity(said) == polarity


@pytest.mark.parametrize(
    "said",
    ["转人工", "轉人工", "找个真人", "能不能给我转律师", "不想跟机器人说话", "我要找律师", "给我接个律师", "人工"],
)
def test_wants_a_person(said: str) -> None:
    assert wants_person(said)


@pytest.mark.parametrize(
    "said",
    [
        "人工费谁出",
        "不用转人工",
        "人工智能",
        "请律师要多少钱",
        "老板不发工资",
        "私人工厂不给钱",
        "工人工资",
        "你是真人吗",
    ],
)
def test_does_not_want_a_person(said: str) -> None:
    assert not wants_person(said)


@pytest.mark.parametrize("said", ["为什么问这个", "问这个干嘛", "为啥", "这个跟我的事有什么关系"])
def test_asks_why(said: str) -> None:
    assert asks_why(said)


def test_why_about_the_matter_is_not_about_the_question() -> None:
    assert not asks_why("为什么公司不给我工资")


@pytest.mark.parametrize("said", ["再说一遍", "什么意思", "没看懂", "你刚才问什么"])
def test_asks_to_repeat(said: str) -> None:
    assert asks_repeat(said)


@pytest.mark.parametrize("said", ["说错了，是5000", "不是三千，是五千", "更正一下", "刚才说的不对"])
def test_corrects(said: str) -> None:
    assert corrects(said)


def test_a_plain_no_is_no_correction() -> None:
    assert not corrects("不是")
    assert not corrects("他不是人")
