"""What a wish for a service means: fresh, in an interview, after an opinion; and what becomes of an application."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.interviews.facts import FactValue, to_json
from bot.interviews.topic_file import load_topics
from bot.rasa.context import decide
from bot.rasa.situation import Situation, beside

TODAY = date(2026, 11, 23)
TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


def asked(topic: str, fact: str, offer: dict[str, Any] | None = None, **told: FactValue) -> Situation:
    return Situation(topic, to_json(told), fact, "interview", offer=offer)


def opinion(topic: str, offer: dict[str, Any] | None = None, **told: FactValue) -> Situation:
    return Situation(topic, to_json(told), "", "told", offer=offer)


def meaning(said: str, situation: Situation) -> tuple[str, tuple[str, ...]]:
    found = decide(said, [("topic_inheritance", 0.9)], situation, TOPICS, TODAY)
    return found.intent, found.candidates


OWED: Any = {"owed": FactValue(5000.0, said="五千")}
WILL: Any = {"act": FactValue("will", said="遗嘱")}


def test_a_wish_opens_its_service_whatever_the_classifier_says() -> None:
    assert meaning("我想做公证", Situation()) == ("topic_notary", ())


@pytest.mark.parametrize("said", ["我想做公证", "帮我找个律师", "申请法律援助", "做亲子鉴定去哪", "找人调解"])
def test_in_the_middle_of_a_matter_it_is_noted_and_answers_nothing(said: str) -> None:
    intent, candidates = meaning(said, asked("unpaid_wages", "still_employed", **OWED))
    assert intent == "second_topic"
    assert len(candidates) == 1


def test_said_again_it_is_taken_up_at_once() -> None:
    offer = {"kind": "change", "topic": "notary"}
    assert meaning("我就想做公证", asked("unpaid_wages", "still_employed", offer, **OWED)) == (
        "change_topic",
        ("notary",),
    )


def test_nothing_told_yet_the_wish_is_taken_up_at_once() -> None:
    assert meaning("我想做公证", asked("unpaid_wages", "relation")) == ("change_topic", ("notary",))


def test_one_service_is_left_for_another() -> None:
    assert meaning("算了，我自己请律师", asked("legal_aid", "exempt", matter=FactValue("wages"))) == (
        "change_topic",
        ("find_lawyer",),
    )


def test_a_question_that_speaks_of_the_service_is_answered_by_its_name() -> None:
    assert meaning("想调解", asked("court_costs_help", "result"))[0] == "answer"


def test_the_question_of_another_service_is_where_that_is_an_answer_of_its_own() -> None:
    assert meaning("想请他们调解一下，跟隔壁有点纠纷", asked("judicial_office", "need"))[0] == "answer"


def test_the_question_of_another_service_is_not() -> None:
    assert meaning("我想请律师", asked("bar_exam", "goal")) == ("change_topic", ("find_lawyer",))


@pytest.mark.parametrize("said", ["算了", "不弄了", "太麻烦了我不办了", "先别交，等我跟老伴商量下"])
@pytest.mark.parametrize("fact", ["house", "place"])
def test_a_service_is_given_up(said: str, fact: str) -> None:
    assert meaning(said, asked("notary", fact, **WILL))[0] == "leave_topic"


def test_a_matter_is_not_given_up_by_a_bare_no() -> None:
    assert meaning("算了", asked("unpaid_wages", "still_employed", **OWED))[0] == "answer"


KEPT = {"topic": "notary", "said": "", "facts": to_json(WILL), "asked": "house", "handed": []}


@pytest.mark.parametrize(("said", "intent"), [("还是办吧", "resume"), ("继续", "resume"), ("算了", "leave_topic")])
def test_what_was_given_up_is_taken_up_again_or_left_alone(said: str, intent: str) -> None:
    assert meaning(said, Situation(pending=(KEPT,)))[0] == intent


@pytest.mark.parametrize("said", ["多少钱", "要花钱不", "多久能办好"])
def test_a_question_is_no_place(said: str) -> None:
    assert meaning(said, asked("notary", "place", **WILL))[0] == "ask_ahead"


def test_a_place_is_a_place() -> None:
    assert meaning("昆山", asked("notary", "place", **WILL))[0] == "answer"


OPEN, DONE = {"kind": "apply"}, {"kind": "apply", "past": "handed_in"}


def test_after_an_opinion_another_service_is_opened() -> None:
    assert meaning("我想做公证", opinion("unpaid_wages", **OWED))[0] == "topic_notary"


@pytest.mark.parametrize("said", ["再办一个公证", "那我再办一个", "我想做委托公证"])
def test_the_same_service_begins_again(said: str) -> None:
    assert meaning(said, opinion("notary", DONE, **WILL))[0] == "topic_notary"


@pytest.mark.parametrize("offer", [OPEN, DONE, {"kind": "person", "apply": "beside"}])
def test_its_name_alone_hands_in_what_stands(offer: dict[str, Any]) -> None:
    assert meaning("我要做公证", opinion("notary", offer, **WILL))[0] == "apply"


@pytest.mark.parametrize(
    ("said", "intent"),
    [("交吧", "apply"), ("好", "ask_person"), ("不用", "decline"), ("先不交", "decline"), ("算了不办了", "decline")],
)
def test_a_person_is_offered_beside_an_application(said: str, intent: str) -> None:
    assert meaning(said, opinion("notary", {"kind": "person", "apply": "beside"}, **WILL))[0] == intent


@pytest.mark.parametrize(
    ("said", "intent"), [("交申请", "apply"), ("先不交", "decline"), ("进度怎么样了", "matter_status")]
)
def test_an_application_that_waits_is_named(said: str, intent: str) -> None:
    assert meaning(said, opinion("notary", {"kind": "apply", "past": "beside"}, **WILL))[0] == intent


def test_how_far_it_is_is_asked_of_what_was_handed_in() -> None:
    assert meaning("进度怎么样了", opinion("notary", DONE, **WILL))[0] == "matter_status"


def test_what_a_service_never_asks_is_told_afterwards() -> None:
    assert meaning("交不起鉴定费咋办", opinion("appraisal", item=FactValue("blood")))[0] == "correct"


@pytest.mark.parametrize(
    ("standing", "offer", "kept"),
    [
        ("open", {"kind": "person"}, {"kind": "person", "apply": "beside"}),
        ("open", None, {"kind": "apply", "past": "beside"}),
        ("handed_in", {"kind": "person"}, {"kind": "person", "apply": "handed_in"}),
        ("handed_in", None, {"kind": "apply", "past": "handed_in"}),
        ("", {"kind": "person"}, {"kind": "person"}),
        ("open", {"kind": "apply", "past": "declined"}, {"kind": "apply", "past": "declined"}),
    ],
)
def test_what_is_proposed_next_keeps_the_application(
    standing: str, offer: dict[str, Any] | None, kept: dict[str, Any]
) -> None:
    assert beside(standing, offer) == kept
    assert Situation(offer=beside(standing, offer)).applying == kept.get("past", kept.get("apply", ""))
