"""Reads the facts out of a citizen's message: the answer to the question, whatever else was told, and corrections."""

from __future__ import annotations

from datetime import date

from bot.interviews.days_settled import settle_days
from bot.interviews.facts import Facts, FactValue
from bot.interviews.hearing import END_MARKS, Hearing
from bot.interviews.late import going_back, which
from bot.interviews.short_answers import read_short
from bot.interviews.told_back import flip_earlier
from bot.interviews.told_early import keep_for_later, read_kept
from bot.interviews.told_elsewhere import read_elsewhere
from bot.interviews.told_facts import Reading
from bot.interviews.told_first import read_first_words
from bot.interviews.told_late import read_late
from bot.interviews.told_measures import read_measures
from bot.interviews.told_options import offer_other, read_click, read_options
from bot.interviews.told_plainly import read_plain
from bot.interviews.told_reading import reading_of
from bot.interviews.topic import Topic
from bot.understanding.follow_ups import of_another
from bot.understanding.meant import understand
from bot.understanding.papers import untold
from bot.understanding.substance import asks_the_bot, content, scolds

__all__ = ["Reading", "read_answers"]

_LONGEST_READ = 4000
"""Of a longer message only the beginning is read for facts."""


def read_answers(topic: Topic, facts: Facts, asked: str | None, text: str, today: date) -> Reading:
    """Read `text` for `topic`, given the facts so far and the id of the question it answers (None: none was asked).

    Never raises for odd text; raises KeyError when `asked` names no fact.
    """
    heard = understand(untold(text[:_LONGEST_READ]))
    if not heard.text:
        return Reading()
    return _read(Hearing(topic, facts, None if asked is None else topic.fact(asked), heard, today))


def _read(hearing: Hearing) -> Reading:
    if hearing.asked is not None and read_click(hearing, hearing.asked):
        return reading_of(hearing)
    if hearing.looks_back and read_late(hearing, going_back(hearing.said), True, _facts_of):
        return reading_of(hearing)
    if scolds(hearing.said) or asks_the_bot(hearing.said) or (hearing.asked is not None and of_another(hearing.said)):
        return reading_of(hearing)
    if hearing.asked is not None and read_kept(hearing, hearing.asked, _facts_of):
        return reading_of(hearing)
    read_short(hearing)
    read_measures(hearing)
    read_options(hearing)
    read_first_words(hearing)
    settle_days(hearing)
    if hearing.asked is not None and not hearing.rejected and not hearing.settled(hearing.asked.id):
        # A story may say 刚才 and 不是……是…… without taking anything back.
        tells = hearing.asked.type == "text" and content(hearing.said) == hearing.said
        if hearing.earlier and not hearing.new and not tells and flip_earlier(hearing):
            return reading_of(hearing)
        if tells or not (hearing.corrects and hearing.new):
            read_plain(hearing, hearing.asked)
    answered = hearing.asked is None or hearing.settled(hearing.asked.id)
    if hearing.looks_back and not hearing.rejected and not answered:
        offer_other(hearing)
    silent = not (hearing.new or hearing.ask_back or hearing.rejected or hearing.offers.doubts)
    plain = hearing.said.strip("\n" + END_MARKS)
    if not (hearing.looks_back and silent) or read_late(hearing, plain, False, _facts_of):
        return reading_of(hearing)
    if not (read_elsewhere(hearing, _facts_of) or keep_for_later(hearing, _facts_of)):
        hearing.rejected = which(hearing.topic, hearing.facts) if going_back(hearing.said) else ""
    return reading_of(hearing)


def _facts_of(hearing: Hearing) -> dict[str, FactValue]:
    return _read(hearing).facts
