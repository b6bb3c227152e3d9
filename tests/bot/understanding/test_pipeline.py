"""The spaCy pipeline reads what `extract` reads."""

from __future__ import annotations

import time
from datetime import date

import pytest

from bot.understanding.extract import extract
from bot.understanding.pipeline import SPANS, build_pipeline, entities, read

TODAY = date(2026, 11, 23)
MESSAGES = [
    "老板欠我三个月工资一共一万五，干了三年多，在东莞",
    "去年3月5号借给朋友5w块，月息两分，说好半年还",
    "我在广东省深圳市宝安区，民法典第1079条怎么说",
    "２０２４年５月１号入職，老闆拖欠薪資３０００元 ",
    "我 想  离婚\n孩子他爸不同意",
    "",
    "😀😀 hello <b>x</b>",
]


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    return build_pipeline()


@pytest.mark.parametrize("message", MESSAGES)
def test_agrees_with_extract(nlp, message: str) -> None:  # type: ignore[no-untyped-def]
    doc = read(nlp, message, TODAY)
    assert entities(doc) == extract(message, TODAY)
    assert len(doc.spans[SPANS]) == len(entities(doc))


def test_a_short_message_takes_at_most_three_milliseconds(nlp) -> None:  # type: ignore[no-untyped-def]
    start = time.process_time()
    for round_number in range(100):
        read(nlp, f"{MESSAGES[round_number % 4]}{round_number}", TODAY)
    assert (time.process_time() - start) / 100 < 0.003
