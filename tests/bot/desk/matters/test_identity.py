"""Names and numbers of parties, and what counts as a conflict of interest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.matters.conflicts import Known, PartyKey, find_conflicts
from bot.desk.matters.identity import clean_identifier, fold_name, hash_identifier


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "張三"),
        ("张 三", "张三"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
        ("广州宏达电子有限公司", "廣州宏達電子有限責任公司"),
        ("广州宏达电子股份有限公司", "广州宏达电子"),
        ("ＡＢＣ科技有限公司", "abc 科技公司"),
        ("广州（宏达）电子有限公司", "广州宏达电子有限公司"),
    ],
)
def test_names_that_mean_the_same(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张三丰"), ("宏达电子有限公司", "宏远电子有限公司"), ("李四", "公司")]
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_more_harmless(name: str) -> None:
    folded = fold_name(name)
    assert fold_name(f" {name} ") == folded


def test_numbers_are_checked() -> None:
    assert clean_identifier("11010519491231002x") == "11010519491231002X"
    assert clean_identifier("110105491231002") == "11010519491231002X", "fifteen digits are the same person"
    assert clean_identifier("110105194912310021") is None
    assert clean_identifier("91350100M000100Y43") == "91350100M000100Y43"
    assert clean_identifier("91350100M000100Y44") is None
    assert clean_identifier("hello") is None


def test_hashes_depend_on_the_key() -> None:
    assert hash_identifier(b"one", "11010519491231002X") == hash_identifier(b"one", "11010519491231002X")
    assert hash_identifier(b"one", "11010519491231002X") != hash_identifier(b"two", "11010519491231002X")


def party(side: str, name: str, number: str = "") -> PartyKey:
    return PartyKey(side, name, fold_name(name), number)  # type: ignore[arg-type]


def known(one: PartyKey) -> Known:
    return Known("20261101-0001", one, "周律师", own=False, past=True)


def test_the_opposite_party_as_a_client_is_a_conflict() -> None:
    hits = find_conflicts([party("opposite", "宏达有限公司")], [known(party("client", "宏達公司"))])
    assert [(hit.turned, hit.sure) for hit in hits] == [(False, False)]
    assert "待核实" in hits[0].text
    assert "同所" in hits[0].text


def test_our_client_as_an_opposite_party_is_a_conflict() -> None:
    hits = find_conflicts([party("client", "张三", "a")], [known(party("opposite", "张三", "a"))])
    assert [(hit.turned, hit.sure) for hit in hits] == [(True, True)]


def test_the_same_name_with_another_number_is_another_person() -> None:
    assert find_conflicts([party("opposite", "张三", "a")], [known(party("client", "张三", "b"))]) == []


def test_the_same_client_again_is_none() -> None:
    assert find_conflicts([party("client", "张三")], [known(party("client", "张三"))]) == []
    assert find_conflicts([party("other", "张三")], [known(party("client", "张三"))]) == []
