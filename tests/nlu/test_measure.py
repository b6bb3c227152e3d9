"""Floors under what the classifier and the first decision reach, so that a change of examples or rules cannot cost it.

A subprocess measures: Rasa's stand-ins must be in place before anything else of the suite imports Rasa.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.rasa.context import Meaning
from tests.nlu.measure import (
    DANGER,
    EITHER_OR,
    OTHER,
    REFUSED,
    ROOT,
    SEARCH,
    Agreement,
    expected,
    lay_questions,
    way_of,
)


@pytest.fixture(scope="module")
def report(model: Path) -> dict[str, Any]:
    """One measurement, which takes about a minute."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.nlu.measure", "--sample", "400", "--model", str(model)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def test_everyday_sentences_keep_their_intent(report: dict[str, Any]) -> None:
    assert report["everyday"]["classifier"] >= 0.90


def test_everyday_sentences_seldom_start_a_wrong_interview(report: dict[str, Any]) -> None:
    decisions = report["everyday"]["decisions"]
    assert decisions["topic_precision"] >= 0.97
    assert decisions["wrong_interview"] <= 0.013
    # Between neighbours the citizen is asked; the right one must be there.
    assert decisions["topic_recall"] >= 0.71
    assert decisions["topic_recall_with_either_or"] >= 0.95
    assert decisions["out_of_scope_recall"] >= 0.95


def test_speech_is_understood_and_better_once_put_right(report: dict[str, Any]) -> None:
    heard = report["heard"]
    assert heard["said_mended"] == heard["said_heard"], "what was heard right stays"
    assert heard["clean_mended"]["intent"] >= max(0.82, heard["clean_heard"]["intent"] + 0.02)
    assert heard["clean_mended"]["served"] >= max(0.81, heard["clean_heard"]["served"] + 0.05)
    assert heard["clean_mended"]["wrong_interviews"] <= 3
    # Half of the characters are wrong there; what cannot be known must not be guessed.
    assert heard["line_mended"]["served"] > heard["line_heard"]["served"]
    assert heard["line_mended"]["wrong_interviews"] <= 7


def test_the_area_of_everyday_sentences_is_known(report: dict[str, Any]) -> None:
    areas = report["areas"]["everyday"]
    assert areas["top_1"] >= 0.96
    assert areas["top_2"] >= 0.99
    assert areas["wrong_and_confident"] <= 0.005


def test_who_is_in_danger_is_heard_in_words_that_nobody_foresaw(report: dict[str, Any]) -> None:
    danger = report["danger"]
    assert danger["heard"] >= 0.90, danger["missed"]
    assert danger["heard_or_cared_for"] >= 0.95
    assert danger["harmless_alarmed"] <= 0.03, danger["alarmed"]


def test_what_is_no_matter_of_law_is_told_so(report: dict[str, Any]) -> None:
    assert report["outside"]["recall"] >= 0.93


@pytest.mark.skipif(not lay_questions().is_file(), reason="the shared lay questions are not here")
def test_the_area_of_lay_questions_held_back_is_among_the_first_two(report: dict[str, Any]) -> None:
    areas = report["areas"]["held_back"]
    assert areas["top_1"] >= 0.83
    assert areas["top_2"] >= 0.92
    assert areas["wrong_and_confident"] <= 0.01
    assert areas["started_wrong_area"] <= 0.035


@pytest.mark.skipif(not lay_questions().is_file(), reason="the shared lay questions are not here")
def test_lay_questions_seldom_start_a_wrong_interview(report: dict[str, Any]) -> None:
    labelled = report["labelled"]
    assert labelled["questions"] == 400
    assert labelled["topic_precision"] >= 0.75
    assert labelled["topic_recall_with_either_or"] >= 0.52
    assert labelled["wrong_interview"] <= 0.08


@pytest.mark.skipif(not lay_questions().is_file(), reason="the shared lay questions are not here")
def test_hardly_any_lay_question_is_turned_away(report: dict[str, Any]) -> None:
    ways = report["ways"]
    small_talk = sum(count for way, count in ways.items() if way.startswith(f"{OTHER}:"))
    assert ways.get(REFUSED, 0) + small_talk <= 0.02 * ways["questions"]
    assert ways[SEARCH] + ways["topics"] + ways[EITHER_OR] >= 0.95 * ways["questions"]


@pytest.mark.parametrize(
    ("meaning", "way"),
    [
        (Meaning("topic_divorce", 0.9), "topic_divorce"),
        (Meaning("unclear", 0.5, ("divorce", "custody")), EITHER_OR),
        (Meaning("ask_law", 0.9), SEARCH),
        (Meaning("nlu_fallback", 0.1), REFUSED),
        (Meaning("danger", 1.0), DANGER),
        (Meaning("greet", 1.0), OTHER),
    ],
)
def test_every_meaning_has_its_way(meaning: Meaning, way: str) -> None:
    assert way_of(meaning) == way


def test_agreement_tells_a_wrong_interview_from_a_search() -> None:
    agreement = Agreement()
    agreement.add(1, "topic_divorce", Meaning("topic_divorce", 0.9))
    agreement.add(2, "topic_custody", Meaning("topic_divorce", 0.8))
    agreement.add(3, "topic_custody", Meaning("unclear", 0.5, ("divorce", "custody")))
    agreement.add(4, "topic_custody", Meaning("ask_law", 0.5))
    agreement.add(5, "out_of_scope", Meaning("out_of_scope", 0.9))
    figures = agreement.figures()
    assert (figures["agreement"], figures["topic_precision"], figures["wrong_interviews"]) == (0.4, 0.5, 1)
    assert (figures["topic_recall"], figures["topic_recall_with_either_or"]) == (0.25, 0.5)
    assert figures["out_of_scope_recall"] == 1.0
    assert [name for name, *_ in agreement.wrong] == [2, 3, 4]


def test_a_neighbour_that_serves_as_well_counts_as_right() -> None:
    agreement = Agreement()
    agreement.add(1, "topic_visiting_rights", Meaning("topic_custody", 0.9), "topic_custody")
    agreement.add(2, "topic_visiting_rights", Meaning("unclear", 0.5, ("custody", "divorce")), "topic_custody")
    figures = agreement.figures()
    assert (figures["topic_precision"], figures["topic_recall_with_either_or"]) == (1.0, 1.0)


def test_labels_ask_for_ways() -> None:
    assert [expected(label) for label in ("law_question", "out_of_scope", "danger_child", "topic_divorce")] == [
        SEARCH,
        REFUSED,
        DANGER,
        "topic_divorce",
    ]
