from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.facts import FactValue, from_json, known, to_json
from bot.interviews.topic import Topic

PLAIN = st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text())


@given(st.dictionaries(st.text(min_size=1), st.builds(FactValue, PLAIN, st.booleans(), st.text(), PLAIN, PLAIN)))
def test_json_round_trip(facts: dict[str, FactValue]) -> None:
    again = from_json(json.loads(json.dumps(to_json(facts))))
    assert again == facts
    assert list(again) == list(facts)


def test_nothing_told() -> None:
    assert from_json(None) == {}


def test_values_are_exact(wages: Topic, today: date) -> None:
    now = known(wages, {"owed": FactValue(0.1), "left_on": FactValue("2026-01-02"), "still": FactValue(False)}, today)
    assert now.values == {"owed": Decimal("0.1"), "left_on": date(2026, 1, 2), "still": False}


def test_an_answer_whose_question_no_longer_applies_does_not_count(wages: Topic, today: date) -> None:
    now = known(wages, {"still": FactValue(True), "left_on": FactValue("2026-01-02")}, today)
    assert "left_on" not in now.values
    assert "left_on" in now.stuck


def test_a_question_hanging_on_an_absent_one_is_absent(wages: Topic, today: date) -> None:
    now = known(wages, {"relation": FactValue("helper")}, today)
    assert {"wage", "months"} <= now.stuck


def test_a_question_hanging_on_an_unknown_answer_is_asked(wages: Topic, today: date) -> None:
    now = known(wages, {"relation": FactValue(None, True)}, today)
    assert "wage" not in now.stuck


def test_refused_once_is_not_unknown(wages: Topic, today: date) -> None:
    assert "owed" not in known(wages, {"owed": FactValue(None, False, "九百亿")}, today).stuck
