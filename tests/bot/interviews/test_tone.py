"""What hotline work never says is said nowhere, and what some texts must say they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot import greeting
from bot.interviews import opinion
from bot.interviews.tone import read_tone
from bot.rasa import wording

ROOT = Path(__file__).resolve().parents[3]
FIXED = {
    "greeting": greeting.GREETING[0].text,
    "nobody_on_duty": greeting.NOBODY_ON_DUTY[0].text,
    "nobody_in_danger": greeting.NOBODY_IN_DANGER[0].text,
    "nobody_at_all": greeting.NOBODY_AT_ALL[0].text,
    "engine_down": greeting.ENGINE_DOWN[0].text,
    "still_down": greeting.STILL_DOWN[0].text,
    "closed": greeting.CLOSED,
    "disclaimer": opinion.DISCLAIMER,
    "danger": wording.DANGER,
    "capabilities": wording.CAPABILITIES,
}


@pytest.mark.parametrize(
    "text",
    [
        "您这个官司一定能赢",
        "我保证能要回来",
        "怎么不早点来，怪您自己",
        "这事不归我们管",
        "请注意态度",
        "别闹了",
        "肯定会判给您",
    ],
)
def test_what_is_forbidden_is_found(text: str) -> None:
    assert list(read_tone().faults(text))


@pytest.mark.parametrize(
    "text", ["这不是您的错", "不会怪您", "法院不一定会判", "说“包赢”的要小心", "要单位证明是您的错", "不用百分之百"]
)
def test_what_only_looks_like_it_passes(text: str) -> None:
    assert not list(read_tone().faults(text))


def test_fixed_sentences_keep_the_tone() -> None:
    said = [value for value in vars(wording).values() if isinstance(value, str)]
    said += [part.text for value in vars(greeting).values() if isinstance(value, tuple) for part in value]
    assert len(said) > 40
    assert [fault for text in said for fault in read_tone().faults(text)] == []


def test_document_templates_keep_the_tone() -> None:
    files = sorted((ROOT / "training_data" / "documents").glob("*.yaml"))
    assert len(files) >= 15
    texts = [line for file in files for line in re.findall(r"[\u4e00-\u9fff][^\n]*", file.read_text(encoding="utf-8"))]
    assert [fault for text in texts for fault in read_tone().faults(text)] == []


@pytest.mark.parametrize("name", FIXED)
def test_what_must_be_said_is_said(name: str) -> None:
    assert read_tone().missing(name, FIXED[name]) == []


def test_every_required_text_is_checked_here() -> None:
    data = yaml.safe_load((ROOT / "training_data/lexicon/tone.yaml").read_text(encoding="utf-8"))
    assert {rule["text"] for rule in data["required"]} == set(FIXED)
