"""Answers as people give them: long, angry, beside the question, in round numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue, Plain
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


PLANNING = {
    "stage": FactValue("planning"),
    "agreed": FactValue("all_settled"),
    "obstacle": FactValue("none_of_these"),
}


def read(topic: Topic, text: str, asked: str | None, facts: dict[str, FactValue] | None = None) -> Reading:
    return read_answers(topic, facts or {}, asked, text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "去年我借给老乡三万块钱，他打了借条，到期没有还，打电话不接，人也找不到，我想把钱要回来",
        "没有签合同，在工地干了两个月，老板不给钱，说等过年",
        "不是我的错，他逆行撞的我，交警都认定了，可是保险公司不赔",
        "律师收了我两万块，一次庭都没有开，材料也不给我看，问他就说不知道",
        "我也不知道该找谁，房子漏水漏了半年，楼上不认账",
        "是这样的，我妈走了以后，我哥把房子过到他自己名下了",
        "没人管我这个老太婆，三个儿子一个都不给钱",
        "刚才去问了，不是法院判的，是他自己不肯还，都拖了三年了",
        "他妈的，黑心老板不发工资还把我拉黑了！！",
        "我不会说话，就是孩子在学校被人打了，学校不管",
        "好好的日子不过，他在外面有人了，也不回家，钱也不拿回来",
        "已经找过居委会了，没用，对方就是不搬",
    ],
)
@pytest.mark.parametrize(("topic", "fact"), [("case_library", "story"), ("complaint", "story")])
def test_a_story_is_taken_whatever_it_denies(topics: dict[str, Topic], topic: str, fact: str, text: str) -> None:
    told = read(topics[topic], text, fact)
    assert told.understood
    assert told.facts[fact].value == text


@pytest.mark.parametrize(
    "text", ["没有", "不", "没什么好说的", "不想说", "算了，不说了", "没啥", "不知道", "我也说不清楚", "没有，没有"]
)
def test_nothing_to_tell_is_unknown(topics: dict[str, Topic], text: str) -> None:
    told = read(topics["case_library"], text, "story").facts["story"]
    assert told.unknown
    assert told.value is None


@pytest.mark.parametrize("text", ["是的", "好的", "嗯", "好啊好啊", "可以", "你什么都不懂", "你们啥都不知道", "……"])
def test_a_bare_yes_or_scolding_is_no_story(topics: dict[str, Topic], text: str) -> None:
    assert not read(topics["case_library"], text, "story").facts


@pytest.mark.parametrize(
    ("topic", "fact", "text"),
    [("belt_road", "country", "不丹"), ("registry", "name", "无锡有为律师事务所"), ("notary", "place", "会理县")],
)
def test_a_name_may_begin_like_a_yes_or_a_no(topics: dict[str, Topic], topic: str, fact: str, text: str) -> None:
    assert read(topics[topic], text, fact).understood


@pytest.mark.parametrize(
    "text",
    [
        "你什么都不懂",
        "你们啥都不知道",
        "你们根本不了解情况",
        "你懂个屁",
        "你会不会啊",
        "真是的，你什么都不懂",
        "你们真不是东西",
        "你这机器人什么都不明白",
        "你们一点都不懂法",
        "您也不知道啊",
    ],
)
@pytest.mark.parametrize(("topic", "fact"), [("rental_deposit", "contract"), ("private_loan", "lent_on")])
def test_scolding_answers_nothing(topics: dict[str, Topic], topic: str, fact: str, text: str) -> None:
    chosen = topics[topic]
    asked = fact if any(one.id == fact for one in chosen.facts) else chosen.facts[0].id
    assert not read(chosen, text, asked).facts


@pytest.mark.parametrize(
    "text",
    [
        "不对，说错了，我们家里还有个娃",
        "不对不对，我们有个孩子",
        "说错了说错了，有个小孩的",
        "等等，我刚才说错了，我们有个女儿",
        "哎呀不对，有一个儿子，还小",
        "更正一下，我们还有孩子",
        "我搞错了，有两个孩子呢",
        "不对，我们俩有个小孩，今年才五岁",
        "刚才说错了，有娃的",
        "错了错了，家里有个宝宝",
    ],
)
def test_a_correction_is_read_for_what_it_says(topics: dict[str, Topic], text: str) -> None:
    told = read(topics["consent_divorce"], text, "house", {**PLANNING, "children": FactValue(False, False, "没有")})
    assert told.facts["children"].value is True


@pytest.mark.parametrize("text", ["不对，说错了，我们家里还有个娃", "不对，有个孩子", "说错了，孩子有一个"])
def test_a_correction_in_answer_to_its_own_question(topics: dict[str, Topic], text: str) -> None:
    told = read(topics["consent_divorce"], text, "children", PLANNING)
    assert told.facts["children"].value is True


@pytest.mark.parametrize(
    ("text", "value"), [("不对，我签了的", True), ("不对，没有", False), ("说错了，是有的", True), ("不对", False)]
)
def test_a_correction_is_no_no(topics: dict[str, Topic], text: str, value: Plain) -> None:
    assert read(topics["consent_divorce"], text, "house", PLANNING).facts["house"].value is value


BOTH = {"pay_type": FactValue("monthly"), "arranged": FactValue("ordered"), "kinds": FactValue("both")}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("一个月四天吧", 4.0),
        ("每个月大概五天", 5.0),
        ("每月4天", 4.0),
        ("一个月也就上个两天", 2.0),
        ("一个月，差不多三天", 3.0),
        ("四天", 4.0),
        ("一周一天", 4.33),
        ("每周上一天", 4.33),
        ("每个礼拜两天", 8.67),
        ("一个月能有六天吧，记不太清了", 6.0),
        ("哎呀一个月八天，周末都要去", 8.0),
    ],
)
def test_days_per_month(topics: dict[str, Topic], text: str, days: float) -> None:
    assert read(topics["overtime"], text, "restday_days", BOTH).facts["restday_days"].value == days


@pytest.mark.parametrize(
    ("text", "hours"),
    [("一天两个小时", 2.0), ("每天三小时", 3.0), ("一周多干十个小时", 2.0), ("平均一天一个半小时", 1.5)],
)
def test_hours_per_day(topics: dict[str, Topic], text: str, hours: float) -> None:
    assert read(topics["overtime"], text, "workday_hours", BOTH).facts["workday_hours"].value == hours


@pytest.mark.parametrize(
    ("text", "wage"),
    [
        ("一个月六千", 6000.0),
        ("一年十二万", 10000.0),
        ("年薪24万", 20000.0),
        ("一天三百块", 6525.0),
        ("每月到手五千五", 5500.0),
    ],
)
def test_a_wage_per_another_period(wages: Topic, text: str, wage: float) -> None:
    assert read(wages, text, "wage", {"relation": FactValue("employee")}).facts["wage"].value == wage


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("state_compensation", "羁押一天赔多少"),
        ("state_compensation", "关一天赔多少钱啊"),
        ("state_compensation", "白坐一天牢给多少"),
        ("state_compensation", "我就想知道拘留一天能赔多少钱"),
        ("unpaid_wages", "拖一天罚多少"),
        ("unpaid_wages", "欠一个月扣多少"),
        ("unpaid_wages", "干一年补几个月工资"),
        ("dismissal", "工作一年赔多少"),
        ("dismissal", "迟到一次扣多少钱"),
        ("dismissal", "迟到一次扣五十"),
        ("paid_leave", "没休一天补多少"),
    ],
)
def test_a_question_about_a_rate_tells_no_quantity(topics: dict[str, Topic], topic: str, text: str) -> None:
    told = read(topics[topic], text, None).facts
    assert not [one for one in told if topics[topic].fact(one).type in {"duration", "count", "date"}]


@pytest.mark.parametrize("text", ["关了一天", "就关了一天，赔多少", "拘留了一天能赔多少", "关了三天赔多少"])
def test_a_day_that_was_is_told(topics: dict[str, Topic], text: str) -> None:
    facts = {"ending": FactValue("cleared")}
    assert "days" in read(topics["state_compensation"], text, "days", facts).facts


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("我四十一，有一个女儿", 41.0),
        ("今年六十七了", 67.0),
        ("他都八十多了", 80.0),
        ("四十一", 41.0),
        ("我属牛的，六一年的", 65.0),
        ("1985年生的，结婚五年了没有孩子", 41.0),
        ("38岁，离过一次婚", 38.0),
        ("老了，奔七十了", 68.0),
        ("三十好几了呗", 35.0),
        ("我今年36，一个月挣八千，有两套房", 36.0),
    ],
)
def test_ones_own_age(topics: dict[str, Topic], text: str, age: float) -> None:
    facts = {"goal": FactValue("adopt"), "asker": FactValue("adopter"), "child_kind": FactValue("abandoned")}
    assert read(topics["adoption"], text, "my_age", facts).facts["my_age"].value == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("娃刚满三岁半", 3.5),
        ("才八个月", 0.6667),
        ("两个孩子，小的五岁", 5.0),
        ("快八岁了", 7.5),
        ("2015年出生的", 11.0),
        ("十五了，上初三", 15.0),
        ("一个儿子，今年六岁", 6.0),
        ("老二两岁多", 2.0),
        ("满十四了", 14.0),
        ("0岁，刚生的", 0.0),
    ],
)
def test_a_childs_age(topics: dict[str, Topic], text: str, age: float) -> None:
    facts = {"need": FactValue("fight"), "together": FactValue("still_married")}
    assert read(topics["custody"], text, "age", facts).facts["age"].value == age


@pytest.mark.parametrize("text", ["有一个女儿", "两个孩子", "打过三次"])
def test_counted_people_are_no_age(topics: dict[str, Topic], text: str) -> None:
    facts = {"need": FactValue("fight"), "together": FactValue("still_married")}
    assert "age" not in read(topics["custody"], text, "age", facts).facts


DISMISSED = {"how": FactValue("fired"), "reason": FactValue("no_reason"), "protection": FactValue("none")}


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("我是上个月5号被辞退的", False),
        ("2026年3月通知我走的", False),
        ("三年", True),
        ("从2023年3月开始干的", True),
        ("2023年3月入职的", True),
        ("干了三年，上个月被辞退的", True),
    ],
)
def test_a_day_of_something_else_is_no_length(topics: dict[str, Topic], text: str, taken: bool) -> None:
    told = read(topics["dismissal"], text, "service_months", DISMISSED).facts
    assert ("service_months" in told) is taken


@pytest.mark.parametrize("text", ["干了三年了", "我在厂里干了三年", "工作了五年多了", "一共做了两年"])
def test_a_length_of_something_else_is_no_day(topics: dict[str, Topic], text: str) -> None:
    dates = [one.id for one in topics["dismissal"].facts if one.type == "date"]
    told = read(topics["dismissal"], text, dates[0], DISMISSED).facts
    assert dates[0] not in told
    assert "service_months" in told


def test_not_me_but_him_changes_no_other_answer(topics: dict[str, Topic]) -> None:
    facts = {"side": FactValue("victim"), "hurt": FactValue("heavy")}
    told = read(topics["traffic_accident"], "不是我的错，他说我撞了他，是他乱说", "fault", facts).facts
    assert "side" not in told


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("我骑电动车被面包车开车撞", "victim"),
        ("我骑电动车被面包车开车撞了", "victim"),
        ("走路的时候被人开车撞倒了", "victim"),
        ("我骑电瓶车，被一辆货车撞了，腿断了", "victim"),
        ("我爸走在路上，让人开车撞了人家不管", "victim"),
        ("我妈过马路，小车开车撞了人就跑了", "victim"),
        ("他开车撞了人跑了，撞的是我爸", "victim"),
        ("对方开车撞人逃逸，我腿断了", "victim"),
        ("开车的把我撞了，我骑单车", "victim"),
        ("我是行人，司机开车撞了人不赔", "victim"),
        ("我骑三轮车被小汽车开车给撞翻", "victim"),
        ("我骑电动车撞了人", "driver"),
        ("我骑电动车把一个老太太撞了", "driver"),
        ("我开车把骑电动车的撞了", "driver"),
        ("我老公开车撞了人", "driver"),
    ],
)
@pytest.mark.parametrize("asked", [None, "side"])
def test_who_is_hit_is_not_the_driver(topics: dict[str, Topic], text: str, side: str, asked: str | None) -> None:
    assert read(topics["traffic_accident"], text, asked).facts["side"].value == side


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("我想去越南开厂", "越南"),
        ("在柬埔寨打工被骗了，护照被收走了", "柬埔寨"),
        ("孩子在吉尔吉斯斯坦留学，被人打了", "吉尔吉斯斯坦"),
        ("在中国赢的官司，能到俄罗斯执行吗", "俄罗斯"),
        ("日本的公司欠我货款", "日本"),
        ("在美国开公司要注意啥", "美国"),
        ("how to enforce a Chinese award in Vietnam", "Vietnam"),
        ("法国客户不付钱", "法国"),
        ("老板把我派到沙特干活", "沙特"),
        ("和印尼客户签合同，约定哪国法律好", "印尼"),
    ],
)
def test_a_country_is_taken_from_the_first_message(topics: dict[str, Topic], text: str, country: str) -> None:
    assert read(topics["belt_road"], text, None).facts["country"].value == country
    assert read(topics["belt_road"], text, "country").facts["country"].value == country


@pytest.mark.parametrize(
    "text",
    [
        "按哪国法国内怎么办",
        "外国公司不付钱",
        "在内蒙古做生意",
        "一带一路国家的法律怎么查",
        "司法国家赔偿",
        "国外的官司",
    ],
)
def test_no_country(topics: dict[str, Topic], text: str) -> None:
    assert "country" not in read(topics["belt_road"], text, None).facts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("查一下张伟律师是不是真的", "张伟"),
        ("河南金博大律师事务所是不是正规的", "河南金博大律师事务所"),
        ("帮我查查李建国有没有律师证", "李建国"),
        ("我请的律师叫王某，查一下", "王某"),
        ("想查一下北京市长安公证处", "北京市长安公证处"),
        ("14101201910123456 这个执业证号是真的吗", "14101201910123456"),
    ],
)
def test_a_name_is_taken_from_the_first_message(topics: dict[str, Topic], text: str, name: str) -> None:
    assert read(topics["registry"], text, None).facts["name"].value == name


@pytest.mark.parametrize(
    "text",
    ["查一下这个律师", "这个律师是不是真的", "怎么查律师有没有执业证", "附近有没有正规的律师事务所", "查律师在哪家所",
     "查询律师执业状态", "网上找的律师，怕是骗子，能查吗", "这家律所是不是正规的"],
)  # fmt: skip
def test_no_name(topics: dict[str, Topic], text: str) -> None:
    assert "name" not in read(topics["registry"], text, None).facts


@pytest.mark.parametrize("topic", ["case_library", "complaint"])
def test_a_story_is_taken_from_the_first_message(topics: dict[str, Topic], topic: str) -> None:
    for text in (
        "律师收了我两万块，一次庭都没有开，材料也不给我看，我要投诉他",
        "去年借给老乡三万块，没写借条，他现在不认账，有没有类似的案例",
        "公证处把我的名字写错了，跑了三趟都不给改，态度还很差，我要投诉",
    ):
        assert read(topics[topic], text, None).facts["story"].value == text
    for text in (*topics["case_library"].examples, "我要投诉一个律师", "律师收了钱不办事，去哪投诉"):
        assert "story" not in read(topics[topic], text, None).facts, text


@pytest.mark.parametrize("text", ["没受伤 就是脸肿了", "没有伤，只是身上青一块紫一块", "骨头没断 就是胳膊肿了"])
def test_what_there_is_after_what_there_is_not(topics: dict[str, Topic], text: str) -> None:
    before = {"harm": FactValue("beaten"), "relation": FactValue("spouse")}
    for asked in ("injury", "safe_now"):
        assert read(topics["domestic_violence"], text, asked, before).facts["injury"].value == "slight"
