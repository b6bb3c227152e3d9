"""What people say to the services of judicial administration is read as they say it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue, Plain
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


@pytest.mark.parametrize(
    ("topic", "asked", "said", "told"),
    [
        ("complaint", "privacy", "怕他报复，能不能匿名", {"privacy": "anonymous"}),
        ("complaint", "privacy", "不想让人知道我是谁", {"privacy": "anonymous"}),
        ("legal_aid", None, "法律援助中心不给我办，说我收入超了", {"refused": True}),
        ("legal_aid", None, "援助中心把援助停了", {"stopped": True}),
        ("legal_aid", None, "援助律师能换吗，他不接我电话", {"swap": True}),
        ("mediation", None, "我们已经在村里调解签了协议，要去法院确认", {"agreed": True}),
        ("find_lawyer", "matter", "后天上午", {"wanted_time": "2026年11月25日（周三）上午"}),
        ("find_lawyer", "matter", "经济纠纷", {"matter": "debt"}),
        ("prison_visit", None, "我儿子在少管所，能去看吗", {"where_held": "prison"}),
        ("complaint", "privacy", "实名可以，但要保密", {"privacy": "secret"}),
        ("complaint", "against", "村里征地的事", {"against": "official"}),
        ("complaint", "danger", "没有危险", {"danger": False}),
        ("complaint", None, "法官偏袒对方，我要投诉", {"against": "court"}),
        ("correction", None, "我判三缓三，想回老家看我妈", {"kind": "probation", "need": "leave"}),
        ("correction", None, "昨天喝多了去了隔壁县一趟没说", {"absent": True}),
        ("correction", "need", "会不会抓我回去", {"need": "trouble"}),
        ("resettlement", None, "刑满释放没工作", {"need": "job"}),
        ("resettlement", None, "刚放出来，今天没地方睡", {"need": "living", "sheltered": False}),
        ("prison_visit", None, "坐牢的儿子怎么探视", {"where_held": "prison", "need": "visit"}),
        ("prison_visit", "relation", "我是他妈，就是想见见他", {"relation": "kin"}),
        ("prison_visit", None, "他在监狱被打了，脸肿着", {"beaten": True}),
        ("peoples_supervisor", None, "想让人民监督员来看看我儿子的案子", {"role": "supervisor", "wish": "party"}),
        ("registry", None, "查一下张三律师是不是真的", {"who": "person"}),
        ("registry", "money", "让我先交两千", {"money": True}),
        ("permits", None, "办个律所要什么手续", {"item": "firm", "stage": "before"}),
        ("permits", "stage", "第一次", {"stage": "before"}),
        ("prison_visit", None, "我儿子在里面三年了 我想去看看他", {"where_held": "prison", "need": "visit"}),
        ("appraisal", "stage", "在打官司", {"stage": "court"}),
        ("appraisal", "stage", "个人做的 不打官司", {"stage": "none"}),
        ("appraisal", "disagree", "我没钱", {"hard_up": True}),
        ("notary", "act", "我妈死了 存折取不出钱", {"act": "inheritance"}),
        ("notary", "dispute", "我哥不同意", {"dispute": True}),
        ("notary", "dispute", "没有人不同意", {"dispute": False}),
        ("mediation", "danger", "他不肯", {"refuses": True}),
        ("judicial_office", "need", "我跟村里闹矛盾", {"need": "mediate"}),
        ("legal_aid", "exempt", "反正没钱", {"poor": True}),
        ("complaint", None, "你们这个破热线 我要投诉12348", {"against": "hotline"}),
        ("legal_aid", None, "我想申请法律援助 我已经交了申请了", {"waiting": True}),
        ("legal_aid", "matter", "一直没消息", {"waiting": True}),
        ("find_lawyer", "soon", "我没钱", {"cannot_pay": True}),
        ("complaint", None, "我要投诉 那个法官收了人家的钱", {"against": "court", "bribe": True}),
        ("complaint", "inside", "不对 我不想匿名了 我要实名", {"privacy": "named"}),
        ("bar_exam", "old", "早就毕业了", {"old": True}),
        ("bar_exam", "old", "我都40了", {"old": True}),
        ("registry", None, "帮我查一个律师 张伟", {"who": "person", "name": "张伟"}),
        ("registry", "name", "北京的", {"place": "北京市"}),
        ("registry", "name", "他让我先交钱", {"money": True}),
        ("notary", "act", "都不是", {"act": "other"}),
        ("legal_aid", "exempt", "都不是", {"exempt": "none"}),
        ("private_loan", "role", "还没给呢", {"role": "lending"}),
        ("private_loan", None, "朋友要跟我借五万", {"role": "lending"}),
        ("private_loan", None, "朋友跟我借了五万没还", {"role": "lender"}),
    ],
)
def test_what_is_said_is_read(
    topics: dict[str, Topic], topic: str, asked: str | None, said: str, told: dict[str, Plain]
) -> None:
    read = read_answers(topics[topic], {}, asked, said, TODAY).facts
    assert {one: read[one].value for one in told if one in read} == told


@pytest.mark.parametrize(
    ("topic", "asked", "said"),
    [
        ("notary", "abroad", "我哥不同意"),
        ("registry", "name", "他让我先交钱"),
        ("registry", "name", "北京的"),
        ("registry", None, "查一个律师 安徽"),
        ("complaint", "story", "河南太康"),
        ("legal_aid", "place", "你们都是一伙的 我要投诉"),
        ("resettlement", "place", "昨天"),
        ("mediation", "danger", "他不肯"),
        ("appraisal", "disagree", "我没钱"),
    ],
)
def test_what_is_said_of_something_else_answers_nothing(
    topics: dict[str, Topic], topic: str, asked: str | None, said: str
) -> None:
    read = read_answers(topics[topic], {}, asked, said, TODAY)
    assert (asked or "name") not in read.facts
    assert not read.understood


@pytest.mark.parametrize("said", ["随便", "哪都行", "都行", "你看着办", "没想好"])
def test_any_place_will_do_is_no_place(topics: dict[str, Topic], said: str) -> None:
    read = read_answers(topics["find_lawyer"], {}, "place", said, TODAY)
    assert read.facts["place"].unknown
    assert read.understood


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("查一下张三律师是不是真的", "张三"),
        ("张伟律师有没有执业证", "张伟"),
        ("公证员王芳有证没有", "王芳"),
        ("张律师靠谱吗", ""),
        ("方正律师事务所正规吗", "方正律师事务所"),
    ],
)
def test_who_is_asked_about_is_read_from_the_question(topics: dict[str, Topic], said: str, name: str) -> None:
    read = read_answers(topics["registry"], {}, None, said, TODAY).facts.get("name")
    assert (read.value if read is not None else "") == name


@pytest.mark.parametrize(
    ("said", "name"), [("湖南长沙", None), ("没处分过吧？他是不是假的？", None), ("李建国", "李建国")]
)
def test_a_place_or_a_question_is_no_name(topics: dict[str, Topic], said: str, name: str | None) -> None:
    read = read_answers(topics["registry"], {}, "name", said, TODAY).facts.get("name")
    assert (read.value if read is not None else None) == name


@pytest.mark.parametrize("said", ["有没有钱补", "要多久啊？", "周末上班吗"])
def test_a_question_is_no_place(topics: dict[str, Topic], said: str) -> None:
    assert "place" not in read_answers(topics["resettlement"], {}, "place", said, TODAY).facts


@pytest.mark.parametrize("said", ["贵阳", "会理县", "我在什么都有的义乌市"])
def test_a_place_is_one(topics: dict[str, Topic], said: str) -> None:
    assert "place" in read_answers(topics["resettlement"], {}, "place", said, TODAY).facts


@pytest.mark.parametrize(
    ("against", "cited", "phone", "not_cited"),
    [
        ("lawyer", "律师法 第五十二条", "12348", "行政复议法 第十一条"),
        ("notary", "公证法 第四十一条", "12348", "律师法 第五十二条"),
        ("aid", "法律援助法 第五十六条", "12348", "律师法 第五十二条"),
        ("mediator", "人民调解法 第十五条", "12348", "律师法 第五十二条"),
        ("prison", "监狱法 第二十三条", "12309", "律师法 第五十二条"),
        ("correction", "社区矫正法 第六十一条", "12309", "律师法 第五十二条"),
        ("police", "刑事诉讼法 第一百一十三条", "12389", "律师法 第五十二条"),
        ("court", "民事诉讼法 第四十七条", "12368", "律师法 第五十二条"),
        ("official", "行政复议法 第二十条", "12345", "律师法 第五十二条"),
    ],
)
def test_each_complaint_goes_to_who_receives_it(
    topics: dict[str, Topic], against: str, cited: str, phone: str, not_cited: str
) -> None:
    facts: dict[str, Plain] = {"against": against, "danger": False, "privacy": "secret", "story": "他不办事"}
    conclusions = conclude(
        topics["complaint"], {one: FactValue(value, False, "") for one, value in facts.items()}, TODAY
    )
    cites = {one for finding in conclusions.findings for one in finding.finding.cite}
    assert cited in cites
    assert "刑法 第二百五十四条" in cites, "nobody may take revenge"
    assert not_cited not in cites
    assert phone in {one.phone for one in conclusions.where}
    titles = [one.finding.id for one in conclusions.findings]
    assert titles.index("secret") < titles.index("no_revenge")
    assert titles[1] == against, "who receives it is said before everything else"


def test_the_terms_of_petitions_are_not_told_of_a_lawyer(topics: dict[str, Topic]) -> None:
    facts = {"against": FactValue("lawyer", False, ""), "story": FactValue("他不办事", False, "")}
    conclusions = conclude(topics["complaint"], facts, TODAY)
    said = "".join(one.text for one in conclusions.findings)
    assert "十五日内" not in said
    assert "法律没有写几天" in said


def test_who_asks_for_leave_is_told_of_leave_first(topics: dict[str, Topic]) -> None:
    facts: dict[str, Plain] = {"kind": "probation", "need": "leave", "absent": False}
    told = {one: FactValue(value, False, "") for one, value in facts.items()}
    conclusions = conclude(topics["correction"], told, TODAY)
    assert conclusions.findings[0].finding.id == "leave"


def test_a_time_alone_is_no_day_of_a_court(topics: dict[str, Topic]) -> None:
    told = read_answers(topics["find_lawyer"], {}, "matter", "后天上午", TODAY).facts
    assert set(told) == {"wanted_time"}
    urgent = read_answers(topics["find_lawyer"], {}, "soon", "后天", TODAY).facts
    assert urgent["soon"].value is True


def test_who_waits_for_legal_aid_is_told_whether_the_seven_days_are_over(topics: dict[str, Topic]) -> None:
    for day, finding in (("2026-11-10", "overdue_answer"), ("2026-11-20", "still_in_time")):
        told = {"waiting": FactValue(True, False, ""), "applied_on": FactValue(day, False, "")}
        conclusions = conclude(topics["legal_aid"], told, TODAY)
        assert finding in {one.finding.id for one in conclusions.findings}
        assert conclusions.application is None


def test_who_left_because_nothing_was_paid_did_not_leave_of_their_own(topics: dict[str, Topic]) -> None:
    told = read_answers(topics["unpaid_wages"], {}, "why_left", "自己走的，因为不发工资", TODAY).facts
    assert told["why_left"].value == "unpaid"
    own = read_answers(topics["unpaid_wages"], {}, "why_left", "自己走的，回老家", TODAY).facts
    assert own["why_left"].value == "own"
