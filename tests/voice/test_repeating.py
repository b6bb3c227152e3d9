"""What is said back to the caller, and what counts as yes."""

from __future__ import annotations

import pytest

from voice.repeating import agreed, corrected, digits_said, keyed, same, to_repeat, written


@pytest.mark.parametrize(
    ("said", "repeated"),
    [
        ("一共欠了我五千块钱", ("五千块钱",)),
        ("他借了30000元，去年十月份没还", ("30000元", "去年十月份")),
        ("三月五号签的合同", ("三月五号",)),
        ("我在鑫达建筑有限公司上班", ("鑫达建筑有限公司",)),
        ("2023年6月18日开始的", ("2023年6月18日",)),
        ("公司不给我交社保", ()),
        ("我们公司老板跑了", ()),
        ("老板欠我三个月工资", ()),
        ("我有两个孩子", ()),
        ("我买了个手机 三千五 是假的", ("三千五",)),
        ("买手机花了3500", ("3500",)),
        ("后来转到上海小明有限公司", ("上海小明有限公司",)),
        ("我有个编号 20261130 0001", ()),
        ("查询码是123456", ()),
        ("一个月四千五 哦不 五千四", ("五千四",)),
        ("三月五号，不对，是三月十五号", ("三月十五号",)),
        ("欠我两万 不给", ("两万",)),
    ],
)
def test_amounts_dates_and_companies_are_said_back(said: str, repeated: tuple[str, ...]) -> None:
    assert to_repeat(said) == repeated


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("对", True),
        ("对的。", True),
        ("嗯，是的", True),
        ("没错", True),
        ("不对", False),
        ("不是", False),
        ("没有", False),
        ("你听错了", False),
        ("不是的", False),
        ("没有啊", False),
        ("不，不是这个数", False),
        ("没有签合同", None),
        ("不给我发工资", None),
        ("别的也没给", None),
        ("对不对我也记不清了", None),
        ("我想问一下", None),
    ],
)
def test_yes_and_no(said: str, meant: bool | None) -> None:
    assert agreed(said) is meant


@pytest.mark.parametrize(
    ("said", "repeated"),
    [
        ("老板欠我一万五", ("一万五",)),
        ("一个月五千", ("五千",)),
        ("三千二百六", ("三千二百六",)),
        ("月薪12000", ("12000",)),
        ("一千多号人", ()),
        ("占了我两百亩地", ()),
        ("2023年的事", ()),
        ("千万别告诉他", ()),
        ("万一他不给呢", ()),
        ("上个月的工资", ()),
        ("打过12345", ()),
    ],
)
def test_sums_are_said_back_without_their_unit_too(said: str, repeated: tuple[str, ...]) -> None:
    assert to_repeat(said) == repeated


@pytest.mark.parametrize(
    ("said", "digits"),
    [("我的电话是一三八", "138"), ("零零 幺三", "0013"), ("等一下", ""), ("0571 8888", "05718888")],
)
def test_the_digits_of_a_number_that_is_said(said: str, digits: str) -> None:
    assert digits_said(said) == digits


def test_a_long_number_that_is_said_is_written() -> None:
    assert written("编号是二零二六幺幺三零 零零零幺") == "编号是202611300001"
    assert written("一二三四五六") == "123456"
    assert written("我打了110 120 119") == "我打了110 120 119"
    assert written("我今年七十三 有三个儿子") == "我今年七十三 有三个儿子"
    assert written("欠我一万二千三百四十五") == "欠我一万二千三百四十五"


def test_the_same_sum_said_again_confirms_it() -> None:
    assert same("五万块", "他借我五万不还")
    assert same("对 五万", "五万块钱")
    assert not same("八万", "他借我五万不还")
    assert not same("不是五万", "他借我五万不还")
    assert not same("借条有", "他借我五万不还")


@pytest.mark.parametrize(
    ("told", "anew", "meant"),
    [
        ("老板欠我三万块工资 已经半年了", "不对 是五万块", "老板欠我五万块工资 已经半年了"),
        ("老板欠我三万块工资", "不是三万块，是五万", "老板欠我五万工资"),
        ("我在深圳华强有限公司上班 不给加班费", "不对 深圳华创有限公司", "我在深圳华创有限公司上班 不给加班费"),
        (
            "我去年三月五号进的厂 今年八月被辞退",
            "不对 是三月十五号",
            "我去年三月十五号进的厂 今年八月被辞退",
        ),
        ("我去年三月五号进的厂", "不对 是三月十五号", "我去年三月十五号进的厂"),
        ("我去年三月五号进的厂 欠五千块", "三月十五号 欠六千块", "我去年三月十五号进的厂 欠六千块"),
        ("借给他两万 还了五千", "不是五千 是六千", "借给他两万 还了六千"),
        ("借给他两万 还了五千", "不对 是六千", "借给他两万 还了六千"),
        ("老板欠我五万多", "不是五万 是五千多", "老板欠我五千多"),
        ("老板欠我五万块", "不是五万 是五千", "老板欠我五千"),
        ("老板欠我五万块", "五千 六千", "老板欠我五万块。五千 六千"),
        ("老板欠我三万块工资", "还有两千块押金", "老板欠我三万块工资。还有两千块押金"),
        ("老板欠我三万块工资", "再加两千块", "老板欠我三万块工资。再加两千块"),
        ("借给他两万 还了五千", "不对 是八百", "借给他两万 还了五千。不对 是八百"),
        (
            "原来在北京大明有限公司 后来转到上海小明有限公司",
            "不对 是北京大鹏有限公司",
            "原来在北京大鹏有限公司 后来转到上海小明有限公司",
        ),
        ("老板欠我三万块", "不对 是五万块 工头还打了我", "老板欠我五万块。不对 是五万块 工头还打了我"),
        ("老板欠我三万块", "不是三万块", ""),
    ],
)
def test_what_was_misheard_is_put_right_where_it_was_told(told: str, anew: str, meant: str) -> None:
    assert corrected(told, anew) == meant


def test_a_sum_by_keys_takes_the_place_of_the_one_misheard() -> None:
    assert keyed("老板欠我三万块工资", "50000") == "老板欠我50000元工资"
    assert keyed("借给他两万 还了五千", "6000") == "借给他两万 还了五千。6000"
