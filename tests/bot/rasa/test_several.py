"""Where a message counts out several problems, and when it only counts."""

from __future__ import annotations

import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.beside import read_both
from bot.rasa.several import Parts, find_several, parted
from bot.rasa.two_problems import TwoProblems
from bot.understanding.meant import meant
from tests.conftest import TOPICS

TOPIC = load_topics(TOPICS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("三件事：第一，我爸走了没留遗嘱；第二，表弟借钱不还；第三，不给交社保", 3),
        ("两个事，一个是我被公司裁了没赔钱，另一个是租房押金不退", 2),
        ("1、老板欠我三个月工资 2、房东不退押金", 2),
        ("问三个问题 1试用期可以不交社保吗 2公司让我签空白合同怎么办 3离职要提前多久", 3),
        ("押金 2万 租了3年 住1楼", 0),
        ("一是没签合同，二是没交社保，三是欠工资", 3),
        ("首先我被辞退了，其次工资没发", 2),
        ("房子我哥住着不分，另外我借给表弟五万块不还", 2),
        ("房子我姐占着，另外我借给表弟五万不还，还有超市不给交社保", 3),
        ("还有三个月工资没发", 0),
        ("第一次打我是去年，第二次是上个月", 0),
        ("第一个老婆走了，第二个老婆要离婚", 0),
        ("一审判了离婚，二审还没开庭呢", 0),
        ("我有两套房，一套在老家，一套在城里", 0),
        ("本金1.5万块钱，利息2.3万块钱", 0),
        ("公司欠工资，老公还打我", 0),
        ("另外一半呢", 0),
    ],
)
def test_parted(text: str, said: int) -> None:
    assert len(parted(meant(text)).said) == said


def test_all_are_kept_in_the_order_told() -> None:
    parts = Parts(("表弟借我五万块不还", "不给交社保", "爸走了房子没分"), True)
    intents = ["topic_private_loan", "topic_social_insurance", "topic_inheritance"]
    found = find_several(parts, [[(one, 0.9)] for one in intents], [()] * 3, TOPIC)
    assert found == TwoProblems(("private_loan", "social_insurance", "inheritance"), parts.said, True)


def test_questions_on_one_matter_are_no_problems_of_their_own() -> None:
    parts = Parts(("老板欠我三个月工资", "要准备什么证据呢", "诉讼费谁来出呢"), True)
    intents = ["topic_unpaid_wages", "topic_evidence_help", "topic_court_costs_help"]
    assert find_several(parts, [[(one, 0.9)] for one in intents], [()] * 3, TOPIC) is None


def test_what_is_only_added_must_be_plain_and_of_another_area() -> None:
    parts = Parts(("公司没签合同就让我走", "还拖欠我三个月工资"), False)
    rankings = [[("topic_no_contract", 0.9)], [("topic_unpaid_wages", 0.9)]]
    assert find_several(parts, rankings, [(), ()], TOPIC) is None
    parts = Parts(("房子我哥住着不分给我", "我借给表弟五万块不还"), False)
    rankings = [[("topic_inheritance", 0.9)], [("topic_private_loan", 0.9)]]
    assert find_several(parts, rankings, [(), ()], TOPIC) is not None


def test_two_that_people_have_together_are_not_asked_about() -> None:
    told = "厂里三个月工资没发,一直没签合同"
    assert read_both("no_contract", "unpaid_wages", told) == ("unpaid_wages", "no_contract")
    assert read_both("no_contract", "unpaid_wages", "厂里三个月工资没发") == ()
    four = "公司不签合同不交社保还拖欠工资,还经常加班不给加班费"
    labour = ("unpaid_wages", "no_contract", "social_insurance")
    assert read_both("overtime", "no_contract", four)[:3] == labour
    assert read_both("divorce", "unpaid_wages", "三个月工资没发,我要离婚") == ()
