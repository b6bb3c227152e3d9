"""Reads a short statement that answers no question yet asked: 「没培训过」 while another question stands."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.interviews.another_thing import asks_for_lack, names
from bot.interviews.facts import FactValue
from bot.interviews.hearing import END_MARKS, Hearing
from bot.interviews.topic_parts import Fact
from bot.understanding.meant import understand
from bot.understanding.substance import is_bare, scolds

_LONGEST = 14
"""Characters; what is longer tells a story."""
_BY_THE_WAY = 3
"""A phrase of less than one part in so many of a statement is named in it by the way."""
_ASKS = re.compile(
    r"[?？]|怎么|咋|如何|什么|啥|[吗么嘛呢]$|多少|哪|谁|能不能|要不要|该不该|是不是|有没有|[要会能可]以?不$"
)
_MAYBE = re.compile(r"如果|要是|万一|假如|的话$|^(?:那|我想|我要|想|要)")
"""A wish or a supposition tells nothing that is so."""
Again = Callable[[Hearing], dict[str, FactValue]]
"""Reads a message anew, as the answer to another question."""


def read_elsewhere(hearing: Hearing, again: Again) -> bool:
    """Whether the statement was taken for the one fact, not asked for yet, that it names and answers."""
    said = hearing.said.strip("\n" + END_MARKS)
    if not said or len(said) > _LONGEST or is_bare(said) or scolds(said) or _ASKS.search(said) or _MAYBE.search(said):
        return False
    found: dict[str, tuple[int, FactValue]] = {}
    for fact in hearing.topic.facts:
        if not _is_open(hearing, fact) or not (weight := names(hearing.topic, fact, said)):
            continue
        told = again(Hearing(hearing.topic, hearing.facts, fact, understand(said), hearing.today, False))
        value = told.get(fact.id)
        by_polarity = value is not None and fact.type == "yes_no" and value.said == said
        if by_polarity and asks_for_lack(fact):
            continue
        if value is not None and fact.type == "choice" and _BY_THE_WAY * len(value.said) < len(said):
            continue  # 「怕孩子归男方」 tells of nobody that they are the man
        if value is not None and value.value is not None:
            found[fact.id] = (weight, value)
    most = max((weight for weight, _ in found.values()), default=0)
    best = [one for one, (weight, _) in found.items() if weight == most]
    if len(best) != 1:
        return False
    hearing.new[best[0]] = found[best[0]][1]
    return True


def _is_open(hearing: Hearing, fact: Fact) -> bool:
    """Whether it is a yes, no or choice that may still be asked for."""
    told = hearing.facts.get(fact.id)
    if hearing.is_asked(fact) or fact.id in hearing.silent or (told is not None and told.answered):
        return False
    return fact.asked and fact.type in {"yes_no", "choice"}
