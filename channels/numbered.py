"""Choices where nothing can be tapped: shown with numbers, and the number that comes back read as the choice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.engine import Part
from bot.understanding.normalise import fold

_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}
_CIRCLED = {chr(0x2460 + at): at + 1 for at in range(20)}
_CHOSEN = re.compile(
    r"(?:我?(?:要|想)?(?:选|选择|回复|按)?)?(?:第)?(?P<number>\d{1,2}|[一二两三四五六七八九]?十?[一二三四五六七八九]?)"
    r"(?:[个条项号种]|号选项)?(?:吧|的)?[.。、,，)）!！]?"
)


def numbered(part: Part) -> tuple[str, ...]:
    """The choices that get numbers: none where there is only one way out of answering in words, as 「不清楚」, or where
    numbers mean something else, as points of a score."""
    return () if len(part.choices) < 2 or "survey" in part.data else part.choices


def menu(part: Part) -> str:
    """The choices in words; "" where there are none."""
    if choices := numbered(part):
        return "\n".join(("请回复数字：", *(f"{number}. {choice}" for number, choice in enumerate(choices, 1))))
    if not part.choices:
        return ""
    return f"（可以回复：{'、'.join(part.choices)}）" if len(part.choices) > 1 else f"（也可以回复：{part.choices[0]}）"


def chosen(said: str, parts: Sequence[Part]) -> str:
    """The choice of the last part that offered some which `said` names by number; "" where it names none."""
    number = _number(said)
    offered = next((numbered(part) for part in reversed(parts) if part.choices), ())
    return offered[number - 1] if 0 < number <= len(offered) else ""


def may_choose(said: str) -> bool:
    """Whether it could name a choice at all, so that what was offered is worth looking up."""
    return _number(said) > 0


def _number(said: str) -> int:
    """The number that the whole message says; 0 for none."""
    text = said.strip()
    if text in _CIRCLED:
        return _CIRCLED[text]
    found = _CHOSEN.fullmatch(re.sub(r"\s", "", fold(text)))
    if found is None or not (raw := found["number"]):
        return 0
    if raw.isdigit():
        return int(raw)
    if "十" not in raw:
        return _NUMERALS.get(raw, 0) if len(raw) == 1 else 0
    tens, _, units = raw.partition("十")
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[units] if units else 0)
