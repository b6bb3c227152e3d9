"""Danger, the wish for a person and the commonest situations are read from English."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.cited_law import CitedLaw
from bot.understanding.danger import danger_of
from bot.understanding.english import english_situations, read_english
from bot.understanding.script import script_of
from knowledge_base.opening import open_searcher

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my husband is beating me", "violence"),
        ("I was beaten by my boyfriend", "violence"),
        ("someone locked me up in a room", "violence"),
        ("They won't let me leave the factory", "violence"),
        ("I was raped", "violence"),
        ("he has a knife", "violence"),
        ("Call the police!", "violence"),
        ("help", "violence"),
        ("I want to kill myself", "self_harm"),
        ("I don’t want to live any more", "self_harm"),
        ("my child is missing", "child"),
        ("police took my friend", "detention"),
        ("My friend was arrested yesterday", "detention"),
        ("he is not breathing", "medical"),
        ("gas leak in my building", "fire"),
    ],
)
def test_danger(text: str, kind: str) -> None:
    reading = read_english(text)
    assert (reading.wish, reading.danger) == ("danger", kind)
    assert reading.danger is not None
    assert danger_of(reading.danger).numbers


@pytest.mark.parametrize(
    "text",
    ["I was not beaten", "He never hits me", "what is the penalty for murder", "my boss does not pay me", "lihun"],
)
def test_no_danger(text: str) -> None:
    assert read_english(text).danger is None


@pytest.mark.parametrize(
    "text",
    ["lawyer", "I need a lawyer", "legal aid", "human", "can I talk to a real person", "is there an interpreter"],
)
def test_person(text: str) -> None:
    assert read_english(text).wish == "person"


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("my boss does not pay me", "wages"),
        ("My boss hasn't paid me for three months", "wages"),
        ("I got fired without reason", "dismissal"),
        ("the company has no employment contract", "contract_work"),
        ("they make me work overtime", "overtime"),
        ("I was hurt at work", "work_injury"),
        ("they refuse my release letter", "quit"),
        ("my visa expired", "permit"),
        ("my employer took my passport", "passport"),
        ("my landlord won't return my deposit", "deposit"),
        ("the landlord kicked me out", "eviction"),
        ("the rent is too high", "rent"),
        ("I want to divorce my chinese wife", "divorce"),
        ("who gets custody", "custody"),
        ("can I marry in China", "marriage"),
        ("I was hit by a car", "traffic"),
        ("they took my driving license", "licence"),
        ("I was scammed online", "fraud"),
        ("my phone was stolen", "theft"),
        ("I lent my friend money", "loan"),
        ("the gym gives no refund", "refund"),
        ("the university keeps my tuition", "school"),
        ("the hospital made a mistake", "medical"),
        ("my father passed away", "inheritance"),
        ("a man harasses me", "harassment"),
        ("she posted my photos", "privacy"),
        ("this is racist", "discrimination"),
        ("I bought an apartment here", "house"),
        ("the supplier sent wrong goods", "business"),
        ("they copied my trademark", "trademark"),
        ("how much tax do I pay", "tax"),
        ("do I get a pension", "insurance"),
        ("my neighbour is noisy", "neighbour"),
        ("I need a notarized paper", "notary"),
        ("how do I sue", "court"),
    ],
)
def test_situations(text: str, situation: str) -> None:
    found = read_english(text).situation
    assert found is not None
    assert found.id == situation


@pytest.mark.parametrize(
    "text", ["I want to complain about my lawyer", "how can I report a notary", "is mediation free"]
)
def test_a_service_is_told_of_and_no_person_called(text: str) -> None:
    reading = read_english(text)
    assert reading.wish == "situation"
    assert reading.situation is not None
    assert reading.situation.tell


async def test_what_is_told_of_services_rests_on_articles_that_bind(law_index: Path) -> None:
    told = [one for one in english_situations() if one.tell]
    assert all(one.cite for one in told)
    cited = [text for one in told for text in one.cite]
    assert (await CitedLaw.of(cited, open_searcher(law_index, lambda: DAY), DAY)).holds


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("老板欠我工资", "han"),
        ("老板欠我 money", "han"),
        ("hello", "latin"),
        ("tiền lương", "latin"),
        ("助けてください", "other"),
        ("도와주세요", "other"),
        ("Помогите", "other"),
        ("ياردەم", "other"),
        ("123", "none"),
        ("?", "none"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script
