"""What is asked in English of a country is told from what is held of it; where somebody comes from asks nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.cited_law import CitedLaw
from bot.services.asked_of_country import questions, read_asked
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
    here, there = read_asked("Is a Singapore judgment recognized in China?"), read_asked("a Chinese judgment in Singapore")
    assert here is not None
    assert there is not None
    assert here.question is not None
    assert there.question is not None
    assert "第二百九十八条" in here.question.cite[0]
    assert "第二百九十七条" in there.question.cite[0]


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


def test_every_label_is_one_of_the_countries() -> None:
    held = {fact.label for one in read_countries().by_code.values() for fact in one.facts}
    assert {label for one in questions() for label in one.labels} <= held


async def test_every_article_binds(law_index: Path) -> None:
    cited = [text for one in questions() for text in one.cite]
    assert (await CitedLaw.of(cited, open_searcher(law_index, lambda: DAY), DAY)).holds
    assert all(bool(one.say) is bool(one.cite) for one in questions())
