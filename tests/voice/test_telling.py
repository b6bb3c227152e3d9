from __future__ import annotations

import pytest

from voice.synthesizer import Voice
from voice.telling import Telling, Wish, read_wish


@pytest.mark.parametrize(
    ("heard", "wish"),
    [
        ("再说一遍", Wish.REPEAT),
        ("请您再说一次好吗", Wish.REPEAT),
        ("没听清", Wish.REPEAT),
        ("不好意思，我没听清楚。", Wish.REPEAT),
        ("什么？", Wish.REPEAT),
        ("啊？你说什么", Wish.REPEAT),
        ("重复一下", Wish.REPEAT),
        ("慢一点", Wish.SLOWER),
        ("您说慢点儿", Wish.SLOWER),
        ("说得太快了", Wish.SLOWER),
        ("能不能慢慢说", Wish.SLOWER),
        ("没听清，慢一点说", Wish.SLOWER),
        ("慢点再说一遍", Wish.SLOWER),
        ("快一点", Wish.FASTER),
        ("你说快点行吗", Wish.FASTER),
        ("大声点", Wish.LOUDER),
        ("我耳朵背 你大声点", Wish.LOUDER),
        ("声音太小了", Wish.LOUDER),
        ("你声音大一点好不好", Wish.LOUDER),
        ("我这边太吵了 你再说一遍", Wish.LOUDER),
        ("我七十多了 听不清 你大声点", Wish.LOUDER),
        ("你大声点我耳朵背", Wish.LOUDER),
        ("听不清 我这边太吵了", Wish.LOUDER),
        ("你好", Wish.THERE),
        ("楼上声音太大", None),
        ("耳朵聋了", None),
        ("工资发得慢一点", None),
        ("不用再说一遍了", None),
        ("快递没收到", None),
        ("什么证据", None),
        ("说好的钱没给", None),
        ("", None),
    ],
)
def test_a_wish_is_read_only_when_it_is_nothing_else(heard: str, wish: Wish | None) -> None:
    assert read_wish(heard) is wish


def test_a_second_repetition_is_slower_and_the_pace_stays() -> None:
    told = Telling().next("您好。")
    once = told.after(Wish.REPEAT)
    assert (once.text, once.speed) == ("您好。", 1.0)
    twice = once.after(Wish.REPEAT)
    assert twice.voice(8000) == Voice(8000, 0.8)
    assert twice.next("请问").after(Wish.REPEAT) == Telling("请问", 0.8, 1)


def test_the_pace_has_ends() -> None:
    slow = fast = Telling("您好。")
    for _ in range(9):
        slow, fast = slow.after(Wish.SLOWER), fast.after(Wish.FASTER)
    assert (slow.speed, fast.speed) == (0.6, 1.2)


@pytest.mark.parametrize(
    "heard",
    [
        "喂？",
        "喂喂",
        "在吗",
        "你还在吗",
        "听得到吗",
        "能听见我说话吗",
        "怎么没声音",
        "有人吗",
        "现在有人在吗",
        "怎么不说话了",
    ],
)
def test_who_only_wants_to_be_heard_hears_the_last_question(heard: str) -> None:
    assert read_wish(heard) is Wish.THERE
    told = Telling().next("好的，我记下了。他欠您多少钱？说个大概就行。").after(Wish.THERE)
    assert told.text == "他欠您多少钱？"
    assert (told.speed, told.repeats) == (1.0, 0)
    assert Telling().after(Wish.THERE).text == ""


@pytest.mark.parametrize("heard", ["喂我被打了", "他还在厂里吗", "听说能赔钱吗", "在工地"])
def test_a_matter_is_no_call_into_the_silence(heard: str) -> None:
    assert read_wish(heard) is None


def test_a_question_is_put_again_with_its_answers() -> None:
    told = Telling().next("我记下了。报过警吗？没报过警，还是报过警没有告诫书？")
    assert told.last == "报过警吗？没报过警，还是报过警没有告诫书？"
