"""A service is heard by its name, the same once more too; what only speaks of one is no wish."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.authored import read_plain
from bot.interviews.topic_file import load_topics
from bot.rasa.wishes import (
    FILE,
    carried_from,
    gives_up,
    is_wished,
    known_of,
    puts_off,
    read_service_wish,
    speaks_of,
    takes_back,
    wants_back,
)

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("我想做公证", "notary"),
        ("俺想弄个公证咋弄", "notary"),
        ("给我妈办个公证", "notary"),
        ("立遗嘱公证，我妈80了走不动", "notary"),
        ("想把房子公证给儿子", "notary"),
        ("去公证处办委托公证", "notary"),
        ("请问做公证在哪里办", "notary"),
        ("帮我找个律师", "find_lawyer"),
        ("我想请个会打离婚官司的律师", "find_lawyer"),
        ("推荐个律师呗", "find_lawyer"),
        ("算了，我还是请律师吧", "find_lawyer"),
        ("想找个人帮我打官司", "find_lawyer"),
        ("申请法律援助", "legal_aid"),
        ("老板欠我三个月工资，我想申请法律援助", "legal_aid"),
        ("帮我申请个免费律师", "legal_aid"),
        ("我想问哈，那个给穷人请律师的，咋个搞", "legal_aid"),
        ("给穷人请律师的咋个搞", "legal_aid"),
        ("帮我写个东西申请法援", "legal_aid"),
        ("做亲子鉴定去哪", "appraisal"),
        ("想做个DNA", "appraisal"),
        ("我想去评残", "appraisal"),
        ("找人调解", "mediation"),
        ("我要调解", "mediation"),
        ("我跟婆婆吵架，村里有人管没", "mediation"),
        ("俺村老王家占了俺的地，找个人给评评理", "mediation"),
        ("我想考律师证", "bar_exam"),
        ("想参加司法考试", "bar_exam"),
        ("那我再办一个", ""),
        ("给我弟也办一个", ""),
        ("还有我爸也要办一个", ""),
        ("再办一个，是跟我弟分家的事", ""),
    ],
)
def test_a_wish_is_heard(said: str, service: str) -> None:
    wish = read_service_wish(said)
    assert wish is not None
    assert wish.service == service


@pytest.mark.parametrize(
    "said",
    [
        "公证书丢了",
        "律师说我能赢",
        "我已经申请了法律援助",
        "我申请法律援助了",
        "不想做公证",
        "不用找律师",
        "请律师要多少钱",
        "要不要请律师",
        "要翻译公证吗",
        "还要做鉴定吗",
        "用不用公证？",
        "能不能申请法律援助",
        "怎么申请法律援助",
        "法院叫我先去调解",
        "他想调解",
        "老板说他请律师",
        "没做过鉴定",
        "想做工伤鉴定",
        "要我先做鉴定",
        "公证处不给我办",
        "去年做的公证",
        "我想申请劳动仲裁",
        "我再说一遍",
        "又打我一次",
    ],
)
def test_what_only_speaks_of_a_service_is_no_wish(said: str) -> None:
    assert read_service_wish(said) is None


def test_no_example_of_a_topic_is_a_wish_for_another_service() -> None:
    found = [
        (topic.id, example, wish.service)
        for topic in TOPICS.values()
        for example in topic.examples
        if (wish := read_service_wish(example)) is not None and wish.service != topic.id
    ]
    assert found == []


@pytest.mark.parametrize(
    ("said", "again"),
    [("再办一个委托公证", True), ("还想申请法律援助", True), ("我还是请律师吧", False), ("我想做公证", False)],
)
def test_one_more_is_told_from_the_first(said: str, again: bool) -> None:
    wish = read_service_wish(said)
    assert wish is not None
    assert wish.again is again


@pytest.mark.parametrize(
    "said",
    [
        "算了",
        "算了不办了",
        "不弄了",
        "太麻烦了我不办了",
        "那就算了吧",
        "拉倒",
        "算求了",
        "我不想请律师了",
        "不整了，太折腾人了",
        "唉，算了算了",
        "不考了，太难了",
        "问这么多，不办了",
        "算了吧，谢谢",
    ],
)
def test_giving_up_is_heard(said: str) -> None:
    assert gives_up(said)


@pytest.mark.parametrize(
    "said",
    [
        "没有",
        "不急",
        "不用",
        "他不调解",
        "算了，我还是请律师吧",
        "还没办",
        "公证处不办",
        "好的谢谢",
        "贵不贵",
        "不能去",
    ],
)
def test_what_does_not_give_up(said: str) -> None:
    assert not gives_up(said)


@pytest.mark.parametrize("said", ["先别交，等我跟老伴商量下", "我再想想", "先不办", "等我儿子回来再说", "改天再来"])
def test_putting_off_is_heard(said: str) -> None:
    assert puts_off(said)


@pytest.mark.parametrize("said", ["后天就开庭了", "先调解", "等判决", "明天", "不知道", "先打了我", "以后"])
def test_what_does_not_put_off(said: str) -> None:
    assert not puts_off(said)


def test_the_file_names_services_facts_and_topics_that_exist() -> None:
    file = read_plain(FILE)
    areas = {f"{topic.area}:" for topic in TOPICS.values()}
    assert all(TOPICS[row["topic"]].kind == "service" for row in file["services"])
    for service, facts in file["known"].items():
        assert is_wished(service)
        for fact, values in facts.items():
            options = {option.value for option in TOPICS[service].fact(fact).options}
            assert set(values) <= options
            named = [topic for topics in values.values() for topic in topics]
            assert set(named) <= TOPICS.keys() | areas
            assert len(named) == len(set(named))


def test_what_a_matter_says_of_a_service() -> None:
    assert known_of(TOPICS["legal_aid"], TOPICS["unpaid_wages"]) == {"matter": "wages"}
    assert known_of(TOPICS["find_lawyer"], TOPICS["divorce"]) == {"matter": "family"}
    assert known_of(TOPICS["appraisal"], TOPICS["divorce"]) == {}


def test_a_question_that_speaks_of_the_service() -> None:
    assert speaks_of("appraisal", "做过亲子鉴定吗")
    assert not speaks_of("appraisal", "一共欠了您多少工资？")


@pytest.mark.parametrize("piece", ["算了", "好不办", "想要", "我想再", "太麻烦", "给我妈", "先不办", "再办一个"])
def test_a_row_of_words_is_read_quickly(piece: str) -> None:
    said = (piece * 60)[:59] + "。"
    start = time.perf_counter()
    read_service_wish(said)
    gives_up(said + "x")
    gives_up(said[:-2] + "x")
    puts_off(said)
    assert time.perf_counter() - start < 0.5


@given(st.text(alphabet="我想要请给帮再算了不办个律师公证，", max_size=60))
def test_odd_words_are_read_quickly(said: str) -> None:
    start = time.perf_counter()
    read_service_wish(said)
    gives_up(said)
    puts_off(said)
    assert time.perf_counter() - start < 0.5


def test_what_was_told_in_one_service_is_known_in_the_next() -> None:
    assert carried_from("legal_aid", "find_lawyer") == {"poor": "cannot_pay"}
    assert carried_from("find_lawyer", "legal_aid") == {"cannot_pay": "poor"}
    assert carried_from("legal_aid", "unpaid_wages") == {}


@pytest.mark.parametrize("service", sorted(TOPICS))
def test_only_facts_of_the_same_kind_are_carried(service: str) -> None:
    for left in TOPICS.values():
        for fact, other in carried_from(service, left.id).items():
            assert TOPICS[service].fact(fact).type == left.fact(other).type


def test_a_lawyer_is_looked_up_and_not_looked_for() -> None:
    found = read_service_wish("帮我查一个律师 张伟")
    assert found is not None
    assert found.service == "registry"
    assert gives_up("哦 那我不办了")
    sued = read_service_wish("我想找律师告他们")
    assert sued is not None
    assert sued.service == "find_lawyer"


def test_who_wants_a_lawyer_and_has_no_money_wants_legal_aid() -> None:
    found = read_service_wish("我老公打我 我想请律师 没钱")
    assert found is not None
    assert found.service == "legal_aid"
    told = read_service_wish("律师说对方没钱")
    assert told is None


@pytest.mark.parametrize("said", ["我想撤回", "取消申请", "帮我把申请撤回来", "撤销投诉"])
def test_who_takes_an_application_back_gives_it_up(said: str) -> None:
    assert gives_up(said)


def test_who_wants_to_complain_about_a_service_does_not_want_it() -> None:
    assert read_service_wish("我想找法律援助中心投诉那个援助律师") is None


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("能不能撤回申请", ""),
        ("我不想申请了，撤销", ""),
        ("把律师预约取消了", "find_lawyer"),
        ("取消公证预约", "notary"),
        ("公证不约了", "notary"),
        ("上次的法律援助申请我想撤回", "legal_aid"),
        ("我不投诉了，能撤回吗", ""),
        ("我想撤销公证", None),  # a deed, and no appointment
        ("撤销遗嘱公证", None),
        ("申请撤销婚姻", None),
        ("我要撤诉", None),
        ("房东要把我合同取消", None),
        ("他不调解", None),
        ("不找律师能赢吗", None),
    ],
)
def test_what_was_handed_in_is_taken_back(said: str, service: str | None) -> None:
    assert takes_back(said) == service


def test_a_lawyer_not_wanted_takes_nothing_back_by_name() -> None:
    assert takes_back("不想请律师了") != "find_lawyer"
    assert takes_back("要不要预约") is None
    assert takes_back("我不去了", plainly=True) is None


def test_a_bare_word_leaves_it_where_it_was_asked_whether_to_take_it_back() -> None:
    assert wants_back("撤回申请")
    assert wants_back("不办了")
    assert not wants_back("算了")


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("张伟律师受过处分吗", "registry"),
        ("法律援助中心三天了还没答复，正常吗", "legal_aid"),
        ("援助律师能换吗，他不接我电话", "legal_aid"),
    ],
)
def test_what_is_asked_about_opens_its_service(said: str, service: str) -> None:
    wish = read_service_wish(said)
    assert wish is not None
    assert wish.service == service


def test_who_complains_about_legal_aid_asks_for_none() -> None:
    assert read_service_wish("我要投诉援助律师，他不接我电话") is None
