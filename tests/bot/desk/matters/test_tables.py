"""The tables of matters and applications: whole, reachable, drawn, and with the figures of the law."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.clock import SHANGHAI
from bot.desk.clocks.business import BusinessTime
from bot.desk.clocks.term import due, used
from bot.desk.matters.applications import DECISIONS, OPEN, STATES, Given, decide_application
from bot.desk.matters.drawing import document
from bot.desk.matters.grounds import ADVANCE, EXEMPT, NEAR_DAYS, TERMINATE
from bot.desk.matters.refused import MatterRefused
from bot.desk.matters.results import results_of
from bot.desk.matters.states import KINDS, MOVES, STATUSES
from bot.desk.matters.terms import TERMS, find_term
from bot.desk.seat import Seat

OFFICER = Seat(1, "officer", "legal_aid")
SUPERVISOR = Seat(2, "boss", "supervisor")
TODAY = date(2026, 11, 23)


def test_the_document_is_drawn_from_the_tables() -> None:
    path = Path(__file__).parents[4] / "docs" / "matters.md"
    assert path.read_text(encoding="utf-8") == document()


def test_every_status_can_be_reached_and_only_merged_ends_for_good() -> None:
    reached, fresh = {"new"}, {"new"}
    while fresh:
        fresh = {move.after or one for move in MOVES for one in move.before if one in reached} - reached
        reached |= fresh
    assert reached == set(STATUSES)
    assert {one for one in STATUSES if not any(one in move.before for move in MOVES)} == {"merged"}


def test_an_action_has_one_row_for_each_status() -> None:
    pairs = [(move.action, before) for move in MOVES for before in move.before]
    assert len(pairs) == len(set(pairs))
    rows = [
        (one.action, before, kind)
        for one in DECISIONS
        for before in one.before
        for kind in (one.kinds or ("legal_aid", "notary", "disclosure", "permit", "complaint", "mediation", "lawyer"))
    ]
    assert len(rows) == len(set(rows))


def test_every_kind_of_matter_may_end() -> None:
    assert all(results_of(kind) for kind in KINDS)


def test_every_open_application_can_be_decided() -> None:
    for kind in (
        "legal_aid",
        "lawyer",
        "notary",
        "appraisal",
        "mediation",
        "complaint",
        "disclosure",
        "permit",
        "other",
    ):
        reached, fresh = {"submitted"}, {"submitted"}
        while fresh:
            found = (one for one in DECISIONS if not one.kinds or kind in one.kinds)
            fresh = {one.after for one in found if set(one.before) & reached} - reached
            reached |= fresh
        assert {"done", "refused", "withdrawn"} <= reached <= set(STATES)
        for state in reached & set(OPEN):
            assert any(state in one.before and (not one.kinds or kind in one.kinds) for one in DECISIONS)


@pytest.mark.parametrize(
    ("kind", "key", "length", "unit", "article"),
    [
        ("legal_aid", "examine", 7, "days", "法律援助法 第四十三条第一款"),
        ("legal_aid", "appoint", 3, "days", "法律援助法 第四十三条第一款"),
        ("legal_aid", "objection", 5, "days", "法律援助法 第四十九条第二款"),
        ("disclosure", "supplement", 7, "working_days", "政府信息公开条例 第三十条"),
        ("disclosure", "answer", 20, "working_days", "政府信息公开条例 第三十三条第二款"),
        ("permit", "supplement", 5, "working_days", "行政许可法 第三十二条、第八十二条"),
        ("permit", "decide", 20, "working_days", "行政许可法 第四十二条第一款、第八十二条"),
        ("permit", "deliver", 10, "working_days", "行政许可法 第四十四条、第八十二条"),
        ("notary", "deed", 15, "working_days", "公证法 第三十条"),
        ("complaint", "tell", 15, "days", "信访工作条例 第二十三条第二款"),
        ("complaint", "settle", 60, "days", "信访工作条例 第三十四条"),
    ],
)
def test_the_figures_of_the_law(kind: str, key: str, length: int, unit: str, article: str) -> None:
    term = find_term(kind, key)
    assert term is not None
    assert (term.term.length, term.term.unit, term.basis) == (length, unit, article)
    assert {one.action for one in DECISIONS} | {"submit"} >= {*term.starts, *term.ends}


def test_extensions_of_the_law() -> None:
    found = {(kind, one.key): one.extension.length for kind, terms in TERMS.items() for one in terms if one.extension}
    assert found == {("disclosure", "answer"): 20, ("permit", "decide"): 10, ("complaint", "settle"): 30}


@pytest.mark.parametrize(
    ("kind", "key", "start", "last"),
    [
        # Spring Festival 2026: off 15 to 23 February, 14 and 28 February worked.
        ("legal_aid", "examine", "2026-02-06", "2026-02-13"),
        ("legal_aid", "examine", "2026-02-09", "2026-02-24"),  # the 16th is off
        ("legal_aid", "examine", "2026-02-07", "2026-02-14"),  # a worked Saturday is no day off
        ("legal_aid", "appoint", "2026-02-13", "2026-02-24"),
        ("legal_aid", "objection", "2026-02-23", "2026-02-28"),
        ("permit", "supplement", "2026-02-13", "2026-02-27"),  # 14, 24, 25, 26, 27
        ("permit", "supplement", "2026-02-14", "2026-02-28"),
        # National Day 2026: off 1 to 7 October, 20 September and 10 October worked; 25 to 27 September off too.
        ("legal_aid", "examine", "2026-09-24", "2026-10-08"),
        ("legal_aid", "examine", "2026-09-28", "2026-10-08"),
        ("legal_aid", "appoint", "2026-09-30", "2026-10-08"),
        ("legal_aid", "objection", "2026-10-05", "2026-10-10"),
        ("disclosure", "answer", "2026-09-30", "2026-11-03"),
        ("permit", "deliver", "2026-09-18", "2026-10-09"),
        ("complaint", "tell", "2026-09-22", "2026-10-08"),
        ("notary", "deed", "2026-09-23", "2026-10-21"),  # 24, 28 to 30, 8 to 10, 12 to 16, 19 to 21
        # An ordinary week.
        ("legal_aid", "examine", "2026-11-23", "2026-11-30"),
    ],
)
def test_worked_dates(kind: str, key: str, start: str, last: str) -> None:
    term = find_term(kind, key)
    assert term is not None
    begun = datetime.fromisoformat(f"{start}T10:00").replace(tzinfo=SHANGHAI)
    found = due(term.term, begun, BusinessTime())
    assert found.due == datetime.fromisoformat(f"{last}T17:00").replace(tzinfo=SHANGHAI)
    assert found.certain


def test_supplements_across_spring_festival_take_nothing_of_the_seven_days() -> None:
    term = find_term("legal_aid", "examine")
    assert term is not None
    begun, asked, came = (datetime(2026, 2, day, 10, tzinfo=SHANGHAI) for day in (9, 11, 25))
    spent = used(term.term, begun, asked, BusinessTime())
    assert spent == 2
    assert due(term.term, came, BusinessTime(), used=spent).due.date() == date(2026, 3, 2)


def test_grounds_name_their_article() -> None:
    assert [article for _, article in EXEMPT.values()][:4] == [
        f"法律援助法 第三十二条第{one}项" for one in ("一", "二", "三", "四")
    ]
    assert len([1 for _, article in EXEMPT.values() if "第四十二条" in article]) == 4
    assert len(ADVANCE) == 3
    assert NEAR_DAYS == 7
    assert len(TERMINATE) == 8


def refused(
    action: str, state: str, given: Given, seat: Seat = OFFICER, course: dict[str, object] | None = None
) -> str:
    with pytest.raises(MatterRefused) as found:
        decide_application(action, "legal_aid", state, course or {}, given, seat, TODAY)
    return found.value.code


def test_what_a_decision_needs() -> None:
    assert refused("refuse", "accepted", Given()) == "demand"
    assert refused("grant", "accepted", Given(ground="because")) == "demand"
    assert refused("ask_supplement", "accepted", Given(what="身份证", by=TODAY)) == "demand"
    once = {"supplement": {"by": "2026-11-30"}}
    assert refused("ask_supplement", "accepted", Given(what="工资条", by=date(2026, 12, 1)), course=once) == "demand"
    assert refused("lapse", "supplement", Given(), course=once) == "demand", "its last day is not over"
    assert refused("grant", "refused", Given(ground="checked")) == "wrong_status"
    assert refused("uphold", "objected", Given(reason="材料不足")) == "no_right"
    assert refused("grant", "accepted", Given(ground="checked"), Seat(3, "lawyer", "lawyer")) == "no_right"


def test_what_was_objected_to_stands_when_the_objection_fails() -> None:
    course = {"objected_to": "terminated"}
    found = decide_application("uphold", "legal_aid", "objected", course, Given(reason="维持"), SUPERVISOR, TODAY)
    assert found.after == "terminated"
