"""The quick replies that a channel shows under a question."""

from __future__ import annotations

import re

from bot.interviews.topic_parts import Fact

UNKNOWN_CHOICE = "不清楚"
_ASKS_FOR_HAVING = re.compile(r"有没有|(?<!没)有(?!关)[^,，。？?]{1,24}[吗么][？?]")


def quick_replies(fact: Fact) -> tuple[str, ...]:
    """Labels in the order shown; 「不清楚」 is always one, so that nobody is stuck."""
    labels: tuple[str, ...] = ()
    if fact.type == "choice":
        labels = tuple(option.label for option in fact.options)
    elif fact.type == "yes_no":
        labels = ("有", "没有") if _ASKS_FOR_HAVING.search(fact.question) else ("是", "不是")
    return (*labels, *(() if UNKNOWN_CHOICE in labels else (UNKNOWN_CHOICE,)))
