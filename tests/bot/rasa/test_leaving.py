"""An interview is left when the citizen says so, and never because an answer names another matter."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.facts import to_json
from bot.interviews.interview import Interview
from bot.interviews.reading import read_answers
from bot.interviews.topic_file import load_topics
from bot.rasa.hearing import hear
from bot.rasa.leaving import Leaving, gives_up, read_leaving, stops
from bot.rasa.meaning import Told, understand
from bot.rasa.situation import Situation

TODAY = date(2026, 11, 23)
TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")
DIVORCE = [("topic_divorce", 0.97), ("topic_custody", 0.01)]


def wages(asked: str = "") -> Situation:
    topic = TOPICS["unpaid_wages"]
    facts = read_answers(topic, {}, None, "老板欠我工资", TODAY).facts
    question = Interview(topic, facts, TODAY).next_question()
    assert question is not None
    return Situation(topic.id, to_json(facts), asked or question.fact, "interview")


def meaning(text: str, ranking: Any, situation: Situation) -> tuple[str, tuple[str, ...]]:
    heard = hear(text, situation)
    found = understand(Told(heard, ranking), situation, TOPICS, TODAY)
    return found.intent, found.candidates


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("算了，不说这个了，我想问离婚孩子归谁", "我想问离婚孩子归谁"),
        ("算了不说这个了我想问离婚", "我想问离婚"),
        ("先别管工资了，我还有个离婚的事", "我还有个离婚的事"),
        ("先别管工资了我还有个离婚的事", "我还有个离婚的事"),
        ("换个问题吧，房东不退押金怎么办", "房东不退押金怎么办"),
        ("工资的事先放一放，我被车撞了", "我被车撞了"),
        ("这个不问了，咱们说说邻居漏水的事", "咱们说说邻居漏水的事"),
        ("工资先不管，我想问问遗产怎么分", "我想问问遗产怎么分"),
        ("我不想问这个了，我想问拆迁补偿", "我想问拆迁补偿"),
        ("说点别的，我儿子在学校被打了", "我儿子在学校被打了"),
        ("不问了，我想问离婚", "我想问离婚"),
        ("我问的不是这个，我想问的是离婚", "我想问的是离婚"),
        ("工资以后再说，先说说工伤", "先说说工伤"),
        ("我想问离婚的事，工资先放一放", "我想问离婚的事"),
    ],
)
def test_the_rest_is_what_is_asked(text: str, rest: str) -> None:
    left = read_leaving(text)
    assert left is not None
    assert left.rest == rest


NOTHING_ELSE = """
换个问题 我想换个话题 问个别的问题 我想问点别的 换一个问题行吗 对了，换个问题，我想问一下 不说这个了 工资的事先放一放吧
不问这个了，换个问题
"""


@pytest.mark.parametrize("text", NOTHING_ELSE.split())
def test_nothing_else_is_said(text: str) -> None:
    left = read_leaving(text)
    assert left is not None
    assert not left.rest
    assert meaning(text, [("restart", 0.9)], wages()) == ("leave_topic", ())


STAYS = """
不说了 不问了 先不说别的，光工资就欠三个月 先不说这个，光工资就欠了三个月 老板不管我了
他不管孩子了 不管孩子了 不说话 三个月 不知道 算了 算了，还是按三个月算 公司不提这个
他说换个地方上班 换了三家公司 没换工作 我想换个律师 别的没有 没有别的了 我没问过
对方不愿意谈这个 押金先放着 放下车就走了 我先放了一万 老板说这事以后再说 这个以后再说
不想说这个 再说一遍 不说清楚不给钱 别问了烦死了 你别管 没人管 说换就换 放着不管
合同的事他不提了 他们让我先放一放 公司让我先放放假
"""


@pytest.mark.parametrize("text", ["算了不投诉了", "不查了", "先不信访了吧", "不投诉他了"])
def test_what_a_service_was_asked_for_is_given_up(text: str) -> None:
    assert read_leaving(text) is not None
    assert gives_up(text)


@pytest.mark.parametrize("text", ["他们不查了", "不说了", "公安不查这个案子了", "他投诉了"])
def test_what_others_do_not_do_is_not_given_up(text: str) -> None:
    assert not gives_up(text)


@pytest.mark.parametrize("text", STAYS.split())
def test_no_wish_to_leave(text: str) -> None:
    assert read_leaving(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("先别管工资了，我还有个离婚的事", ("change_topic", ("divorce",))),
        ("换个问题，我想离婚", ("change_topic", ("divorce",))),
        ("不问了，我想问离婚", ("change_topic", ("divorce",))),
        ("另外我还想离婚", ("second_topic", ("divorce",))),
    ],
)
def test_another_topic_is_gone_to_only_when_that_is_said(text: str, found: Any) -> None:
    assert meaning(text, DIVORCE, wages()) == found


@pytest.mark.parametrize("answer", ["欠了5000", "一共两万", "在单位上班"])
def test_an_answer_behind_the_wish_is_an_answer(answer: str) -> None:
    assert meaning(f"先不管这个，{answer}", [("inform", 0.9)], wages("owed"))[0] == "answer"
    assert meaning(f"不说这个了，{answer}", [("inform", 0.9)], wages("owed"))[0] == "answer"


def test_a_question_no_topic_knows_leaves_the_interview_for_a_search() -> None:
    assert meaning("换个问题，商标被别人抢注了怎么办", [("law_question", 0.9)], wages())[0] == "leave_topic"


def test_back_to_the_same_topic_is_no_change() -> None:
    assert meaning("不说这个了，还是老板欠我钱的事", [("topic_unpaid_wages", 0.97)], wages())[0] != "change_topic"


def test_danger_and_a_person_come_before_the_wish() -> None:
    assert meaning("不说这个了，我不想活了", DIVORCE, wages())[0] == "danger"
    assert meaning("不说这个了，转人工", DIVORCE, wages())[0] == "ask_person"


@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    left = read_leaving(text)
    assert left is None or left.rest in text


@pytest.mark.parametrize("piece", ["不说这个了", "先放着", "我们就", "工资的事", "算了，", "说点别的", "，"])
def test_is_quick(piece: str) -> None:
    began = time.process_time()
    read_leaving(piece * (200 // len(piece)))
    read_leaving(piece * (190 // len(piece)) + "吃")
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(
    "said", ["算了 不问了", "哦 那算了", "我不想说了", "算了 不告了", "真的不告了", "我再想想", "唉，算了吧"]
)
def test_who_wants_no_more_stops_the_matter(said: str) -> None:
    assert stops(said)
    assert read_leaving(said) == Leaving("", True)


@pytest.mark.parametrize(
    "said", ["算了", "不想说", "他不管了", "不签了", "老板说不告了", "算了还是按三个月算", "我再想想是几月份来着"]
)
def test_a_no_and_what_others_want_no_more_stop_nothing(said: str) -> None:
    assert not stops(said)
