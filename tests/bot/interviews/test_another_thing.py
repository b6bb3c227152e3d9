"""What tells of something else, or of itself in another breath, answers no question by chance."""

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


def read(topic: Topic, text: str, asked: str | None, facts: dict[str, FactValue] | None = None) -> Reading:
    return read_answers(topic, facts or {}, asked, text, TODAY)


@pytest.mark.parametrize("text", ["你这说的对我一点用没有，垃圾", "一点用没有", "你说的没有用", "答非所问"])
def test_abuse_answers_nothing(topics: dict[str, Topic], text: str) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue("incompetent")}
    assert not read(topics["dismissal"], text, "notice", facts).facts


@pytest.mark.parametrize("text", ["没有", "没有的", "没有提前通知", "一点没提前"])
def test_a_plain_no_still_answers(topics: dict[str, Topic], text: str) -> None:
    facts = {"how": FactValue("fired"), "reason": FactValue("incompetent")}
    assert read(topics["dismissal"], text, "notice", facts).facts["notice"].value is False


def test_what_somebody_cannot_do_denies_nothing_that_was_asked(topics: dict[str, Topic]) -> None:
    facts = {"aim": FactValue("make"), "heir": FactValue("statutory")}
    assert "needy" not in read(topics["will"], "我不会写字", "needy", facts).facts
    assert read(topics["will"], "都没有的", "needy", facts).facts["needy"].value is False


def test_a_thing_lacked_is_no_part_of_another_word(topics: dict[str, Topic]) -> None:
    assert "status" not in read(topics["divorce"], "没证据就是看到聊天记录", "status").facts
    assert read(topics["divorce"], "没证", "status").facts["status"].value == "unregistered"


@pytest.mark.parametrize("text", ["没有合同", "莫得合同"])
def test_no_contract_makes_nobody_a_helper(topics: dict[str, Topic], text: str) -> None:
    assert "relation" not in read(topics["unpaid_wages"], text, "relation").facts


def test_not_in_a_unit_is_the_other_of_two(topics: dict[str, Topic]) -> None:
    assert read(topics["unpaid_wages"], "没在公司", "relation").facts["relation"].value == "helper"


@pytest.mark.parametrize("text", ["还有两个月到期", "离到期还有半年", "还差一个月才到期"])
def test_what_ends_later_has_not_ended(topics: dict[str, Topic], text: str) -> None:
    told = read(topics["rental_deposit"], text, "how_ended").facts
    assert "how_ended" not in told or told["how_ended"].value != "expired"


@pytest.mark.parametrize("text", ["合同到期了", "两个月前到期的"])
def test_what_has_ended_has(topics: dict[str, Topic], text: str) -> None:
    assert read(topics["rental_deposit"], text, "how_ended").facts["how_ended"].value == "expired"


@pytest.mark.parametrize("text", ["下一个", "第一个", "另一个", "上一个"])
def test_the_next_one_counts_nobody(topics: dict[str, Topic], text: str) -> None:
    assert not read(topics["inheritance"], text, "heirs").facts


def test_the_third_one_with_a_question_is_no_choice(topics: dict[str, Topic]) -> None:
    assert not read(topics["will"], "第三个呢", "aim").facts
    assert read(topics["will"], "第三个", "aim").facts["aim"].value == "rely"


def test_this_year_before_an_age_is_no_day(topics: dict[str, Topic]) -> None:
    told = read(topics["child_support_claim"], "我今年14，我爸不给我学费，我能告他吗", None).facts
    assert "stopped_on" not in told
    assert "unpaid_months" not in told
    assert told["age"].value == 14


def test_this_year_alone_is_one(topics: dict[str, Topic]) -> None:
    assert "stopped_on" in read(topics["child_support_claim"], "我爸今年不给我学费", None).facts


def test_the_end_of_a_month_is_its_last_day(topics: dict[str, Topic]) -> None:
    facts = {"relation": FactValue("employee"), "owed": FactValue(5000.0), "still_employed": FactValue(False)}
    assert read(topics["unpaid_wages"], "2026年8月底", "left_on", facts).facts["left_on"].value == "2026-08-31"


def test_the_last_time_is_the_day_that_follows(topics: dict[str, Topic]) -> None:
    told = read(topics["private_loan"], "我催过他几次，最近一次是去年春节，今年直接把我拉黑了", None).facts
    assert str(told["asked_on"].value).startswith("2025-01")


@pytest.mark.parametrize("text", ["哦", "噢"])
def test_hearing_is_no_yes(topics: dict[str, Topic], text: str) -> None:
    facts = {"role": FactValue("hurt_family"), "form": FactValue("beaten")}
    assert not read(topics["school_bullying"], text, "danger", facts).facts


