"""Keeps a figure or a day that came before its question, and reads it when that question is put."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.interviews.ages_told import of_others_age
from bot.interviews.facts import FactValue
from bot.interviews.hearing import END_MARKS, Hearing
from bot.interviews.kept_words import keep_early, told_early
from bot.interviews.late import is_only_figure
from bot.interviews.topic_parts import Fact
from bot.understanding.dates import find_dates
from bot.understanding.meant import understand
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import is_bare

_MEASURED = frozenset({"amount", "duration", "date", "count"})
_AGE = re.compile(
    r"(?:孩子|娃儿?|他|她|儿子|女儿|闺女|今年|才|都|快|刚|满|是)*[0-9一二两三四五六七八九十]{1,3}周?岁(?:半|多)?(?:了|吧|啊|呢)*"
)
_CONTRACT = re.compile(r"签|合同|生|结婚|领证")
Again = Callable[[Hearing], dict[str, FactValue]]
"""Reads a message anew, as the answer to another question."""


def keep_for_later(hearing: Hearing, again: Again) -> bool:
    """Whether the message is little more than a figure or a day that some question still to come may ask for."""
    said = hearing.said.strip("\n" + END_MARKS)
    before = {told.said for told in hearing.facts.values() if told.answered}
    if said in before:
        return False
    if (settles := _settling_day(hearing, said, again)) is not None:
        hearing.new |= settles
        return True
    open_now = [fact for fact in hearing.topic.facts if _is_open(hearing, fact)]
    kept = [fact for fact in open_now if _fits(hearing, fact, said, again)]
    only = _only_one(hearing, open_now if _AGE.fullmatch(said) else kept, said)
    if only is not None:
        told = _read_as(hearing, only, said, again)
        hearing.new |= {only.id: told} if told is not None else {}
    else:
        hearing.new |= {fact.id: keep_early(said) for fact in kept}
    return bool(hearing.new)


def _settling_day(hearing: Hearing, said: str, again: Again) -> dict[str, FactValue] | None:
    """A bare day gone by that settles what is asked: 「八月三十一」 to whether they still work there."""
    if hearing.asked is None or not find_dates(said, hearing.today):
        return None
    days = [one for one in hearing.topic.facts if one.type == "date" and hearing.asked.id in one.implies]
    if len(days) != 1 or days[0].id in hearing.facts or not _fits(hearing, days[0], said, again):
        return None
    told = _read_as(hearing, days[0], said, again)
    past = told is not None and date.fromisoformat(str(told.value)) <= hearing.today
    return {days[0].id: told} if told is not None and past else None


def _only_one(hearing: Hearing, open_now: Sequence[Fact], said: str) -> Fact | None:
    """The only fact of a topic that a bare day or an age may be of."""
    if _AGE.fullmatch(said):
        of_kind = [one for one in hearing.topic.facts if one.unit == "岁"]
    elif find_dates(said, hearing.today) and not _CONTRACT.search(said):
        of_kind = [one for one in hearing.topic.facts if one.type == "date"]
    else:
        return None
    return of_kind[0] if len(of_kind) == 1 and of_kind[0] in open_now else None


def _is_open(hearing: Hearing, fact: Fact) -> bool:
    told = hearing.facts.get(fact.id)
    if not fact.asked or fact.when == "false" or hearing.is_asked(fact) or fact.id in hearing.silent:
        return False
    return fact.type in _MEASURED and told is None and not of_others_age(fact, hearing.said)


def _read_as(hearing: Hearing, fact: Fact, said: str, again: Again) -> FactValue | None:
    told = again(Hearing(hearing.topic, hearing.facts, fact, understand(said), hearing.today, False)).get(fact.id)
    return told if told is not None and told.value is not None else None


def _fits(hearing: Hearing, fact: Fact, said: str, again: Again) -> bool:
    told = _read_as(hearing, fact, said, again)
    # 「五百」 after 「判的五百」 is said again and is of nothing else.
    if told is not None and any(one.value == told.value for one in hearing.facts.values()):
        return False
    return told is not None and is_only_figure(fact, told, said)


def read_kept(hearing: Hearing, asked: Fact, again: Again) -> bool:
    """Whether 「对」 took the words that came before this question for its answer."""
    words = told_early(hearing.facts, asked.id)
    polarity = read_polarity(hearing.said) if words and is_bare(hearing.said) else None
    if polarity == "no":
        hearing.new[asked.id] = FactValue(None)  # asked for without these words from now on
        return True
    if polarity != "yes":
        return False
    facts = {one: told for one, told in hearing.facts.items() if one != asked.id}
    told = again(Hearing(hearing.topic, facts, asked, understand(words), hearing.today, False))
    hearing.new |= {one: value for one, value in told.items() if one == asked.id}
    return asked.id in hearing.new
