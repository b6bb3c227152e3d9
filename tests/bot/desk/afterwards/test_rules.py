"""The rules that judge every consultation."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.clock import SHANGHAI
from bot.desk.afterwards.rules import Consultation, judge
from bot.desk.afterwards.sheet import criteria, from_json, to_json, total
from bot.dialogue.engine import Part
from bot.message import Message, Sender

START = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
GOOD: list[tuple[Sender, int, str]] = [
    ("staff", 20, "您好，我是值班律师周明，您的情况我看到了。"),
    ("citizen", 60, "老板三个月没发工资"),
    ("staff", 150, "按《劳动法》第五十条，工资要按月发。申请仲裁的时效是一年，别拖。"),
    ("staff", 170, "还有什么想问的吗？"),
    ("citizen", 200, "没有了"),
    ("staff", 215, "好的，祝您顺利，有事随时再来。"),
]


def judged(
    said: list[tuple[Sender, int, str]], *, deadline: bool = True, advises: bool = True
) -> dict[str, int | None]:
    messages = [
        Message("c", seq, sender, f"m{seq}", START + timedelta(seconds=at), (Part("text", text),), "web")
        for seq, (sender, at, text) in enumerate(said, 1)
    ]
    marks = judge(Consultation(START, messages, deadline, advises))
    assert [mark.criterion.id for mark in marks] == list(criteria("rules"))
    assert from_json("rules", to_json(marks)) == marks
    return {mark.criterion.id: mark.points for mark in marks} | {"total": total(marks)}


def test_a_good_consultation_gets_everything() -> None:
    assert judged(GOOD)["total"] == 100


@pytest.mark.parametrize(
    ("rule", "place", "said"),
    [
        ("greeting", 0, ("staff", 20, "我是值班律师周明")),
        ("identity", 0, ("staff", 20, "您好，请讲。")),
        ("article", 2, ("staff", 150, "工资要按月发，时效是一年。")),
        ("forbidden", 2, ("staff", 150, "按《劳动法》第五十条要按月发，您怎么不早说，时效一年。")),
        ("promise", 2, ("staff", 150, "按《劳动法》第五十条，这个官司一定能赢，时效一年。")),
        ("deadline", 2, ("staff", 150, "按《劳动法》第五十条，工资要按月发。")),
        ("first_answer", 0, ("staff", 59 + 2, "您好，我是值班律师周明。")),
        ("next_answers", 2, ("staff", 361, "按《劳动法》第五十条，工资要按月发，时效一年。")),
    ],
)
def test_one_fault_costs_its_rule_alone(rule: str, place: int, said: tuple[Sender, int, str]) -> None:
    talk = [*GOOD]
    talk[place] = said
    if rule == "next_answers":
        talk[3:] = [(who, at + 300, text) for who, at, text in talk[3:]]
    marks = judged(talk)
    assert marks.pop("total") == round(100 - (criteria("rules")[rule].most))
    assert [name for name, points in marks.items() if points == 0] == [rule]


def test_closing_is_looked_for_at_the_end() -> None:
    marks = judged([*GOOD[:3], ("staff", 170, "就这样。"), ("staff", 180, "好。")])
    assert marks["closing"] == 0


def test_what_does_not_apply_is_left_out() -> None:
    marks = judged([GOOD[0], GOOD[3]], deadline=False, advises=False)
    assert marks["deadline"] is None
    assert marks["article"] is None
    assert marks["total"] == 100


def test_silence_is_no_consultation() -> None:
    marks = judged([("citizen", 5, "在吗")])
    assert marks["greeting"] == marks["identity"] == marks["article"] == marks["closing"] == 0
