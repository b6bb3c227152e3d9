"""Answers by letter, by place and in words; and what is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.education.answer import LETTERS, read_answer
from bot.education.lesson import Lesson
from bot.education.lessons import load_lessons
from bot.education.wish import read_reply, read_wish

LESSONS = load_lessons(Path(__file__).resolve().parents[3] / "training_data" / "lessons").all()
CAN = [["能，都可以", "能", "可以"], ["不能", "不可以", "不行"]]
COUNT = [["十四周岁", "14"], ["十六周岁", "16"], ["十八周岁", "18"]]


@pytest.mark.parametrize(
    ("options", "said", "place"),
    [
        (CAN, "A", 0),
        (CAN, "b", 1),
        (CAN, "Ｂ", 1),
        (CAN, "选B吧", 1),
        (CAN, "我觉得是 A。", 0),
        (CAN, "第二个", 1),
        (CAN, "2", 1),
        (CAN, "能", 0),
        (CAN, "应该能吧", 0),
        (CAN, "不能", 1),
        (CAN, "我觉得不可以", 1),
        (CAN, "肯定不行", 1),
        (CAN, "C", None),
        (CAN, "A还是B", None),
        (CAN, "天气真好", None),
        (COUNT, "16岁", 1),
        (COUNT, "是十六周岁吧", 1),
        (COUNT, "不是十四周岁", None),
        (COUNT, "116", None),
        (COUNT, "3", 2),
        (COUNT, "4", None),
        (COUNT, "", None),
    ],
)
def test_answers(options: list[list[str]], said: str, place: int | None) -> None:
    assert read_answer(options, said) == place


@pytest.mark.parametrize("lesson", LESSONS, ids=[one.id for one in LESSONS])
def test_every_option_is_understood_as_itself(lesson: Lesson) -> None:
    options = [[option.say, *option.says] for option in lesson.quiz.options]
    for at, phrases in enumerate(options):
        for said in (LETTERS[at], LETTERS[at].lower(), f"选{LETTERS[at]}", *phrases):
            assert read_answer(options, said) == at, said
        assert read_answer(options, f"我觉得是{phrases[0]}") == at


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("今天学点什么", "lesson"),
        ("普法", "lesson"),
        ("讲讲劳动法", "lesson"),
        ("我想学法律", "lesson"),
        ("每日一题", "quiz"),
        ("考考我", "quiz"),
        ("出道题考我", "quiz"),
        ("来一题", "quiz"),
        ("订阅每日一题", "push"),
        ("怎么在微信上订阅", "push"),
        ("每天给我发一条普法知识", "push"),
        ("讲讲解决办法", None),
        ("讲讲劳动法第五十条", None),
        ("老板拖欠工资，讲讲劳动法", None),
        ("我老公每天给我发骚扰短信", None),
        ("学费能退吗", None),
        ("我想离婚", None),
        ("怎么写起诉状", None),
    ],
)
def test_wishes(words: str, wish: str | None) -> None:
    assert read_wish(words) == wish


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("换一题", "another"),
        ("下一个", "another"),
        ("再来一题", "another"),
        ("换个题", "another"),
        ("不答了", "stop"),
        ("不学了", "stop"),
        ("算了", "stop"),
        ("不想答了", "stop"),
        ("不知道", "give_up"),
        ("答案是什么", "give_up"),
        ("讲讲这一课", "lesson"),
        ("为什么", "lesson"),
        ("为啥呀？", "lesson"),
        ("这题是哪条法律说的", "lesson"),
        ("依据是什么", "lesson"),
        ("哪条法律规定老板要赔我", None),
        ("考考我", "quiz"),
        ("能", None),
        ("A", None),
        ("老板不知道去哪了", None),
    ],
)
def test_replies(words: str, reply: str | None) -> None:
    assert read_reply(words) == reply
