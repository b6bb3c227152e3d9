"""Legal words stay whole, courtesies go, and a greeting stays a greeting."""

from __future__ import annotations

import pytest

from bot.rasa.components.tokenizer import cut, to_the_point


@pytest.mark.parametrize(
    ("said", "point"),
    [
        ("你好，请问公司不发工资怎么办", "公司不发工资怎么办"),
        ("律师您好，我想咨询一下离婚房产怎么分割", "离婚房产怎么分割"),
        ("你好", "你好"),
        ("您好，在吗", "您好，在吗"),
        ("老板欠我工资", "老板欠我工资"),
    ],
)
def test_courtesies_in_front_go(said: str, point: str) -> None:
    assert to_the_point(said) == point


def test_the_legal_lexicon_is_known() -> None:
    assert "劳动合同" in cut("公司没跟我签劳动合同")


def test_traditional_and_full_width_text_is_cut_alike() -> None:
    assert cut("老闆欠我１２０００元") == cut("老板欠我12000元")


def test_a_very_long_message_is_cut_in_part_only() -> None:
    assert len("".join(cut("欠工资" * 7000))) <= 2000
