"""The quick replies that a channel shows under a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.interviews.topic_parts import Fact

UNKNOWN_CHOICE = "不清楚"
_INSIDE = re.compile(r"[，,；;（(]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_PAUSES = re.compile(r"[\s，,；;、。？！“”]")
_UNSURE = ("不知道", "不清楚", "说不清")
_ASKS_FOR_HAVING = re.compile(r"有没有|(?<!没)有(?!关)[^,，。？?]{1,24}[吗么][？?]")


def spoken_replies(labels: Sequence[str]) -> dict[str, int]:
    """The same as somebody repeats them who only heard them, without what is in brackets and between commas, or by how
    one begins as no other does; each with its place."""
    heads = [_INSIDE.split(one)[0] for one in labels]
    alone = [one for one in heads if one and not one.startswith(_UNSURE) and sum(o.startswith(one) for o in heads) == 1]
    whole = {_PAUSES.sub("", _ASIDE.sub("", one)): place for place, one in enumerate(labels)}
    return {_PAUSES.sub("", one): heads.index(one) for one in alone} | whole


def quick_replies(fact: Fact) -> tuple[str, ...]:
    """Labels in the order shown; 「不清楚」 is always one, so that nobody is stuck."""
    labels: tuple[str, ...] = ()
    if fact.type == "choice":
        labels = tuple(option.label for option in fact.options)
    elif fact.type == "yes_no":
        labels = ("有", "没有") if _ASKS_FOR_HAVING.search(fact.question) else ("是", "不是")
    return (*labels, *(() if UNKNOWN_CHOICE in labels else (UNKNOWN_CHOICE,)))
