"""Lines are as full as they can be, no number is torn, and punctuation stays with its word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.lines import break_lines


def wide(text: str) -> float:
    return float(sum(1 if one.isascii() else 2 for one in text))


def lines(text: str, room: float = 20) -> list[str]:
    return ["".join(words for words, _ in line) for line in break_lines(text, wide, room, room)]


def test_a_number_is_not_torn_and_no_line_begins_with_a_comma() -> None:
    assert lines("被申请人拖欠的工资共15,000元") == ["被申请人拖欠的工资共", "15,000元"]
    assert lines("一二三四五六七八九十，后面") == ["一二三四五六七八九", "十，后面"]
    assert lines("一二三四五六七八【姓名】，后") == ["一二三四五六七八【姓", "名】，后"]
    assert lines("一二三四五六七八九《民法典》") == ["一二三四五六七八九", "《民法典》"]


def test_gaps_are_told_apart() -> None:
    assert list(break_lines("我叫【姓名】。", wide, 40, 40)) == [[("我叫", False), ("【姓名】", True), ("。", False)]]


@given(st.text(alphabet="一二，。《》（）【】a1 ", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    assert "".join(lines(text)) == text
    assert all(wide(line) <= 44 for line in lines(text))