@pytest.mark.parametrize("text", ["利息没写", "利息没讲"])
def test_a_thing_said_first_is_lacked_as_well(topics: dict[str, Topic], text: str) -> None:
    facts = {"role": FactValue("lender")}
    assert read(topics["private_loan"], text, "principal", facts).facts["interest"].value == "interest_free"


def test_what_was_told_of_somebody_else_is_not_compared(topics: dict[str, Topic]) -> None:
    facts = {"relation": FactValue("employee"), "owed": FactValue(17400.0), "service_months": FactValue(24.0)}
    told = read(topics["unpaid_wages"], "那我老婆也在那厂她才干了三个月，她呢？", "still_employed", facts)
    assert not told.facts
    assert not told.rejected
    assert read(topics["unpaid_wages"], "那我是上个月走的", "still_employed", facts).facts["left_on"].value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("我妈跟我们兄妹三个，爷爷奶奶早没了", 4),
        ("我妈和我们姐弟俩", 3),
        ("我妈跟我们三个", 4),
        ("老伴加四个儿女", 5),
        ("兄妹三个", 3),
        ("我跟我妹还有我妈", 3),
    ],
)
def test_heirs_beside_a_number_are_counted_too(topics: dict[str, Topic], text: str, number: int) -> None:
    assert read(topics["inheritance"], text, "heirs").facts["heirs"].value == number


def test_heirs_told_with_the_story(topics: dict[str, Topic]) -> None:
    assert read(topics["inheritance"], "我爸走了，我爸妈就我和哥俩，我妈还在", None).facts["heirs"].value == 3


def test_a_pause_before_who_did_it(topics: dict[str, Topic]) -> None:
    told = read(topics["traffic_accident"], "我骑电动车 被一个小轿车给撞了 他跑了", None).facts
    assert told["kinds"].value == "motor_person"


@pytest.mark.parametrize(
    ("topic", "asked", "text", "day"),
    [
        ("unpaid_wages", "relation", "去年年底走得", "2025-12-01"),
        ("court_costs_help", "notice_on", "通知书说七天内交，今天第三天", "2026-11-21"),
        ("contract_breach", "due_on", "说好每个月15号结上个月的，最后一笔该7月15号给", "2026-07-15"),
        ("contract_breach", "due_on", "对账单写的次月15号结，最后一笔是今年6月的货", "2026-07-15"),
        ("enforcement", "due_on", "裁决书写的收到十天内付，5月20收到的", "2026-05-30"),
    ],
)
def test_a_day_told_by_its_rule(topics: dict[str, Topic], topic: str, asked: str, text: str, day: str) -> None:
    told = read(topics[topic], text, asked).facts
    assert day in {one.value for one in told.values()}


@pytest.mark.parametrize(
    ("asked", "text", "first", "last"),
    [
        ("due_on", "十天内付，5月20收到", "2026-05-30", "2026-06-14"),
        (None, "赢了官司，判决书5月20号收到的，让他十天内付，到现在没给", "2026-05-30", "2026-06-14"),
        (None, "今年6月判的，已经生效", "2026-06-01", "2026-07-25"),
        ("due_on", "5月20收到判决书，写着生效后十天内付", "2026-05-30", "2026-06-14"),
        ("due_on", "判决书写的6月10号之前付清", "2026-06-10", None),
    ],
)
def test_the_day_for_payment_that_a_judgment_sets(
    topics: dict[str, Topic], asked: str | None, text: str, first: str, last: str | None
) -> None:
    told = read(topics["enforcement"], text, asked).facts["due_on"]
    assert (told.value, told.high) == (first, last)


def test_taken_away_three_days_ago(topics: dict[str, Topic]) -> None:
    told = read(topics["detention"], "哥们被派出所带走了三天了说是帮信罪", None).facts
    assert told["held_on"].value == "2026-11-20"


def test_of_two_ages_the_younger(topics: dict[str, Topic]) -> None:
    told = read(topics["minor_offender"], "都初二的，十四五岁吧", "age").facts["age"]
    assert (told.value, told.high) == (14, 15)


def test_the_price_of_one_visit_is_not_what_was_used_up(topics: dict[str, Topic]) -> None:
    told = read(topics["prepaid_card"], "我在一个美容院充了2万的卡，用了大概三四次吧一次四百八", None).facts
    assert told["paid"].value == 20000
    assert "used" not in told


def test_of_a_sum_worked_out_aloud_the_result_counts(topics: dict[str, Topic]) -> None:
    told = read(topics["training_school"], "一万一除以48乘9，两千来块吧", "used").facts
    assert told["used"].value == 2000


