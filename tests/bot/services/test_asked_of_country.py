"""What is asked in English of a country is told from what is held of it; where somebody comes from asks nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.cited_law import CitedLaw
from bot.services.asked_of_country import questions, read_asked, told_of_country
from bot.services.countries import read_countries
from knowledge_base.opening import open_searcher

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "code", "label"),
    [
        ("What treaties does China have with Vietnam on judicial assistance?", "VN", "民商事司法协助"),
        ("Can a Chinese court judgment be enforced in Singapore?", "SG", "民商事司法协助"),
        ("Does Poland recognise Chinese arbitration awards?", "PL", "仲裁裁决"),
        ("Do I need an apostille for Indonesia", "ID", "公文书认证"),
        ("how are court papers served in Thailand", "TH", "送达文书"),
        ("taking of evidence from witnesses in Israel", "IL", "域外取证"),
        ("is there extradition to Russia", "RU", "引渡"),
        ("Chinese embassy in Nepal", "NP", "使领馆"),
        ("I want to open a factory in Indonesia. Which law applies?", "ID", "仲裁裁决"),
    ],
)
def test_the_country_and_what_is_asked_of_it(said: str, code: str, label: str) -> None:
    asked = read_asked(said)
    assert asked is not None
    assert asked.country is not None
    assert asked.question is not None
    assert asked.country.code == code
    assert label in asked.question.labels


def test_a_judgment_from_there_is_another_question_than_one_from_china() -> None:
    here, there = (
        read_asked("Is a Singapore judgment recognized in China?"),
        read_asked("a Chinese judgment in Singapore"),
    )
    assert here is not None
    assert there is not None
    assert here.question is not None
    assert there.question is not None
    assert "第二百九十八条" in here.question.cite[0]
    assert "第二百九十七条" in there.question.cite[0]


@pytest.mark.parametrize(
    ("said", "code", "article"),
    [
        ("Can a Pakistani court enforce a Chinese arbitration award?", "PK", "民事诉讼法 第二百九十七条"),
        ("Will a Pakistani court recognize a Chinese judgment?", "PK", "民事诉讼法 第二百九十七条"),
        ("We have a Pakistani court judgment against a Chinese company, can it be enforced in China?", "PK",
         "民事诉讼法 第二百九十八条"),
        ("our partner in Dubai UAE got a local court judgement against us, can they enforce in China", "AE",
         "民事诉讼法 第二百九十八条"),
        ("We won a case in Shanghai against a Kazakh company, can we enforce it in Kazakhstan?", "KZ",
         "民事诉讼法 第二百九十七条"),
        ("Will a Chinese court recognise a Vietnamese judgment", "VN", "民事诉讼法 第二百九十八条"),
        ("Can a Thai arbitral award be enforced in China", "TH", "民事诉讼法 第三百零四条"),
        ("Is Uzbekistan in the Hague apostille convention? I need my Chinese diploma recognized there", "UZ",
         "公证法 第三十三条"),
        ("My power of attorney was signed in Poland, will a Chinese court take it", "PL", "民事诉讼法 第二百七十五条"),
        ("do Serbia and China have a treaty on criminal matters", "RS", "国际刑事司法协助法 第五条"),
    ],
)  # fmt: skip
def test_which_way_a_paper_goes(said: str, code: str, article: str) -> None:
    asked = read_asked(said)
    assert asked is not None
    assert asked.country is not None
    assert asked.question is not None
    assert asked.country.code == code
    assert article in asked.question.cite


def test_a_chinese_paper_for_a_country_that_is_not_held() -> None:
    asked = read_asked("How can I get my Chinese birth certificate notarized for use in Italy?")
    assert asked is not None
    assert asked.question is not None
    assert "公证法 第三十三条" in asked.question.cite


def test_what_was_asked_before_goes_on() -> None:
    first = read_asked("arbitration awards in Vietnam")
    assert first is not None
    assert first.question is not None
    other = read_asked("what about Hungary", "VN", first.question.id)
    assert other is not None
    assert other.country is not None
    assert (other.country.code, other.question) == ("HU", first.question)
    same = read_asked("and extradition?", "VN", first.question.id)
    assert same is not None
    assert same.country is not None
    assert same.country.code == "VN"


@pytest.mark.parametrize(
    "said",
    [
        "I am from Pakistan and my landlord keeps my deposit",
        "I am a Pakistani worker and my boss does not pay me",
        "my Filipino friend was hit by a car",
        "my boss does not pay me",
        "I am a student from Laos, the arbitration of my wages takes long",
        "hello",
        "",
    ],
)
def test_where_somebody_comes_from_asks_nothing(said: str) -> None:
    assert read_asked(said) is None


def test_a_country_of_which_nothing_is_held() -> None:
    asked = read_asked("Is there a law treaty between China and Nigeria?")
    assert asked is not None
    assert (asked.country, asked.name) == (None, "Nigeria")


def test_of_a_country_only_what_is_asked_is_told_and_what_is_not_known_is_said() -> None:
    country = read_countries().by_code["RS"]
    assert "no reliable source for Serbia" in country.text_en(("仲裁裁决",))
    assert "Official languages" in country.text_en(("官方语言",))
    assert "Consular" not in country.text_en(("官方语言",))


@pytest.mark.parametrize(
    ("said", "told", "not_told"),
    [
        ("和越南有没有司法协助条约", "民商事司法协助", "官方语言"),
        ("中国的仲裁裁决在阿联酋能不能执行", "纽约公约", "官方语言"),
        ("文件拿到波兰用要认证吗", "附加证明", "纽约公约"),
        ("尼泊尔有中国使馆吗", "12308", "纽约公约"),
    ],
)
def test_in_chinese_what_is_asked_is_told_first(said: str, told: str, not_told: str) -> None:
    answer = told_of_country(said)
    assert told in answer
    assert "来源：" in answer
    assert not_told not in answer


@pytest.mark.parametrize("said", ["我在越南打工没拿到工资", "那匈牙利呢", "有没有条约", "和尼日利亚有没有条约", ""])
def test_what_asks_nothing_of_a_country_that_is_held_is_not_answered(said: str) -> None:
    assert told_of_country(said) == ""


def test_the_mere_name_goes_on_with_the_talk() -> None:
    assert "以下是匈牙利的情况" in told_of_country("那匈牙利呢", goes_on=True)
    told = told_of_country("引渡呢", goes_on=True, before="泰国")
    assert "引渡：" in told
    assert "官方语言" not in told
    assert told_of_country("我没签合同", goes_on=True, before="泰国") == ""


def test_every_label_is_one_of_the_countries() -> None:
    held = {fact.label for one in read_countries().by_code.values() for fact in one.facts}
    assert {label for one in questions() for label in one.labels} <= held


async def test_every_article_binds(law_index: Path) -> None:
    cited = [text for one in questions() for text in one.cite]
    assert (await CitedLaw.of(cited, open_searcher(law_index, lambda: DAY), DAY)).holds
    assert all(bool(one.say) is bool(one.cite) for one in questions())
