"""Reads a message as the answer to another question than the one asked last."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.interviews.facts import FactValue, known
from bot.interviews.hearing import Hearing
from bot.interviews.interview import Interview
from bot.interviews.late import AskBack, early_answers, late_answers, surely
from bot.interviews.topic_parts import Fact
from bot.understanding.meant import understand

_EVENT = re.compile(r"事故|受伤|出事|发生|出问题|被拆")
"""Of the day of what happened there is one only."""
Again = Callable[[Hearing], dict[str, FactValue]]
"""Reads a message anew, as the answer to another question."""


def _applies(hearing: Hearing, fact_id: str) -> bool:
    """Whether the question of the fact applies by what is known now."""
    when = hearing.topic.fact(fact_id).when
    now = known(hearing.topic, hearing.facts, hearing.today)
    event = _EVENT.search(hearing.topic.fact(fact_id).label) is not None
    return event or when is None or hearing.topic.expression(when).truth(now) is True


def read_late(hearing: Hearing, said: str, announced: bool, again: Again) -> bool:
    """Whether the message was taken, or asked back about, as an answer to an earlier question."""
    if hearing.asked is None:
        return False
    beside: dict[str, dict[str, FactValue]] = {}

    def read(fact: Fact, words: str) -> FactValue | None:
        before = {one: told for one, told in hearing.facts.items() if one != fact.id}
        heard = understand(words)
        for asked in (fact, None):
            told = again(Hearing(hearing.topic, before, asked, heard, hearing.today, False))
            if fact.id in told:
                # 「我是去年三月进的公司」 tells of the day from which the time is counted that was asked.
                beside[fact.id] = {one: value for one, value in told.items() if one not in before}
                return told[fact.id]
        return None

    found = late_answers(hearing.topic, hearing.facts, hearing.asked, said, announced, read)
    if not found and not announced:
        needed = Interview(hearing.topic, hearing.facts, hearing.today).needed()
        found = early_answers(hearing.topic, needed, hearing.asked, said, read, lambda one: _applies(hearing, one))
        # 「五百」 after 「判的五百」 is said again and is of nothing else.
        sums = {told.value for told in hearing.facts.values() if isinstance(told.value, float)}
        found = {one: told for one, told in found.items() if told.value not in sums}
    if not found:
        return False
    if sure := surely(hearing.facts, found, announced):
        hearing.new |= {**beside.get(sure, {}), sure: found[sure]}
    else:
        hearing.ask_back = AskBack.of(hearing.topic, found, said, hearing.heard.quoted(said))
    return True