def test_a_word_said_back_asks_nothing(topics: dict[str, Topic]) -> None:
    told = read(topics["social_insurance"], "社保？没交社保", None).facts
    assert told == read(topics["social_insurance"], "没交社保", None).facts


@pytest.mark.parametrize(
    ("topic", "asked", "text"),
    [
        ("unpaid_wages", "relation", "你是哪个公司做的"),
        ("unpaid_wages", "relation", "你说不清楚，让别人来"),
        ("unpaid_wages", "relation", "我老乡也没拿到，他干了五个月"),
        ("work_injury", "insured", "签了的合同"),
        ("notary", "place", "我老家那边"),
        ("food_safety", "loss", "车是去年买的2800"),
        ("demolition", "signed_on", "楼里贴了通知说月底前签的奖励三万"),
    ],
)
def test_what_is_about_something_else_answers_nothing(
    topics: dict[str, Topic], topic: str, asked: str, text: str
) -> None:
    assert asked not in read(topics[topic], text, asked).facts


def test_twelve_people_are_no_private_person(topics: dict[str, Topic]) -> None:
    told = read(topics["unpaid_wages"], "12个人一起", "relation").facts
    assert "relation" not in told
    assert told["group_size"].value == 12


@pytest.mark.parametrize(
    ("topic", "asked", "text", "value"),
    [
        ("work_injury", "insured", "社保没有", False),
        ("work_injury", "insured", "工伤保险没有的", False),
        ("work_injury", "insured", "社保交了的", True),
        ("no_contract", "contract_state", "劳动合同没有，是那种演艺经纪", "never"),
        ("dismissal", "service_months", "两年 两年半吧", 30),
        ("dismissal", "monthly_wage", "五千 五千到六千", 5500),
        ("minor_payments", "age", "他才13岁不是，他实际是12，虚岁13", 12),
        ("food_safety", "price", "一包两块五，孩子说买了三包", 7.5),
        ("inheritance", "heirs", "后妈，我跟我姐，还有那个弟弟", 4),
        ("notary", "place", "湖南邵阳隆回县", "湖南省 邵阳市 隆回县"),
    ],
)
def test_said_in_another_order(topics: dict[str, Topic], topic: str, asked: str, text: str, value: Plain) -> None:
    assert read(topics[topic], text, asked).facts[asked].value == value


def test_of_a_sum_for_all_and_mine_the_one_that_is_mine(topics: dict[str, Topic]) -> None:
    text = "老板欠我们班组12个人工资共计18万6千元，我个人是15500元，有李强写的欠条"
    assert read(topics["unpaid_wages"], text, None).facts["owed"].value == 15500


WAGES = {
    "monthly_wage": FactValue(5000.0, said="5000"),
    "owed_months": FactValue(2.0, said="两个月"),
    "still_employed": FactValue(False, said="已经走了"),
    "owed": FactValue(10000.0, said="推算：5000、两个月"),
}


@pytest.mark.parametrize("text", ["不是5000，是5500", "工资改成5500"])
def test_the_value_taken_back_tells_what_is_corrected(topics: dict[str, Topic], text: str) -> None:
    told = read(topics["unpaid_wages"], text, "relation", WAGES).facts
    assert told["monthly_wage"].value == 5500
    assert told["owed"].value == 11000


def test_the_contrary_said_plainly_is_what_is_so(topics: dict[str, Topic]) -> None:
    told = read(topics["unpaid_wages"], "我没走，还在上班", "relation", WAGES)
    assert told.facts["still_employed"].value is True
    assert told.corrected == ("still_employed",)


def test_waiting_a_while_corrects_no_day(topics: dict[str, Topic]) -> None:
    facts = {"role": FactValue("lender"), "due": FactValue("fixed"), "due_on": FactValue("2024-05-01")}
    told = read(topics["private_loan"], "去年9月微信问过她，她说再等等", "asked_again", facts).facts
    assert "due_on" not in told
    assert told["asked_again"].value is True


def test_two_points_a_year_are_a_yearly_rate(topics: dict[str, Topic]) -> None:
    told = read(topics["private_loan"], "我借给他五万，利息一年两分", None).facts
    assert (told["interest"].value, told["yearly_rate"].value) == ("yearly", 20)
    assert "monthly_rate" not in told
    monthly = read(topics["private_loan"], "我借给他五万，利息两分", None).facts
    assert (monthly["interest"].value, monthly["monthly_rate"].value) == ("monthly", 2)


