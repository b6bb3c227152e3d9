"""A reply of the bot as the telephone says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.calls.call import Reach
from bot.dialogue.engine import Part
from voice.repeating import to_repeat
from voice.sentence_cuts import seconds
from voice.spoken import BY_LINK, BY_NUMBER, BY_WECHAT, HALF_A_MINUTE, Spoken, spoken

MORE = "您还有别的要问吗？"
_CLOSING: dict[Reach, str] = {"sms": BY_LINK, "wechat": BY_WECHAT, "": BY_NUMBER}


def heard_parts(parts: Sequence[Part]) -> list[Part]:
    """Without what the desk says to those who wait: the telephone has its own words for that."""
    return [part for part in parts if not part.data.get("waiting")]


def for_ear(parts: Sequence[Part], reach: Reach, heard: str = "", news: str = "") -> Spoken:
    """What is said; after an opinion, whether there is more to ask.

    `heard`: what the caller said, once confirmed; `news` is told before what is asked.
    """
    concluded = any(part.kind == "opinion" for part in parts)
    most = HALF_A_MINUTE - seconds(MORE) * concluded - seconds(news)
    told = spoken(parts, bool(reach), most, closing=_CLOSING[reach], checked=bool(to_repeat(heard)))
    said = [*told.sentences, MORE] if concluded and not told.text.endswith("？") else [*told.sentences]
    if news:
        at = len(said)
        while at and said[at - 1].endswith("？"):
            at -= 1
        said.insert(at, news)
    return replace(told, sentences=tuple(said))
