"""What is asked once an opinion is given, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.rasa.asking import asked, asks_ahead, asks_more
from bot.rasa.cues import QUESTION


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("要多久", {"lasts"}),
        ("多久能拿到钱", {"lasts"}),
        ("什么时候能判下来", {"lasts"}),
        ("多久之内要去告", {"deadline"}),
        ("什么时候之前要办", {"deadline"}),
        ("要多少钱", {"amount", "costs", "aid"}),
        ("打官司要花多少钱", {"costs", "aid"}),
        ("那我能要多少", {"amount"}),
        ("一天多少钱", {"amount"}),
        ("能要回来多少", {"amount"}),
        ("怎么报名", {"steps"}),
        ("能不能告他们", {"steps"}),
        ("要多少钱才能告她", {"costs", "aid"}),
        ("能赔多少钱", {"amount"}),
        ("能赢吗", {"win"}),
        ("这钱要得回来吗", {"win"}),
        ("我该告谁", {"against"}),
        ("谁来赔", {"against"}),
        ("能告总包不", {"against"}),
        ("还要打多少钱才能取出来", set()),
        ("需要什么材料", {"evidence"}),
        ("去哪里办", {"where"}),
        ("报名费多少", {"costs", "aid"}),
        ("鉴定费谁出", {"costs", "aid"}),
        ("啥时候能调", {"lasts"}),
        ("电话是多少", {"where"}),
        ("那我现在该怎么办", {"steps"}),
        ("我没钱请律师", {"aid"}),
        ("帮我写个诉状", {"documents"}),
        ("要多久，给我写个诉状", {"lasts", "documents"}),
        ("能直接交吗", {"use"}),
        ("签了有用吗", {"use"}),
        ("那要交啥子", {"evidence"}),
        ("要注意什么", {"steps"}),
        ("还有什么要注意", {"steps"}),
        ("那我具体要多少", {"amount"}),
        ("那要多少钱赔偿", {"amount"}),
        ("最后一天是哪天", {"deadline"}),
        ("太长了看不懂", {"core"}),
        ("你说简单点", {"core"}),
        ("最重要的是哪一条", {"core"}),
        ("没听懂，什么意思", {"core"}),
        ("监控怎么才能拿到", set()),
        ("毕业证能不能拿回来", set()),
        ("产假是多少天", set()),
        ("广东到底多少天", set()),
        ("要多少天", {"lasts"}),
        ("那我现在告诉她怀孕还来得及吗", set()),
        ("现在去告还来得及吗", {"deadline"}),
    ],
)
def test_what_is_asked_is_told(said: str, kinds: set[str]) -> None:
    assert set(asked(said)) == kinds


@pytest.mark.parametrize(
    "said",
    [
        "老板电话打不通",
        "要过他老说没钱",
        "有收据没合同",
        "喝了酒",
        "他电话关机了",
        "他写的欠条丢了",
        "事情很简单",
        "合同看不懂就签了",
    ],
)
def test_a_statement_asks_nothing(said: str) -> None:
    assert not asks_more(said)


def test_in_an_interview_only_what_the_opinion_will_tell_is_put_off() -> None:
    assert asks_ahead("要多久")
    assert asks_ahead("能赢吗")
    assert asks_ahead("要钱不")
    assert asks_ahead("要交钱不嘛")
    assert asks_ahead("那个要好久")
    assert not asks_ahead("我等好久了")
    assert asks_ahead("要怎么办")
    assert asks_ahead("那我该咋办")
    assert asks_ahead("要请律师吗")
    assert asks_ahead("最晚到啥时候")
    assert asks_ahead("过期了吗")
    assert asks_ahead("去哪告")
    assert not asks_ahead("他过期了还卖")
    assert not asks_ahead("我想找个律师")
    assert not asks_ahead("怎么办理退房的")
    assert not asks_ahead("医药费花了三千")
    assert not asks_ahead("没有证据")
    assert not asks_ahead("他说三个月以后给，到现在也没给我，我都不知道能不能要回来了")


@pytest.mark.parametrize("said", ["那能找老板要不", "要他老婆还不", "他老婆知道不知道", "合不合法"])
def test_a_question_needs_no_mark(said: str) -> None:
    assert QUESTION.search(said)


@pytest.mark.parametrize("said", ["他时不时来闹", "公司不发工资", "我不知道", "动不动就骂", "他现在不在家"])
def test_a_denial_is_no_question(said: str) -> None:
    assert not QUESTION.search(said)