def test_what_the_other_side_offers_is_neither_spent_nor_owed(topics: dict[str, Topic]) -> None:
    assert "medical" not in read(topics["animal_injury"], "他说他给五千", "medical").facts
    owed = {"owed": FactValue(86000.0, said="86000")}
    assert "owed" not in read(topics["enforcement"], "其实那个老板说给三万了事，让我签字两清", None, owed).facts
    told = read(topics["unpaid_wages"], "老板说给五千一个月，欠我两个月", None).facts
    assert (told["monthly_wage"].value, told["owed"].value) == (5000, 10000)


def test_months_of_wages_are_months_owed(topics: dict[str, Topic]) -> None:
    assert read(topics["unpaid_wages"], "2个月的公子", "relation").facts["owed_months"].value == 2


def test_that_somebody_else_is_not_something_denies_nothing(topics: dict[str, Topic]) -> None:
    facts = {"side": FactValue("victim"), "animal": FactValue("owned", said="邻居家")}
    text = "也不是邻居，是小区里的流浪猫，有个阿姨天天喂"
    told = read(topics["animal_injury"], text, "provoked", facts)
    assert "provoked" not in told.facts
    assert told.ask_back is not None
    for no in ("不是", "不是的，没惹它", "不是他先惹的"):
        assert read(topics["animal_injury"], no, "provoked", facts).facts["provoked"].value is False


def test_who_has_not_been_told_is_not_the_one_asked(topics: dict[str, Topic]) -> None:
    harassment = topics["sexual_harassment"]
    assert "who" not in read(harassment, "我姐不知道", "who").facts
    assert read(harassment, "不知道", "who").facts["who"].unknown
    assert read(harassment, "我妈也不知道", "who").facts["who"].unknown


@pytest.mark.parametrize(("text", "value"), [("后面那个", "helper"), ("前者", "employee"), ("后者", "helper")])
def test_the_latter_of_two(topics: dict[str, Topic], text: str, value: str) -> None:
    assert read(topics["unpaid_wages"], text, "relation").facts["relation"].value == value


@pytest.mark.parametrize("text", ["没跟他说过", "他不在家", "我没钱", "没有给我钱"])
@pytest.mark.parametrize(
    ("topic", "asked"), [("bail", "forfeited"), ("animal_injury", "medical"), ("admin_litigation", "review_on")]
)
def test_a_denial_of_something_else_answers_nothing(
    topics: dict[str, Topic], topic: str, asked: str, text: str
) -> None:
    assert asked not in read(topics[topic], text, asked).facts


@pytest.mark.parametrize("text", ["没有", "没呢", "还没", "没没收", "不是", "没有的事"])
def test_a_denial_of_nothing_else_is_a_no(topics: dict[str, Topic], text: str) -> None:
    assert read(topics["bail"], text, "forfeited").facts["forfeited"].value is False


def test_two_children_are_no_two_months(topics: dict[str, Topic]) -> None:
    assert not read(topics["dismissal"], "有两个孩子", "service_months").facts
    assert read(topics["dismissal"], "两个", "service_months").facts["service_months"].value == 2


@pytest.mark.parametrize(
    ("topic", "asked", "text", "fact", "value"),
    [
        ("dismissal", None, "我2020年入职，不对是2021年，这个月被辞退了", "service_months", 59),
        ("dismissal", "monthly_wage", "月薪八千，不对，八千是税前，到手七千二", "monthly_wage", 8000),
        ("private_loan", "principal", "五千，不对，是两万", "principal", 20000),
        ("unpaid_wages", None, "老板欠我三个月工资，不对，是四个月，一个月6000", "owed", 24000),
        ("unpaid_wages", None, "老板欠我三个月工资，一个月到手5000", "monthly_wage", 5000),
    ],
)
def test_what_is_mended_in_the_same_breath(
    topics: dict[str, Topic], topic: str, asked: str | None, text: str, fact: str, value: float
) -> None:
    told = read(topics[topic], text, asked).facts[fact]
    assert told.value == pytest.approx(value, abs=6)


@pytest.mark.parametrize("text", ["报了警", "住了院", "已经报了案"])
def test_a_word_in_two_parts_takes_no_blame(topics: dict[str, Topic], text: str) -> None:
    facts = {"side": FactValue("victim"), "cause": FactValue("place"), "severity": FactValue("heavy")}
    assert "own_fault" not in read(topics["personal_injury"], text, "own_fault", facts).facts


def test_a_word_in_two_parts_answers_the_question_that_names_it(topics: dict[str, Topic]) -> None:
    asked = next(one for one in topics["domestic_violence"].facts if one.type == "choice" and "报过警" in one.question)
    assert read(topics["domestic_violence"], "报了警", asked.id).facts[asked.id].answered
