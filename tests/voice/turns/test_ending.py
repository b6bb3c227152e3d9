"""A turn is over when nothing more is to be expected, and never much later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.nodding import nods
from voice.turns.completeness import Completeness, completeness
from voice.turns.ending import Ending
from voice.turns.expected import Expected, expected

PIECES = ("老板", "欠我", "然后", "就是", "因为", "的", "了", "吗", "怎么办", "对", "138", "，")
ANY_TEXT = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES)).map("".join))
ASKED = st.sampled_from(["yes_no", "number", "story", "open"])


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("您好，这里是12348法律热线。您遇到什么事了？慢慢说，我在听。", "story"),
        ("您跟公司签了劳动合同吗？", "yes_no"),
        ("是不是在上班的路上受的伤？", "yes_no"),
        ("有没有借条？", "yes_no"),
        ("您能换个说法，用一两句话说说发生了什么事吗？", "story"),
        ("对方是公司还是个人？", "yes_no"),
        ("他一共欠您多少钱？", "number"),
        ("您的电话号码是多少？", "number"),
        ("您是哪一年进的公司？", "number"),
        ("您住在哪个城市？", "open"),
        ("好的，我说慢一点。您跟我说说经过。", "story"),
        ("我跟您核对一下，五千块钱，对吗？", "yes_no"),
        ("", "story"),
    ],
)
def test_what_kind_of_answer_is_expected(said: str, asked: Expected) -> None:
    assert expected(said) == asked


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("对", "yes_no", "complete"),
        ("没有签", "yes_no", "unknown"),
        ("没有", "yes_no", "complete"),
        ("对", "story", "unknown"),
        ("老板三个月没发工资然后", "story", "incomplete"),
        ("我想问一下就是", "story", "incomplete"),
        ("因为", "story", "incomplete"),
        ("公司不给我发工资，我该怎么办", "story", "complete"),
        ("我被公司辞退了。", "story", "unknown"),
        ("签了。", "yes_no", "complete"),
        ("没签过", "yes_no", "complete"),
        ("公司已经三个月没有发工资了", "yes_no", "unknown"),
        ("最低工资标准是多少钱一个月", "story", "complete"),
        ("打官司需要准备哪些材料", "story", "complete"),
        ("我的电话号码是一三八零零一三八零零零", "open", "complete"),
        ("我也不知道怎么说", "story", "incomplete"),
        ("他们说不管怎么样都要我先把钱交上去", "story", "unknown"),
        ("这样合法吗", "story", "complete"),
        ("对的", "yes_no", "complete"),
        ("在一家很大的", "story", "incomplete"),
        ("一三八零零", "number", "incomplete"),
        ("一三八零零一三八零零零", "number", "complete"),
        ("13800138000", "number", "complete"),
        ("五千块", "number", "complete"),
        ("一共", "number", "incomplete"),
        ("房子是婚后买的", "open", "unknown"),
        ("我是在一家很大的", "story", "incomplete"),
        ("就这些", "story", "complete"),
        ("老板拖欠我三个月工资一直不给", "story", "unknown"),
        ("要了好几次还是没给", "story", "unknown"),
        ("他把东西给", "story", "incomplete"),
        ("昨天晚上我老公又打我", "story", "unknown"),
        ("我要告他", "open", "unknown"),
        ("我老板说他", "story", "incomplete"),
        ("后来我们", "story", "incomplete"),
        ("现在人还在", "yes_no", "unknown"),
        ("我住在", "open", "incomplete"),
        ("私人的", "yes_no", "unknown"),
        ("就一个", "number", "unknown"),
        ("大概是一万五左右", "number", "complete"),
        ("二零二三年五月十号", "number", "complete"),
        ("仲裁的时效是一年", "number", "unknown"),
        ("我叫王小明今年三十五岁", "number", "unknown"),
        ("有一个", "story", "incomplete"),
        ("", "open", "unknown"),
    ],
)
def test_whether_it_can_be_all(text: str, asked: Expected, found: Completeness) -> None:
    assert completeness(text, asked) == found


def over(text: str, asked: Expected) -> float:
    """Seconds of silence after which the turn is over."""
    return next(at / 50 for at in range(800) if Ending().ended(text, asked, at / 50, 5.0) == "done")


def test_a_short_answer_is_taken_at_once_and_a_story_given_time() -> None:
    assert over("对", "yes_no") <= 0.3
    assert over("老板不发工资", "story") > over("老板不发工资", "yes_no")
    assert over("老板不发工资然后", "story") >= 1.8
    assert over("他没说", "number") < over("两万零", "number"), "what is no number is not waited for as one"
    assert over("一三八零零", "number") > over("一三八零零一三八零零零", "number")


@pytest.mark.parametrize("told", ["我在工地上受伤了", "网上买到了假货", "好的我明白了", "我父亲去世了没有留下遗嘱"])
@pytest.mark.parametrize("asked", ["yes_no", "open"])
def test_who_tells_what_happened_has_the_time_of_a_story(told: str, asked: Expected) -> None:
    assert over(told, asked) == over(told, "story")
    assert over("签了", asked) < over("签了", "story")


@given(ANY_TEXT, ASKED, st.floats(0, 60), st.floats(0, 60))
def test_it_always_ends_and_stays_ended(text: str, asked: Expected, quiet: float, more: float) -> None:
    ending = Ending()
    if ending.ended(text, asked, quiet, 1.0) == "done":
        assert ending.ended(text, asked, quiet + more, 1.0) == "done"
    assert ending.ended(text, asked, 2.5, 3.0) == "done"
    assert ending.ended(text, asked, 0.0, 15.0) == "cap"


@given(ANY_TEXT, ASKED)
def test_marks_change_nothing(text: str, asked: Expected) -> None:
    assert completeness(text + "。", asked) == completeness(text, asked)


@given(ANY_TEXT)
def test_any_question_asks_for_something(text: str) -> None:
    assert expected(text) in ("yes_no", "number", "story", "open")


@given(ANY_TEXT)
def test_over_a_question_nobody_nods(text: str) -> None:
    assert not nods(text, "您签合同了吗？")
