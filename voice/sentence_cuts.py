"""A text cut into sentences for the ear, and how long they take."""

from __future__ import annotations

import re

from voice.screen_words import without_screen
from voice.speaking.aloud import aloud

_CHARACTER, _COMMA, _STOP = 0.195, 0.18, 0.4
"""Seconds each takes in the default voice at its usual pace; measured on opinions."""
_ASIDE = re.compile(r"[（(][^（）()\d]{4,}[）)]")
"""A short one is another word, as in 爸爸（妈妈）, and one with a figure may be the point."""
_MARK = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)）](?!\d))\s*")
_ASKS_ON = re.compile(r"；(?=[^。！？；?!;\n]*[？?])")
"""Inside a question."""
_ENDS = re.compile(r"(?<=[。！？；?!;])|\n+")


def seconds(text: str) -> float:
    """How long it takes to say at the usual pace."""
    said = aloud(text)
    stops = sum(one in "。！？；" for one in said)
    commas = sum(one in "，：、" for one in said)
    return (len(said) - stops - commas) * _CHARACTER + commas * _COMMA + stops * _STOP


def cut(text: str) -> list[str]:
    """Sentences for the ear: no asides, no marks of lists, no screen, each with its stop."""
    told = _ASKS_ON.sub("，", without_screen(text.replace("中华人民共和国", "")))
    found = (_MARK.sub("", one or "") for one in _ENDS.split(_ASIDE.sub("", told)))
    return [as_sentence(one) for one in found if one.strip(" 　，。；：！？、")]


def as_sentence(text: str) -> str:
    """With its stop."""
    text = plain(text).rstrip("；;，,：:、 ")
    text = text.replace("?", "？").replace("!", "！")
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def plain(text: str) -> str:
    """Without asides."""
    return _ASIDE.sub("", text).strip(" 　")
