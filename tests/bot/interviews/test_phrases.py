from __future__ import annotations

import pytest

from bot.interviews.phrases import denied, find_used, ordinal, single

PHRASES = {"signed": ["签", "签了", "签过"], "unsigned": ["没签", "没有合同"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("签了", "signed"),
        ("没签", "unsigned"),
        ("公司没给我签", None),
        ("没有签过", None),
        ("一直没签合同", "unsigned"),
        ("不是签了吗,没有合同", "unsigned"),
        ("签过,后来没签", None),
        ("说好签的", "signed"),
        ("差不多签了", "signed"),
    ],
)
def test_a_denied_phrase_does_not_count(text: str, value: str | None) -> None:
    assert single(find_used(text, PHRASES)) == value


def test_the_longest_phrase_wins() -> None:
    assert [used.text for used in find_used("没签", PHRASES)] == ["没签"]


def test_denial_needs_the_negation_right_before() -> None:
    assert denied("他不来,单位", 4) is False
    assert denied("不在单位", 2) is True
    assert denied("没单位", 1) is True


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("没说不想活", True),
        ("没有不想活", True),
        ("没说过不想活", True),
        ("他没说过自己不想活", True),
        ("没有说过不想活", True),
        ("有没有不想活", False),
        ("有没有说过不想活", False),
        ("说过不想活", False),
        ("没有，不想活", False),
        ("他说不想活", False),
        ("没吃饭，不想活", False),
    ],
)
def test_a_phrase_that_begins_with_a_negation_is_denied_where_it_was_not_said(text: str, is_denied: bool) -> None:
    (used,) = find_used(text, {"yes": ["不想活"]})
    assert used.denied is is_denied


@pytest.mark.parametrize(
    ("text", "count", "place"),
    [
        ("1", 3, 0), ("2", 3, 1), ("第二个", 3, 1), ("选三", 3, 2), ("B", 3, 1), ("②", 3, 1), ("我选第一种吧", 3, 0),
        ("最后一个", 4, 3), ("后者", 2, 1), ("前者", 2, 0), ("4", 3, None),
        ("10", 11, 9), ("第十个", 10, 9), ("第十一个", 11, 10), ("选12", 12, 11),
        ("12", 3, None), ("两年", 3, None), ("三千", 5, None),
    ],
)  # fmt: skip
def test_ordinals(text: str, count: int, place: int | None) -> None:
    assert ordinal(text, count) == place


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("被面包车开车撞了", ["victim"]),
        ("我被撞了", ["victim"]),
        ("我骑车撞了人", ["driver"]),
        ("我骑车被人撞了", ["victim"]),
        ("被骂了，他撞了墙", []),
        ("被" + "很" * 20 + "撞", []),
        ("没被他撞到", ["victim"]),
    ],
)
def test_a_gap_leaves_out_a_few_words(text: str, used: list[str]) -> None:
    found = find_used(text, {"victim": ["被*撞"], "driver": ["我骑*撞了"]})
    assert [one.value for one in found] == used


@pytest.mark.parametrize(
    ("text", "word", "is_denied"),
    [
        ("算不算丧假", "丧假", False),
        ("不算丧假", "丧假", True),
        ("在不在公司", "公司", False),
        ("签没签合同", "合同", False),
        ("不太清醒", "清醒", True),
        ("不大清醒", "清醒", True),
        ("不怎么清醒", "清醒", True),
        ("不是很清醒", "清醒", True),
        ("没怎么清醒", "清醒", True),
        ("差不多很清醒", "清醒", False),
    ],
)
def test_denied(text: str, word: str, is_denied: bool) -> None:
    assert denied(text, text.index(word)) is is_denied


@pytest.mark.parametrize(
    ("text", "word", "is_denied"), [("什么军人不军人的，没有", "军人", True), ("同意不同意都行", "同意", False)]
)
def test_what_is_waved_aside_is_denied(text: str, word: str, is_denied: bool) -> None:
    at = text.index(word)
    assert denied(text, at, at + len(word)) is is_denied
