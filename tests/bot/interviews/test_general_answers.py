"""What holds for every matter of its kind is told of the ways that the opinion names, with articles that bind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.cited_law import CitedLaw
from bot.interviews.general_answers import Answer, general_answers, in_force
from bot.interviews.topic_file import load_topics
from knowledge_base.opening import open_searcher
from tests.bot.interviews.conftest import TODAY, FakeLaws

DAY = date(2026, 11, 23)
TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


async def test_every_article_binds(law_index: Path) -> None:
    cited = [text for one in general_answers().answers for text in one.cite]
    assert (await CitedLaw.of(cited, open_searcher(law_index, lambda: DAY), DAY)).holds


def test_the_other_side_is_named_for_topics_and_areas_that_exist() -> None:
    areas = {topic.area for topic in TOPICS.values()}
    assert set(general_answers().whom) <= areas | TOPICS.keys()
    assert all(route.areas | route.unless_areas <= areas for route in general_answers().routes)


def test_only_the_ways_that_the_opinion_names_are_told() -> None:
    wages, deposit = TOPICS["unpaid_wages"], TOPICS["rental_deposit"]
    labour = [one.say for one in general_answers().lasts(wages, ["劳动人事争议仲裁委员会", "人民法院"])]
    assert ["45天" in labour[0], "裁决出来后" in labour[1], len(labour)] == [True, True, 2]
    court = [one.say for one in general_answers().costs(deposit, ["房子所在地的法院"])]
    assert ["分段" in one for one in court] == [True]
    assert not list(general_answers().lasts(deposit, ["公共法律服务热线"]))


def test_who_goes_to_court_at_once_is_told_of_no_award() -> None:
    (lasts,) = general_answers().lasts(TOPICS["unpaid_wages"], ["对方住的地方的人民法院"])
    (costs,) = general_answers().costs(TOPICS["unpaid_wages"], ["对方住的地方的人民法院"])
    assert "裁决" not in lasts.say
    assert "10元" not in costs.say


def test_a_topic_comes_before_its_area() -> None:
    (own,) = general_answers().against(TOPICS["divorce"], ["法院"])
    (of_area,) = general_answers().against(TOPICS["dismissal"], ["劳动人事争议仲裁委员会"])
    assert "配偶" in own.say
    assert "单位" in of_area.say
    assert not list(general_answers().against(TOPICS["small_business"], ["法院"]))


def test_who_works_for_a_contractor_sues_in_court_and_asks_no_arbitrator() -> None:
    topic = TOPICS["unpaid_wages"]
    (employed,) = general_answers().against(topic, ["单位所在地的劳动人事争议仲裁委员会", "法院"])
    (helping,) = general_answers().against(topic, ["对方住的地方的法院"])
    assert "仲裁" in employed.line
    assert "仲裁" not in helping.line
    assert "叫您干活" in helping.line


def test_an_item_is_told_of_where_the_question_names_it_and_it_was_not_counted() -> None:
    injury, wages = TOPICS["personal_injury"], TOPICS["unpaid_wages"]
    (said,) = general_answers().counted(injury, "误工费能要多少", ["医疗费"])
    assert "少挣" in said.say
    assert "第七条" in said.refer
    assert not list(general_answers().counted(injury, "误工费能要多少", ["误工费"]))
    assert not list(general_answers().counted(injury, "能赔多少", ["医疗费"]))
    assert not list(general_answers().counted(wages, "误工费能要多少", []))


@pytest.mark.parametrize(
    ("topic", "question", "answer"),
    [
        ("personal_injury", "医保报的还能要吗", "不归医保出"),
        ("traffic_accident", "三十万合理吗", "看账"),
        ("traffic_accident", "那十五万该不该要", "看账"),
        ("traffic_accident", "他家堵门咋办", "打110"),
        ("rental_deposit", "那钉子眼要不要赔", "不用您赔"),
        ("neighbours", "那我要不要搬出去", "裂缝"),
        ("contracted_land", "那小叔子要不要赔我", "交出来"),
        ("traffic_accident", "没钱看病怎么办", "救助基金"),
        ("personal_injury", "那我的医药费谁出", "先予执行"),
        ("neighbours", "那俺能扒了他的墙不", "别自己动手"),
        ("house_purchase", "他要把房子卖给别人怎么办", "保全"),
        ("rent_dispute", "押金能抵房租吗", "先看合同"),
        ("rescuer", "我还没去申请见义勇为，怎么弄", "12345"),
        ("demolition", "评估太低怎么办", "复核"),
    ],
)
def test_one_thing_asked_of_a_matter_has_its_line(topic: str, question: str, answer: str) -> None:
    assert any(answer in one.say for one in general_answers().counted(TOPICS[topic], question, ()))


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("traffic_accident", "保险买了三十万"),
        ("personal_injury", "我没有医保怎么办"),
        ("contracted_land", "村里要不要赔青苗费"),
        ("neighbours", "他家搬走了怎么办"),
    ],
)
def test_what_is_another_thing_has_no_line(topic: str, question: str) -> None:
    assert not list(general_answers().counted(TOPICS[topic], question, ()))


@pytest.mark.parametrize(
    ("topic", "question", "answer"),
    [
        ("prison_visit", "带什么证件", "户口簿"),
        ("prison_visit", "多久能看一次", "由监狱按规定安排"),
        ("correction", "多久能批", "法律没有写"),
        ("correction", "能出国吗", "不准出境"),
        ("resettlement", "有没有钱补", "没有人人都发的钱"),
        ("resettlement", "会影响孩子考公务员吗", "法律没有写孩子一律不能考"),
        ("peoples_supervisor", "多大岁数可以", "二十八"),
        ("peoples_supervisor", "一天多少钱", "没有工资"),
        ("peoples_supervisor", "我小学毕业行不", "高中以上"),
        ("permits", "多久批下来", "二十日"),
        ("complaint", "会不会知道是我", "保密"),
        ("complaint", "怕他报复", "压制、报复"),
        ("case_library", "能保证我也这样判吗", "不能保证"),
        ("judicial_office", "周末上班吗", "上班时间不一样"),
        ("mediation", "能不公开吗", "不公开调解"),
        ("mediation", "邻居会知道吗", "隐私"),
        ("prison_visit", "可以带吃的不", "监狱批准"),
        ("prison_visit", "能打电话不", "通话"),
        ("correction", "多少天能批", "法律没有写"),
        ("correction", "没批能不能先走", "没批下来不能走"),
        ("peoples_supervisor", "有没有钱", "没有工资"),
        ("case_library", "会判多少", "不能保证"),
        ("appraisal", "孩子他爸不同意怎么办", "不能硬拉"),
        ("appraisal", "要重新鉴定", "明显依据不足"),
        ("traffic_accident", "鉴定多少钱", "各省有收费标准"),
        ("paternity", "鉴定费谁出", "先垫"),
    ],
)
def test_what_a_service_is_asked_in_a_line_has_its_line(topic: str, question: str, answer: str) -> None:
    assert answer in "".join(one.say for one in general_answers().counted(TOPICS[topic], question, []))


def test_an_application_for_information_has_its_term_and_costs_nothing() -> None:
    topic, places = TOPICS["info_disclosure"], ["制作文件的那个机关的“政府信息公开工作机构”"]
    assert ["20个工作日" in one.say for one in general_answers().lasts(topic, places)] == [True]
    assert ["一般不收钱" in one.say for one in general_answers().costs(topic, places)] == [True]


def test_a_way_of_a_topic_of_its_own_is_told_before_the_opinion_names_it() -> None:
    assert ["20个工作日" in one.say for one in general_answers().lasts(TOPICS["info_disclosure"], [])] == [True]
    assert not list(general_answers().lasts(TOPICS["admin_penalty"], []))


def test_items_are_of_topics_that_exist() -> None:
    assert all(one.topics <= TOPICS.keys() for one in general_answers().routes)
    assert all(one.topics <= TOPICS.keys() for one in general_answers().items)


async def test_what_does_not_bind_is_not_said(laws: FakeLaws) -> None:
    held = Answer("能说", ("劳动合同法 第三十条",), "某条例 第一条")
    gone = Answer("不能说", ("劳动合同法 第九十九条",))
    said = await in_force([held, gone, Answer("不用查")], laws, TODAY)
    assert said == ["能说（《劳动合同法》第三十条、《某条例》第一条）", "不用查"]
    assert await in_force([held], None, TODAY) == []


@pytest.mark.parametrize(
    ("topic", "question", "told"),
    [
        ("notary", "公证书丢了能补吗", "归档"),
        ("notary", "人在国外怎么办", "使领馆"),
        ("appraisal", "几天出结果", "三十个工作日"),
        ("mediation", "签了协议他不认账怎么办", "司法确认"),
        ("mediation", "会不会影响我起诉", "期限要自己看着"),
        ("bar_exam", "能带法条进去吗", "闭卷"),
        ("correction", "手机定位要一直带吗", "三个月"),
        ("prison_visit", "女朋友能去吗", "批准"),
        ("resettlement", "能当保安吗", "不受歧视"),
        ("permits", "实习要多久", "满一年"),
        ("find_lawyer", "律师费能分期吗", "风险代理"),
    ],
)
def test_a_service_answers_what_is_asked_of_it(topic: str, question: str, told: str) -> None:
    lines = [one.say for one in general_answers().counted(TOPICS[topic], question, [])]
    assert any(told in one for one in lines)
    assert general_answers().names_item(TOPICS[topic], question)
