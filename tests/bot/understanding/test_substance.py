"""Whether a message tells anything."""

from __future__ import annotations

import pytest

from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import acknowledges, content, is_bare, scolds


@pytest.mark.parametrize(
    "said",
    [
        "没有",
        "不",
        "没什么好说的",
        "不知道",
        "不知道叫什么",
        "我也不清楚是哪个国家",
        "是的",
        "好的，好的",
        "嗯嗯",
        "不想说",
        "没有，没有",
        "不告诉你",
        "说不清楚",
        "不晓得怎么讲",
        "没啥",
        "ok",
        "……",
        "这个嘛，我忘了",
        "哪国我也不记得了",
        "没有了，谢谢",
    ],
)
def test_bare(said: str) -> None:
    assert is_bare(said)


@pytest.mark.parametrize(
    "said",
    [
        "不丹",
        "无锡张律师",
        "没人管我，老板欠了三个月工资没给",
        "他不还钱，还骂人",
        "老板说没钱，一直不发工资",
        "有为律师事务所",
        "我也不知道他为什么打我，反正昨天在楼下他就打了我一顿",
        "已经三年没给钱了",
        "不是我撞的他，是他自己摔的",
        "会理县",
        "是这样的，我跟他签了合同他不认账",
        "没有合同也没有收据，就是微信上说的",
        "律师收了钱不办事",
        "不给钱",
        "好心借钱给他他不还",
        "我也不清楚他们怎么弄的，房子就没了",
        "房东不退押金",
        "要不回来",
    ],
)
def test_tells_something(said: str) -> None:
    assert not is_bare(said)


@pytest.mark.parametrize(
    "said",
    [
        "你什么都不懂",
        "你们啥都不知道",
        "你懂不懂啊",
        "你们根本不了解",
        "你这机器人什么都不明白",
        "你啥也不懂还问",
        "你真没用",
        "你们一点都不懂",
        "您也不知道啊",
        "你们这些人就是不懂",
        "你知不知道啊",
        "你个破机器人屁都不懂",
        "你会不会啊",
        "你们真不是东西",
        "唉，你什么都不懂",
    ],
)
def test_scolding_is_no_answer(said: str) -> None:
    assert scolds(said)
    assert read_polarity(said) is None


@pytest.mark.parametrize(
    "said",
    ["我什么都不懂", "你问的这个我不知道", "啥都不知道", "您说的那个我不清楚", "我老了，啥也不懂", "我也不懂这些"],
)
def test_ones_own_ignorance_is_an_answer(said: str) -> None:
    assert not scolds(said)
    assert read_polarity(said) == "unknown"


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("不对，说错了，我们家里还有个娃", "我们家里还有个娃"),
        ("不对不对，我签了的", "我签了的"),
        ("哎呀说错了，是没签", "是没签"),
        ("等等，刚才说错了，有合同", "有合同"),
        ("错了错了，他还钱了", "他还钱了"),
        ("更正一下：没离婚", "没离婚"),
        ("我刚才打错了，是五千", "是五千"),
        ("不对", "不对"),
        ("说错了", "说错了"),
        ("没有签", "没有签"),
        ("错过了时间", "错过了时间"),
        ("不对劲，他老跟着我", "不对劲，他老跟着我"),
    ],
)
def test_what_a_correction_says(said: str, rest: str) -> None:
    assert content(said) == rest


@pytest.mark.parametrize(
    "said",
    [
        "没有",
        "没有了",
        "好",
        "嗯",
        "知道了",
        "谢谢",
        "好的，知道了",
        "明白了谢谢",
        "没别的了",
        "就这样吧",
        "行，我再想想",
        "嗯嗯好的谢谢",
    ],
)
def test_what_was_told_has_arrived(said: str) -> None:
    assert acknowledges(said)


@pytest.mark.parametrize(
    "said", ["没签合同", "没钱了", "好多年了", "我知道他住哪", "要多久", "没有证据", "谢谢，还有个问题", ""]
)
def test_what_tells_or_asks_more_is_no_acknowledgement(said: str) -> None:
    assert not acknowledges(said)
