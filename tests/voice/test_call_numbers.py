"""Numbers said and pressed, and who is called back."""

from __future__ import annotations

import pytest

from tests.voice.calling import Told, asked, said
from voice.call_actions import (
    CallBack,
    JoinQueue,
    KeepMessage,
)
from voice.call_events import (
    NoSeat,
    Pressed,
    Replied,
)


def test_without_a_number_it_is_asked_for_by_keys() -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"))
    told.spoken()
    assert KeepMessage() in told.give(Pressed("#"))
    told.spoken()
    told.give(*(Pressed(key) for key in "057112345678"))
    assert CallBack("057112345678", "明天上午") in told.give(Pressed("#"))


def test_a_zero_alone_where_a_number_may_begin_with_it_is_a_person() -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"), Pressed("#"), Pressed("#"), Pressed("0"))
    assert JoinQueue(urgent=False) in told.give(Pressed("#"))


def test_a_matter_s_number_and_code_are_no_sums(told: Told) -> None:
    assert asked(told.says("编号是二零二六幺幺三零零零零幺")) == [("编号是202611300001", True)]
    told.give(Replied(1, "请告诉我6位查询码。"))
    told.spoken()
    assert asked(told.says("一二三四五六")) == [("123456", True)]


def test_the_number_to_call_may_be_said_in_pieces() -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"), Pressed("#"))
    told.spoken()
    told.give(Pressed("#"))
    assert "138" in said(told.says("我的电话是一三八"))
    assert "1380013" in said(told.says("零零幺三"))
    assert said(told.says("八零零零")) == "我跟您核对一下，您的电话号码是13800138000，对吗？"
    assert CallBack("13800138000", "明天上午") in told.says("对的")


def test_a_number_heard_wrongly_is_said_anew() -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"))
    told.spoken()
    told.give(Pressed("#"))
    told.says("一三八零零一三八零零零")
    assert "请说一下您的电话号码" in said(told.says("不对"))
    assert "13900138000" in said(told.says("一三九零零一三八零零零"))


@pytest.mark.parametrize("text", ["我要你们给我回电话", "就打这个号码", "我要留言", "你们给我打个电话吧"])
def test_who_wants_to_be_called_leaves_word(told: Told, text: str) -> None:
    assert "您可以留言" in said(told.says(text))


@pytest.mark.parametrize("text", ["给我回电话 打我另外一个号码", "你们打我儿子的电话吧", "给我打电话 别打这个换个号码"])
def test_who_wants_to_be_called_elsewhere_is_asked_where(told: Told, text: str) -> None:
    assert "您可以留言" in said(told.says(text))
    told.spoken()
    assert "请说一下您的电话号码" in said(told.give(Pressed("#")))
    assert "13712345678，对吗" in said(told.says("一三七一二三四五六七八"))
    assert CallBack("13712345678", "下一个工作日下班前") in told.says("对")


def test_the_number_may_be_said_with_the_wish_to_be_called(told: Told) -> None:
    told.says("我的电话是一三七一二三四五六七八 你们给我打")
    told.spoken()
    assert "13712345678，对吗" in said(told.give(Pressed("#")))
    assert CallBack("13712345678", "下一个工作日下班前") in told.says("对的")


@pytest.mark.parametrize("text", ["他给我打电话骂我", "他在网上留言骂我", "老板说给我打电话再没打", "老板不给我回话"])
def test_who_tells_of_a_call_wants_none(told: Told, text: str) -> None:
    assert asked(told.says(text)) == [(text, True)]


@pytest.mark.parametrize(
    "text",
    [
        "我刚才打过说到一半断了",
        "我刚才打过电话 断了",
        "电话突然断了",
        "上次没说完",
        "我昨天打过",
        "我还是刚才那个",
        "接着刚才的说",
    ],
)
def test_who_calls_again_is_told_sorry(told: Told, text: str) -> None:
    assert "上次没说完" in said(told.says(text))


@pytest.mark.parametrize(
    "text",
    ["我腿断了", "昨天手指断了", "他突然断了联系", "我打过架", "我打过他", "我昨天打过电话给老板", "我之前打过官司"],
)
def test_what_sounds_like_calling_again_is_a_story(told: Told, text: str) -> None:
    assert asked(told.says(text)) == [(text, True)]


@pytest.mark.parametrize(
    "text",
    ["昨天打过 没人回我", "你们说给我回电话 到现在都没打", "我留了言没人给我回电话", "我等了三天也没人给我回电话"],
)
def test_who_was_not_called_back_gets_a_person(told: Told, text: str) -> None:
    actions = told.says(text)
    assert JoinQueue(urgent=False) in actions
    assert "白等了" in said(actions)


@pytest.mark.parametrize(
    "text", ["老板打过电话说给钱 没打过来", "我打过110没人来", "你们公司没给我打工资", "我打过工没签合同"]
)
def test_who_was_not_called_by_others_tells_of_it(told: Told, text: str) -> None:
    assert asked(told.says(text))


def test_words_take_the_place_of_keys_that_were_not_ended(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多少？"), Pressed("1"), Pressed("2"))
    told.says("欠了五千块")
    assert asked(told.says("对")) == [("欠了五千块", True)]
    told.give(Replied(2, "欠了几个月？"), Pressed("6"))
    assert asked(told.give(Pressed("#"))) == [("6", True)]


def test_a_sum_by_keys_is_put_where_it_was_told(told: Told) -> None:
    told.says("老板欠我三万块工资")
    told.give(*(Pressed(key) for key in "50000"))
    assert asked(told.give(Pressed("#"))) == [("老板欠我50000元工资", True)]


@pytest.mark.parametrize("digits", ["139008877665", "1380013800", "12345"])
def test_a_number_with_a_digit_too_many_or_too_few_is_asked_for_anew(digits: str) -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"))
    told.spoken()
    told.give(Pressed("#"))
    told.give(*(Pressed(key) for key in digits))
    actions = told.give(Pressed("#"))
    assert not any(isinstance(one, CallBack) for one in actions)
    assert "位数不对" in said(actions)


def test_a_mobile_said_with_a_digit_too_many_is_asked_for_anew() -> None:
    told = Told(caller="")
    told.give(Pressed("0"), NoSeat("明天上午"))
    told.spoken()
    told.give(Pressed("#"))
    told.says("一三九零零八八")
    assert "位数不对" in said(told.says("七七六六五"))
    assert "13900887766" in said(told.says("一三九零零八八七七六六"))


def test_a_number_that_nobody_asked_for_is_no_matter(told: Told) -> None:
    told.give(Pressed("5"))
    actions = told.give(Pressed("#"))
    assert asked(actions) == []
    assert "按0" in said(actions)
