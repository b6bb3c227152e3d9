"""What a message says before anything decides what it means."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.topic_file import load_topics
from bot.rasa import runtime
from bot.rasa.hearing import KEY, Heard, hear, pinyin_reader
from bot.rasa.situation import Situation
from tests.conftest import TOPICS

GUESSED = Situation(
    offer={"kind": "guess", "said": "工伤赔偿"}, last=({"text": "您是不是想说：工伤赔偿？", "choices": []},)
)
INTERVIEW = Situation("unpaid_wages", {}, "relation", "interview")


@pytest.fixture(scope="module", autouse=True)
def topics() -> Iterator[None]:
    """The pinyin reader is made of the topics of the process."""
    before = runtime._runtime
    runtime.use(runtime.Runtime(load_topics(TOPICS)))
    pinyin_reader.cache_clear()
    yield
    runtime._runtime = before


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("老板欠俺公资", Heard("老板欠我工资")),
        ("laoban qian wo gongzi", Heard("老板欠我工资")),
        ("老板qian我gongzi", Heard("老板qian我工资")),
        ("我的 fangdong 不退 yajin", Heard("我的房东不退押金")),
        ("jiehun caili", Heard("结婚彩礼", "guess")),
        ("jiuming", Heard("救命")),
        ("zhuan rengong", Heard("转人工")),
        ("my boss does not pay me", Heard("my boss does not pay me", "english")),
        ("助けて", Heard("助けて", "foreign")),
        ("ok", Heard("ok")),
        ("123", Heard("123")),
        ("", Heard("")),
    ],
)
def test_hear(text: str, heard: Heard) -> None:
    assert hear(text, Situation()) == heard


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("是的", "confirmed", "工伤赔偿"),
        ("shi de", "confirmed", "工伤赔偿"),
        ("yes", "confirmed", "工伤赔偿"),
        ("不是", "refused", "不是"),
        ("bu shi", "refused", "不是"),
        ("我想离婚", "plain", "我想离婚"),
    ],
)
def test_the_answer_to_a_guess(text: str, kind: str, said: str) -> None:
    heard = hear(text, GUESSED)
    assert heard.kind == kind
    if kind != "refused":
        assert heard.text == said


def test_a_yes_to_something_else_confirms_no_guess() -> None:
    later = Situation(offer=GUESSED.offer, last=({"text": "您现在还在这家单位干吗？", "choices": []},))
    assert hear("是的", later).kind == "plain"


def test_a_short_latin_word_answers_in_an_interview() -> None:
    assert hear("VIP", INTERVIEW).kind == "plain"
    assert hear("VIP", Situation()).kind == "english"


def test_danger_in_english_is_heard_in_an_interview() -> None:
    assert hear("help", INTERVIEW).kind == "english"


def test_what_is_written_is_read_back() -> None:
    heard = Heard("老板", "guess")
    assert Heard.of({KEY: heard.to_dict()}, "x") == heard
    assert Heard.of({}, "公资") == Heard("工资")


@given(st.text(max_size=40), st.sampled_from([Situation(), GUESSED, INTERVIEW]))
def test_never_raises(text: str, situation: Situation) -> None:
    hear(text, situation)
