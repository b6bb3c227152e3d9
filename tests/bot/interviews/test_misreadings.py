"""Misreadings that a tester of the running product found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue, Plain
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


def read(topic: Topic, text: str, asked: str | None, facts: dict[str, FactValue] | None = None) -> Reading:
    return read_answers(topic, facts or {}, asked, text, TODAY)


@pytest.mark.parametrize("text", ["住院12天", "住院12天了", "休息了三个月", "上班两年", "医生说要休息三个月"])
def test_a_length_of_time_is_no_day(topics: dict[str, Topic], text: str) -> None:
    assert "happened_on" not in read(topics["traffic_accident"], text, "happened_on").facts


@pytest.mark.parametrize("text", ["三个月了", "半年前", "12天前", "大概三个月以前", "事故都三个月了", "三个月之前撞的"])
def test_how_long_ago_is_a_day(topics: dict[str, Topic], text: str) -> None:
    assert "happened_on" in read(topics["traffic_accident"], text, "happened_on").facts


def test_a_year_of_something_else_is_not_the_day_asked(topics: dict[str, Topic]) -> None:
    loan = topics["private_loan"]
    assert "lent_on" not in read(loan, "去年他还承认过这笔账的", "lent_on").facts
    assert "lent_on" in read(loan, "去年", "lent_on").facts
    assert "lent_on" in read(loan, "好像是去年借的", "lent_on").facts
    assert "lent_on" in read(loan, "去年5月他来找我的", "lent_on").facts


def test_hours_are_no_days(topics: dict[str, Topic]) -> None:
    facts = {"kinds": FactValue("both")}
    assert "restday_days" not in read(topics["overtime"], "3小时", "restday_days", facts).facts
    assert read(topics["overtime"], "4天", "restday_days", facts).facts["restday_days"].value == 4.0


@pytest.mark.parametrize(
    "text", ["那要是他说我弄坏了墙呢？", "要是他说我弄坏了墙，怎么办", "万一房东说我弄坏了墙可以扣吗"]
)
def test_what_if_is_no_fact(topics: dict[str, Topic], text: str) -> None:
    assert not read(topics["rental_deposit"], text, "ground").facts


def test_what_if_leaves_the_rest(wages: Topic) -> None:
    reading = read(wages, "欠我五千块。要是他说是三千怎么办？", "owed")
    assert reading.facts["owed"].value == 5000.0


def test_a_denied_option_is_not_taken(topics: dict[str, Topic]) -> None:
    reading = read(topics["overtime"], "没有签不定时", "pay_type")
    assert "pay_type" not in reading.facts or reading.facts["pay_type"].value != "flexible"


def test_the_last_correction_counts(wages: Topic) -> None:
    facts: dict[str, FactValue] = {"wage": FactValue(4000.0), "owed": FactValue(5000.0)}
    first = read(wages, "不对，是9000", "months", facts)
    assert first.facts["owed"].value == 9000.0


@pytest.mark.parametrize(
    ("text", "asked", "changed", "value"),
    [
        ("入职日期改成2024年5月", "wage", "started_on", "2024-05-01"),
        ("不对，我2024年5月才入职", "wage", "started_on", "2024-05-01"),
        ("其实我是2024年5月入职的", None, "started_on", "2024-05-01"),
    ],
)
def test_a_plain_correction_replaces(
    topics: dict[str, Topic], text: str, asked: str | None, changed: str, value: Plain
) -> None:
    facts = {
        "relation": FactValue("employee"),
        "contract_state": FactValue("never"),
        "still_there": FactValue(True),
        "started_on": FactValue("2025-05-01"),
    }
    reading = read(topics["no_contract"], text, asked, facts)
    assert reading.facts[changed].value == value
    assert changed in reading.corrected
    assert "2024年5月" in reading.echo


@pytest.mark.parametrize(
    "text", ["我2024年5月才入职", "2024年5月入职的，一个月六千", "六千，我是2024年5月入职", "2024年5月就入职了呀"]
)
def test_a_contradiction_in_passing_is_asked_back(topics: dict[str, Topic], text: str) -> None:
    facts = {
        "relation": FactValue("employee"),
        "contract_state": FactValue("never"),
        "still_there": FactValue(True),
        "started_on": FactValue("2025-05-01"),
    }
    reading = read(topics["no_contract"], text, "wage", facts)
    assert "started_on" not in reading.facts
    assert "2025年5月1日" in reading.rejected
    assert "2024年5月" in reading.rejected


def test_a_second_sum_is_no_contradiction(topics: dict[str, Topic]) -> None:
    facts = {"medical": FactValue(30000.0)}
    assert "medical" not in read(topics["traffic_accident"], "后来又花了医药费2万", "hurt", facts).facts


def test_a_start_date_tells_how_long_without_contract(topics: dict[str, Topic]) -> None:
    topic = topics["no_contract"]
    facts: dict[str, FactValue] = {"relation": FactValue("employee"), "contract_state": FactValue("never")}
    facts = read(topic, "2026年3月1日入职的", None, facts).merged(facts)
    assert "months" not in facts
    facts = read(topic, "还在上班", "still_there", facts).merged(facts)
    assert facts["months"].value == 8.0
    facts = read(topic, "不对，是2025年3月1日入职的", "wage", facts).merged(facts)
    assert facts["months"].value == 20.0
    due = [one.last_day for one in conclude(topic, facts, TODAY).deadlines if one.last_day is not None]
    assert due
    assert due[0].year == 2027


def test_two_options_are_the_one_that_combines_them(topics: dict[str, Topic]) -> None:
    facts = {"pay_type": FactValue("monthly"), "arranged": FactValue("ordered")}
    assert read(topics["overtime"], "每天加班，周末也上班", "kinds", facts).facts["kinds"].value == "both"


def test_a_recognition_term_is_not_told_where_it_is_no_work_injury(topics: dict[str, Topic]) -> None:
    facts = {
        "severity": FactValue("serious"),
        "cause": FactValue("commute"),
        "road_fault": FactValue("main"),
        "relation": FactValue("employee"),
        "injured_on": FactValue("2026-10-01"),
    }
    assert not [one for one in conclude(topics["work_injury"], facts, TODAY).deadlines if one.last_day]


def test_an_unknown_reason_still_gives_the_burden_of_proof(topics: dict[str, Topic]) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue(None, True)}
    found = conclude(topics["dismissal"], facts, TODAY).findings
    assert any("单位" in one.text and "证据" in one.text and one.finding.id == "reason_unknown" for one in found)


def test_a_licensed_lender_has_no_ceiling_of_the_private_loan_rules(topics: dict[str, Topic]) -> None:
    reading = read(topics["private_loan"], "我借了小额贷款公司三万", None)
    facts = reading.merged({"role": FactValue("borrower")})
    found = {one.finding.id for one in conclude(topics["private_loan"], facts, TODAY).findings}
    assert "licensed_lender" in found


def test_unpaid_child_support_is_summed(topics: dict[str, Topic]) -> None:
    topic = topics["custody"]
    facts = {"need": FactValue("support"), "paper": FactValue("court_paper"), "age": FactValue(8.0)}
    merged = read(topic, "法院判他每月给1500，已经八个月没给了", None, facts).merged(facts)
    assert merged["arrears"].value == 12000.0
    assert any("12,000元" in one.text for one in conclude(topic, merged, TODAY).findings)


def test_leaving_some_time_ago_is_a_day(topics: dict[str, Topic]) -> None:
    facts = {"still_employed": FactValue(False)}
    assert "left_on" in read(topics["unpaid_wages"], "走了半年了", "left_on", facts).facts
    assert "lent_on" in read(topics["private_loan"], "借出去三年了", "lent_on").facts


def test_a_child_at_work_goes_to_a_person(topics: dict[str, Topic]) -> None:
    facts = read(topics["unpaid_wages"], "我今年15岁，老板不给我工资", None).facts
    assert any("16" in one.reason for one in conclude(topics["unpaid_wages"], facts, TODAY).takeovers)


@pytest.mark.parametrize(
    ("topic", "asked", "said", "told"),
    [
        # What somebody did says nothing of what still goes on.
        ("unpaid_wages", "still_employed", "去了", {"still_employed": None}),
        ("unpaid_wages", "still_employed", "老板不让去了", {"still_employed": False}),
        ("unpaid_wages", "still_employed", "被开了", {"still_employed": False}),
        ("unpaid_wages", "still_employed", "还在干", {"still_employed": True}),
        ("evidence_help", "original", "手机格式化了", {"original": None}),
        ("no_contract", "still_there", "被公司开了", {"still_there": False}),
        # What is asked is neither affirmed nor denied.
        ("paid_leave", None, "前面的工龄算不算年假", {"kind": "annual"}),
        ("platform_workers", None, "跑外卖有没有劳动合同", {"control": None}),
        ("platform_workers", None, "跑外卖，有劳动合同", {"control": "contract"}),
        # What was paid is asked for.
        ("probation", "paid_wage", "只给三千", {"paid_wage": 3000}),
        ("probation", "paid_wage", "就给我三千块", {"paid_wage": 3000}),
        ("probation", "paid_wage", "只发了三千", {"paid_wage": 3000}),
        # What is to come is no day of something that was.
        ("dismissal", None, "公司不要我了，我还有三年就退休了", {"left_on": None, "how": "fired"}),
        ("dismissal", "left_on", "还有三年退休", {"left_on": None}),
        ("dismissal", "left_on", "还有十天走", {"left_on": "2026-12-03"}),
        # Since when somebody has worked there.
        (
            "dismissal",
            None,
            "从2015年3月干到现在，厂里不要我们了",
            {"left_on": None, "service_months": 140, "how": "fired"},
        ),
        ("dismissal", None, "从二零一五年三月干到现在", {"left_on": None, "service_months": 140}),
        ("dismissal", "service_months", "差两个月满三年", {"service_months": 34}),
        # Until when.
        ("social_insurance", None, "三月份入职，九月三号说不用我了", {"service_months": 6}),
        ("labour_dispatch", None, "三月份入职，九月三号说不用我了", {"service_months": 6}),
        ("dismissal", None, "三月份入职，没签合同，九月三号说不用我了", {"service_months": 6, "left_on": "2026-09-03"}),
        # Not one.
        ("paid_leave", "unused_days", "一天没休过，大概五天吧", {"unused_days": 5}),
        ("paid_leave", "unused_days", "一天没休过", {"unused_days": None}),
        ("paid_leave", "unused_days", "一天都没休", {"unused_days": None}),
        ("paid_leave", "unused_days", "一天", {"unused_days": 1}),
        # People are no grade.
        ("work_injury", "relation", "小厂，十来个人", {"grade": None}),
        ("work_injury", "grade", "五六个人", {"grade": None}),
        ("work_injury", "grade", "十级", {"grade": 10}),
        ("work_injury", "grade", "10", {"grade": 10}),
        # Half a year named by its place in the year.
        ("unpaid_wages", "left_on", "上半年就干完了", {"left_on": "2026-01-01"}),
        ("unpaid_wages", "due_on", "年底说给的，去年的", {"due_on": "2025-12-01"}),
        # Sums of something else.
        ("overtime", "monthly_wage", "加班费五百", {"monthly_wage": None}),
        ("overtime", "monthly_wage", "没有加班费，一个月就五千", {"monthly_wage": 5000}),
        ("unpaid_wages", None, "我欠老板三千块钱，他就扣了我工资", {"owed": None}),
        ("unpaid_wages", None, "老板欠我三千块钱", {"owed": 3000}),
        ("unpaid_wages", None, "一天120，摘了18天一分没给", {"owed": 2160}),
        ("non_compete", None, "补偿给了半年停了", {"unpaid_months": None}),
        ("non_compete", None, "补偿停了半年了", {"unpaid_months": 6}),
        ("inheritance", "estate", "是他俩一块挣的", {"estate": None}),
        # The youngest is asked for.
        ("custody", "age", "大的十岁小的四岁", {"age": 4}),
        ("custody", "age", "老大10岁，老二4岁", {"age": 4}),
        ("school_bullying", "bully_age", "一个十二岁，一个十四岁", {"bully_age": 14}),
        ("private_loan", "lent_on", "10.8", {"lent_on": "2026-10-08"}),
        ("private_loan", "lent_on", "国庆前", {"lent_on": "2026-09-30"}),
        # An age is that of the one who is spoken for.
        ("school_bullying", "danger", "十二岁", {"bully_age": None}),
        ("school_bullying", "danger", "打人的都是十五岁", {"bully_age": 15}),
        # What a client owes the boss is nobody's pay.
        ("employer", None, "我是包工头，甲方欠我二十万，工人都找我要工资", {"monthly_wage": None, "contractor": True}),
        # What was held or written, and nobody was sent away.
        ("dismissal", None, "我被公司开了个会当众说我贪了", {"how": None}),
        ("dismissal", None, "我被公司开了", {"how": "fired"}),
        # The day of a paper, and a place to go to.
        ("insurance_claim", "policy_on", "拒赔通知昨天收到", {"policy_on": None}),
        ("insurance_claim", None, "重疾险，买了三年，拒赔", {"policy_on": "2023-11-23"}),
        ("correction", "absent", "去广东", {"place": None}),
        # Who drove off.
        ("traffic_accident", None, "我把人家车刮了跑了", {"side": "driver", "i_fled": True, "other_car": None}),
        ("traffic_accident", None, "我被车撞了，司机跑了", {"side": "victim", "i_fled": None, "other_car": "ran_off"}),
        ("traffic_accident", None, "电动车把我撞了就跑了", {"i_fled": None, "other_car": "ran_off"}),
        # Several phrases that no option combines.
        ("work_injury", None, "包工头叫来的，公司的活", {"relation": None}),
        ("work_injury", "relation", "包工头叫来的，公司的活", {"relation": None}),
    ],
)
def test_what_authors_of_topics_found(
    topics: dict[str, Topic], topic: str, asked: str | None, said: str, told: dict[str, Plain]
) -> None:
    facts = read(topics[topic], said, asked).facts
    assert {one: facts[one].value if one in facts else None for one in told} == told


@pytest.mark.parametrize("said", ["没", "没呢", "还没", "没有"])
def test_a_bare_no_is_one(topics: dict[str, Topic], said: str) -> None:
    facts = {"safe_now": FactValue("away"), "relation": FactValue("spouse"), "harm": FactValue("threatened")}
    assert read(topics["domestic_violence"], said, "police", facts).facts["police"].value == "not_reported"


@pytest.mark.parametrize("said", ["她没钱", "没饭吃"])
def test_a_no_of_something_else_is_none(topics: dict[str, Topic], said: str) -> None:
    facts = {"safe_now": FactValue("away"), "relation": FactValue("spouse"), "harm": FactValue("threatened")}
    assert "police" not in read(topics["domestic_violence"], said, "police", facts).facts


@pytest.mark.parametrize("said", ["不给我饭吃", "他威胁要杀我"])
def test_what_was_told_with_more_is_not_asked_again(topics: dict[str, Topic], said: str) -> None:
    facts = {"harm": FactValue("beaten"), "safe_now": FactValue("away"), "relation": FactValue("elder_hurt")}
    reading = read(topics["domestic_violence"], said, "injury", facts)
    assert reading.ask_back is None
    assert not reading.facts


UNKNOWN = FactValue(None, True, "不知道")


@pytest.mark.parametrize(
    ("said", "asked", "owed"),
    [
        ("他欠我八万一分没给", None, 80000.0),
        ("三万一分都没还", "owed", 30000.0),
        ("五千一毛不给", "owed", 5000.0),
        ("欠我三万一", None, 31000.0),
        ("签了执行和解说一个月还两千，给了三个月不给了", None, None),
        ("说好每月还两千", None, None),
        ("欠我两千", None, 2000.0),
    ],
)
def test_neither_nothing_nor_an_instalment_is_part_of_the_debt(
    topics: dict[str, Topic], said: str, asked: str | None, owed: float | None
) -> None:
    told = read(topics["enforcement"], said, asked).facts.get("owed")
    assert (told.value if told is not None else None) == owed


@pytest.mark.parametrize("said", ["拨了110报的", "96110打了", "打了12345", "12348让我找你们"])
def test_a_telephone_number_is_no_sum(topics: dict[str, Topic], said: str) -> None:
    assert "amount" not in read(topics["network_fraud"], said, "amount").facts


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("没说不想活", False),
        ("没有不想活", False),
        ("没说过不想活", False),
        ("没听他说不想活", False),
        ("他说不想活", True),
        ("他说不想上学", None),
        ("他说没有", False),
        ("没说过", False),
        ("好像有", True),
    ],
)
def test_what_was_said_is_told_from_a_denial(topics: dict[str, Topic], said: str, danger: bool | None) -> None:
    told = read(topics["school_bullying"], said, "danger").facts.get("danger")
    assert (told.value if told is not None else None) is danger


@pytest.mark.parametrize(
    ("topic", "asked", "unknown", "said", "value"),
    [
        ("school_bullying", "form", "danger", "把视频传给别人看了", None),
        ("school_bullying", "form", "danger", "没打，就是不理他", None),
        ("demolition", "agreement_problem", "running_business", "签了但没拿到", None),
        ("demolition", "agreement_problem", "running_business", "开店的", True),
        ("school_bullying", "form", "danger", "刚才那个，没有", False),
    ],
)
def test_what_was_not_known_is_changed_by_its_own_words_only(
    topics: dict[str, Topic], topic: str, asked: str, unknown: str, said: str, value: bool | None
) -> None:
    told = read(topics[topic], said, asked, {unknown: UNKNOWN}).facts.get(unknown)
    assert (told.value if told is not None else None) is value


@pytest.mark.parametrize(("said", "medical"), [("还没算", None), ("没花钱", 0.0), ("一分没花", 0.0)])
def test_what_was_not_counted_is_not_nought(topics: dict[str, Topic], said: str, medical: float | None) -> None:
    assert read(topics["crime_victim"], said, "medical").facts["medical"].value == medical


def test_how_long_something_was_lacking_is_not_nought(topics: dict[str, Topic]) -> None:
    assert "lost_income" not in read(topics["crime_victim"], "俩月没干活，一天二百", "lost_income").facts


@pytest.mark.parametrize("said", ["好像有", "应该有", "可能有", "应该有吧"])
def test_a_hedged_yes_is_one(topics: dict[str, Topic], said: str) -> None:
    facts = read(topics["shareholder_dispute"], said, "voted").facts
    assert {one: told.value for one, told in facts.items()} == {"voted": True}
    assert facts["voted"].said == said


@pytest.mark.parametrize("topic", ["contracted_land", "land_requisition"])
@pytest.mark.parametrize(("said", "size"), [("一共七户", 7.0), ("我们三十户", 30.0), ("一户五万", None)])
def test_households_are_counted(topics: dict[str, Topic], topic: str, said: str, size: float | None) -> None:
    told = read(topics[topic], said, None).facts.get("group_size")
    assert (told.value if told is not None else None) == size


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("我儿14，跟几个大的打架", 14.0),
        ("闺女15被网友骗了", 15.0),
        ("我儿十六了", 16.0),
        ("儿子打架，才15", 15.0),
        ("儿子打架，才15天就放了", None),
        ("女儿2万块没了", None),
    ],
)
def test_a_bare_age_behind_kin(topics: dict[str, Topic], said: str, age: float | None) -> None:
    told = read(topics["minor_offender"], said, None).facts.get("age")
    assert (told.value if told is not None else None) == age


@pytest.mark.parametrize(("said", "many"), [("一人五万", None), ("一个人分了三千", None), ("就我一人", 1.0)])
def test_what_each_gets_counts_nobody(topics: dict[str, Topic], said: str, many: float | None) -> None:
    told = read(topics["women_land_rights"], said, "many").facts.get("many")
    assert (told.value if told is not None else None) == many


def test_an_option_that_holds_the_one_heard_before_replaces_it(topics: dict[str, Topic]) -> None:
    detention = topics["detention"]
    heard = read(detention, "我弟被带走了", None).facts
    assert heard["kind"].value == "summoned"
    said = "收到拘留通知书，说涉嫌诈骗"
    assert read(detention, said, "held_on", heard).facts["kind"].value == "criminal_detained"
    assert "kind" not in read(detention, "那天他被带走了", "held_on", {"kind": FactValue("criminal_detained")}).facts
    clicked = {"kind": FactValue("summoned", False, detention.fact("kind").options[0].label)}
    assert "kind" not in read(detention, said, "held_on", clicked).facts


@pytest.mark.parametrize("said", ["关进看守所半个月了", "我弟关进看守所里已经半个月了", "关了半个月了"])
def test_a_place_may_stand_before_how_long_ago(topics: dict[str, Topic], said: str) -> None:
    assert "held_on" in read(topics["detention"], said, None).facts


@pytest.mark.parametrize(
    ("topic", "said", "paid"),
    [
        ("pyramid_selling", "同学叫我来广西做工程 说投六万九能变一千万 我交了 现在想要回来", None),
        ("pyramid_selling", "交了三万八，说一年能返二十万", 38000.0),
        ("network_fraud", "投了五万，说保证赚到十万", 50000.0),
    ],
)
def test_a_gain_that_was_promised_is_not_what_was_paid(
    topics: dict[str, Topic], topic: str, said: str, paid: float | None
) -> None:
    told = read(topics[topic], said, None).facts
    assert (told["amount"].value if "amount" in told else None) == paid


@pytest.mark.parametrize("said", ["我老板说不干满一年不给工资 我才17", "老板拖着工资不给，我今年才17"])
def test_an_age_is_no_sum(topics: dict[str, Topic], said: str) -> None:
    assert "owed" not in read(topics["unpaid_wages"], said, None).facts


@pytest.mark.parametrize(
    ("topic", "fact", "text"),
    [
        ("traffic_accident", "side", "我骑电动车被宝马撞了，我把人家车刮了"),
        ("rent_dispute", "issue", "房东要我搬走，还把锁换了"),
        ("decoration", "issue", "墙面空鼓开裂，还差他尾款没付"),
    ],
)
def test_two_options_add_up_to_no_third(topics: dict[str, Topic], topic: str, fact: str, text: str) -> None:
    told = read(topics[topic], text, fact, {})
    assert fact not in told.facts or told.facts[fact].value not in ("lender", "sublet", "i_am_builder")
