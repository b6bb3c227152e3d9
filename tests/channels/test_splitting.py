"""Long text is cut where a reader would pause; nothing is lost and no piece is too long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.splitting import LEAST, split

TEXT = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("老板欠薪。！？，\n a1/.👨‍👩‍👧é")))


@given(TEXT, st.integers(LEAST, 200))
def test_nothing_but_white_space_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(piece.strip() and len(piece.encode()) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)


@given(TEXT)
def test_without_a_limit_there_is_one_piece(text: str) -> None:
    assert split(text, None) == ([text.strip()] if text.strip() else [])


def test_a_piece_ends_where_a_sentence_does() -> None:
    text = "单位应当足额支付工资。您可以向劳动监察部门投诉！“还有别的办法。”请留好证据"
    assert split(text, 66) == ["单位应当足额支付工资。", "您可以向劳动监察部门投诉！“还有别的办法。”", "请留好证据"]
    assert split("怎么办?老板跑了", 20) == ["怎么办?", "老板跑了"]


def test_an_address_and_a_character_of_several_stay_whole() -> None:
    address = "https://example.org/channels/link/o.20261123-0001.1764300000.abcdef"
    pieces = split("看全文和下载" * 5 + address, 100)
    assert address in pieces
    family = "👨‍👩‍👧"
    assert all(piece.count("👨") == piece.count("👧") for piece in split(family * 9, 50))


def test_a_limit_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="16"):
        split("x", 3)
