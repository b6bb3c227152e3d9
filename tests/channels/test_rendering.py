"""What a channel lacks is said in words: choices get numbers, cards become text and a link, long text is split."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SHANGHAI
from bot.desk.afterwards.survey import ASK
from bot.dialogue.engine import Part
from bot.message import Message
from channels.capabilities import Capabilities
from channels.numbered import chosen, may_choose, menu
from channels.rendering import Piece, render

BARE = Capabilities(text_bytes=2048, buttons=0, cards=False, files=False)
QUESTION = Part("choices", "您是哪一种？", ("单位员工", "给个人帮工", "不清楚"))


def message(*parts: Part) -> Message:
    return Message("c" * 32, 3, "bot", "m", datetime(2026, 11, 23, tzinfo=SHANGHAI), parts, "wechat")


def link(_message: Message, part: Part) -> str:
    return f"https://example.org/{part.kind}"


def test_choices_get_numbers_and_parts_share_a_piece() -> None:
    [piece] = render(message(Part("text", "可以要回来。"), QUESTION), BARE)
    assert piece.text == "可以要回来。\n\n您是哪一种？\n\n请回复数字：\n1. 单位员工\n2. 给个人帮工\n3. 不清楚"
    assert piece.choices == ()


def test_buttons_where_there_are_enough() -> None:
    three = Capabilities(text_bytes=2048, buttons=3, cards=False)
    assert render(message(QUESTION), three) == [Piece("text", "您是哪一种？", QUESTION.choices)]
    assert "1. 单位员工" in render(message(QUESTION), Capabilities(buttons=2))[0].text


def test_the_only_way_out_gets_no_number_and_neither_do_scores() -> None:
    months = Part("choices", "拖欠了几个月？", ("不清楚",))
    assert "1." not in menu(months)
    assert chosen("1", [months]) == ""
    assert chosen("5", [ASK]) == "", "five points, not the fifth word"


def test_an_opinion_is_text_with_a_link_or_a_card() -> None:
    opinion = Part("opinion", "单位应当支付工资。", data={"title": "意见书"})
    [piece] = render(message(opinion), BARE, link)
    assert piece.text == "单位应当支付工资。\n\n看全文和下载：https://example.org/opinion"
    [card] = render(message(opinion), Capabilities(), link)
    assert (card.kind, card.link, card.data["title"], card.data["part"]) == (
        "card",
        "https://example.org/opinion",
        "意见书",
        "opinion",
    )


def test_long_text_is_split_and_the_menu_comes_last() -> None:
    pieces = render(message(Part("text", "这是一句话，说明情况。" * 300), QUESTION), BARE)
    assert len(pieces) > 3
    assert all(len(piece.text.encode()) <= 2048 for piece in pieces)
    assert all(piece.text.endswith("。") for piece in pieces[:-1])
    assert pieces[-1].text.endswith("3. 不清楚")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("2", 1), ("２", 1), ("第二个", 1), ("选2", 1), ("我选第二个。", 1), ("②", 1), ("二", 1), (" 2. ", 1),
        ("两", 1), ("第3项", 2), ("三", 2), ("1、", 0), ("2个月", None), ("0", None), ("4", None), ("十二", None),
        ("二十", None), ("2026", None), ("单位员工", None), ("", None), ("第", None), ("2号去的", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_the_choice_it_names(said: str, wanted: int | None) -> None:
    assert chosen(said, [Part("text", "x"), QUESTION]) == ("" if wanted is None else QUESTION.choices[wanted])


@given(st.integers(1, 20), st.integers(2, 20))
def test_every_number_shown_comes_back(number: int, many: int) -> None:
    part = Part("choices", "？", tuple(f"选项{at}" for at in range(many)))
    wanted = part.choices[number - 1] if number <= many else ""
    numeral = "零一二三四五六七八九"
    words = ("十" if number < 20 else "二十") if number >= 10 else ""
    chinese = words + (numeral[number % 10] if number % 10 else "") if number >= 10 else numeral[number]
    for said in (str(number), chinese, f"第{chinese}个", chr(0x245F + number)):
        assert chosen(said, [part]) == wanted, said


@given(st.text())
def test_nothing_said_breaks_the_reading(said: str) -> None:
    assert chosen(said, [QUESTION]) in ("", *QUESTION.choices)
    assert may_choose(said) in (True, False)


PART = st.builds(
    Part,
    st.sampled_from(["text", "choices", "articles", "opinion", "file"]),
    st.text(max_size=400),
    st.lists(st.text("甲乙丙", min_size=1, max_size=5), max_size=5).map(tuple),
)


@given(st.lists(PART, max_size=5), st.integers(64, 400), st.integers(0, 5), st.booleans(), st.booleans())
def test_every_message_fits_every_channel(
    parts: list[Part], limit: int, buttons: int, cards: bool, files: bool
) -> None:
    able = Capabilities(text_bytes=limit, buttons=buttons, cards=cards, files=files)
    pieces = render(message(*parts), able, link)
    assert pieces == render(message(*parts), able, link)
    told: Any = "".join(piece.text for piece in pieces)
    for piece in pieces:
        assert piece.kind != "text" or (piece.text and len(piece.text.encode()) <= limit)
        assert len(piece.choices) <= buttons
    assert all(part.text.strip() == "" or part.text.strip()[0] in told for part in parts)
