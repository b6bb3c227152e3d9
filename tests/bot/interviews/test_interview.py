from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.interviews.facts import FactValue
from bot.interviews.interview import Interview
from bot.interviews.topic import Topic


def asked(topic: Topic, answers: dict[str, FactValue], today: date) -> list[str]:
    facts: dict[str, FactValue] = {}
    order = []
    while (question := Interview(topic, facts, today).next_question()) is not None:
        order.append(question.fact)
        assert len(order) <= len(topic.facts)
        facts[question.fact] = answers.get(question.fact, FactValue(None, True))
    return order


def test_an_employee_who_left_is_asked_for_what_the_calculation_needs(wages: Topic, today: date) -> None:
    answers = {"relation": FactValue("employee"), "owed": FactValue(5000.0), "still": FactValue(False)}
    assert asked(wages, answers, today) == ["relation", "owed", "still", "wage", "months", "left_on"]


def test_who_still_works_there_is_not_asked_for_it(wages: Topic, today: date) -> None:
    answers = {"relation": FactValue("employee"), "owed": FactValue(5000.0), "still": FactValue(True)}
    assert asked(wages, answers, today) == ["relation", "owed", "still"]


def test_a_helper_is_asked_little(wages: Topic, today: date) -> None:
    assert asked(wages, {"relation": FactValue("helper"), "owed": FactValue(1.0)}, today) == ["relation", "owed"]


def test_a_student_is_asked_nothing_more(wages: Topic, today: date) -> None:
    assert asked(wages, {"relation": FactValue("student")}, today) == ["relation"]


def test_unknown_is_never_asked_again(wages: Topic, today: date) -> None:
    order = asked(wages, {}, today)
    assert len(order) == len(set(order))


def test_volunteered_only_facts_are_never_asked(wages: Topic, today: date) -> None:
    assert "people" not in asked(wages, {"relation": FactValue("employee")}, today)


def test_refused_once_is_asked_again(wages: Topic, today: date) -> None:
    facts = {"relation": FactValue("employee"), "owed": FactValue(None, False, "很多很多")}
    question = Interview(wages, facts, today).next_question()
    assert question is not None
    assert question.fact == "owed"


def test_a_question_shows_its_choices_and_reason(wages: Topic, today: date) -> None:
    question = Interview(wages, {}, today).next_question()
    assert question is not None
    assert question.choices == ("单位员工", "给个人帮工", "学生实习", "不清楚")
    assert question.why == "适用的法律不同。"
    assert question.why_cite == ("劳动合同法 第三十条",)


def test_progress_counts_down_to_nothing(wages: Topic, today: date) -> None:
    facts = {"relation": FactValue("helper"), "owed": FactValue(1.0)}
    assert Interview(wages, facts, today).progress() == (2, 0)
    assert Interview(wages, {}, today).progress()[1] > 0


ANSWERS = {
    "relation": st.sampled_from(
        [FactValue("employee"), FactValue("helper"), FactValue("student"), FactValue(None, True)]
    ),
    "owed": st.sampled_from([FactValue(1.0), FactValue(5000.0), FactValue(None, True)]),
    "wage": st.sampled_from([FactValue(5000.0), FactValue(None, True)]),
    "months": st.sampled_from([FactValue(0.0), FactValue(30.0), FactValue(None, True)]),
    "still": st.sampled_from([FactValue(True), FactValue(False), FactValue(None, True)]),
    "left_on": st.sampled_from([FactValue("2026-01-01"), FactValue(None, True)]),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.fixed_dictionaries(ANSWERS), st.sets(st.sampled_from(sorted(ANSWERS))))
def test_the_end_is_the_same_whatever_was_volunteered_first(
    wages: Topic, today: date, answers: dict[str, FactValue], first: set[str]
) -> None:
    """Telling things unasked never makes the interview longer, and it always ends."""
    facts = {name: answers[name] for name in first}
    count = 0
    while (question := Interview(wages, facts, today).next_question()) is not None:
        assert question.fact not in facts
        facts[question.fact] = answers[question.fact]
        count += 1
    assert count <= len(asked(wages, answers, today))
