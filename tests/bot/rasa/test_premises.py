"""What contradicts the topic of an interview leaves it; what only names such a word answers."""

from __future__ import annotations

import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.premises import contradicts, leaves_premise, of_the_side
from bot.rasa.situation import Situation
from bot.understanding.meant import meant
from tests.conftest import TOPICS

TOPIC = load_topics(TOPICS)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("domestic_violence", "就是我们主任，他开会的时候拿文件夹打我头"),
        ("domestic_violence", "不是老公，是邻居"),
        ("inheritance", "我公公还活着"),
        ("platform_workers", "都有，就是车祸，找谁赔啊"),
        ("platform_workers", "我是乘客"),
        ("occupational_disease", "是体检漏诊，看病那个"),
        ("minor_offender", "打架伤人怎么赔，我弟23了"),
        ("visiting_rights", "我妈是老人呀，说的是我妈，不是看孩子"),
        ("unpaid_wages", "我是老板！不是打工的，我问我要赔人家多少"),
    ],
)
def test_it_is_left(topic: str, text: str) -> None:
    assert contradicts(topic, meant(text))


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("domestic_violence", "邻居都报警了"),
        ("domestic_violence", "我老公在公司上班"),
        ("domestic_violence", "我告诉同事了"),
        ("domestic_violence", "现在安全，在邻居家"),
        ("domestic_violence", "我躲到同事那里了"),
        ("inheritance", "我妈还在"),
        ("platform_workers", "出了车祸以后站长就不理我了"),
        ("occupational_disease", "医院说是尘肺"),
        ("inheritance", "我爸妈就我和哥俩，我妈还在"),
        ("minor_offender", "不满18岁"),
        ("female_workers", "我没上班就生了"),
        ("unpaid_wages", "老板说没钱"),
    ],
)
def test_it_is_answered(topic: str, text: str) -> None:
    assert not contradicts(topic, meant(text))


def test_who_insists_on_another_matter_is_taken_there() -> None:
    divorce = Situation("divorce", {}, "special", "interview")
    changed = leaves_premise("我改主意了,先不离了,就想把赌债的事弄清楚", [("topic_divorce", 0.5)], divorce, TOPIC)
    assert changed is not None
    assert (changed.intent, changed.candidates) == ("change_topic", ("marital_debt",))
    assert leaves_premise("我问的是什么时候能判", [("topic_divorce", 0.9)], divorce, TOPIC) is None


def test_who_employs_is_taken_to_what_employers_ask() -> None:
    for topic in ("unpaid_wages", "probation", "overtime", "social_insurance", "female_workers"):
        worker = Situation(topic, {}, "relation", "interview")
        left = leaves_premise("我是老板,不是打工的", [(f"topic_{topic}", 0.9)], worker, TOPIC)
        assert left is not None
        assert (left.intent, left.candidates) == ("change_topic", ("employer",))


@pytest.mark.parametrize("words", ["工资卡被老板拿着", "老板打了我两巴掌", "老板让我去劳动局说没欠我钱"])
def test_nobody_is_taken_for_an_employer_who_says_nothing_of_it(words: str) -> None:
    ranking = [("topic_unpaid_wages", 0.4), ("topic_employer", 0.4), ("topic_dismissal", 0.2)]
    assert [name for name, _ in of_the_side(words, ranking, "")] == ["topic_unpaid_wages", "topic_dismissal"]
    assert of_the_side(words, ranking, "")[0][1] == pytest.approx(0.4 / 0.6)
    assert of_the_side(words, ranking, "employer") == ranking


@pytest.mark.parametrize("words", ["我是开理发店的,员工告我", "我招了个17岁的", "我们公司想让他走"])
def test_who_says_that_they_employ_may_be_one(words: str) -> None:
    ranking = [("topic_employer", 0.4), ("topic_unpaid_wages", 0.4)]
    assert of_the_side(words, ranking, "") == ranking
