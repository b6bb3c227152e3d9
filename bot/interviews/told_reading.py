"""What a message told, with what is said back about it."""

from __future__ import annotations

from dataclasses import replace

from bot.interviews.facts import FactValue
from bot.interviews.hearing import Hearing
from bot.interviews.inference import ESTIMATED, infer
from bot.interviews.kept_words import kept, told_early
from bot.interviews.lessons_worked import LESSONS
from bot.interviews.pieces_bought import EACH
from bot.interviews.repaid_parts import PARTS
from bot.interviews.told_facts import Reading
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_worked import LESS, PIECES, WORKED
from bot.interviews.wording import fact_text, told_text

_AND = "、"
"""Joins the words of what an estimate rests on; its own parts are not told again."""
_NOTED_EARLY = "您说的“{words}”我记着，问到的时候再用。"


def reading_of(hearing: Hearing) -> Reading:
    """The end of reading: what follows from the answers, which of them are new, and the words that say so."""
    hearing.new |= infer(hearing.topic, hearing.facts, hearing.new, hearing.today)
    corrected = tuple(
        one
        for one, now in hearing.new.items()
        if one in hearing.facts and hearing.facts[one].value is not None and hearing.facts[one].value != now.value
    )
    hearing.new = {one: _in_own_words(hearing, one, told) for one, told in hearing.new.items()}
    answer = hearing.new.get(hearing.asked.id) if hearing.asked is not None else None
    understood = answer is not None and answer.answered
    rejected = hearing.rejected or _doubted(hearing)
    return Reading(hearing.new, corrected, understood, _echo(hearing, corrected), rejected, hearing.ask_back)


def _doubted(hearing: Hearing) -> str:
    """What is said about a contradiction."""
    return "".join(
        f"您前面说{_told_of(fact, hearing.facts[fact.id], '是')}，这次说的是{_told_of(fact, now)}。"
        f"我先按前面的记；要改，请说“{fact.label}改成{hearing.heard.quoted(now.said)}”。"
        for fact_id, now in hearing.offers.doubts.items()
        if fact_id not in hearing.new
        for fact in (hearing.topic.fact(fact_id),)
    )


def _told_of(fact: Fact, told: FactValue, joined: str = "") -> str:
    if fact.type == "yes_no":
        return f"“{told_text(fact, told)}”"
    return f"{fact.label}{joined}{fact_text(fact, told)}" if joined else fact_text(fact, told)


def _in_own_words(hearing: Hearing, fact_id: str, told: FactValue) -> FactValue:
    """The answer with the words the citizen wrote: what they are read as is not shown to anyone."""
    estimated = told.said.startswith(ESTIMATED)
    said = told.said if estimated else hearing.heard.quoted(told.said)
    if hearing.topic.fact(fact_id).type == "text" and told.value == told.said:
        return replace(told, value=said, said=said)
    return replace(told, said=said)


def _working(told: FactValue) -> str:
    """How a sum was worked out, so that whoever told its parts can check it."""
    if not told.said.startswith(ESTIMATED):
        return ""
    if PARTS in told.said and _AND not in told.said:
        return f"（{told.said.removeprefix(ESTIMATED)}）"
    if WORKED not in told.said:
        return ""
    less = (
        "" if any(one in told.said for one in (LESS, LESSONS, EACH)) else "；要是给过您一部分，告诉我给了多少，我再减掉"
    )
    return f"（{told.said.removeprefix(ESTIMATED)}{less}）"


def _echo(hearing: Hearing, corrected: tuple[str, ...]) -> str:
    told = []
    for fact_id, now in hearing.new.items():
        fact = hearing.topic.fact(fact_id)
        volunteered = hearing.asked is None or fact_id != hearing.asked.id
        vague = now.low is not None and now.low != now.high
        how = _working(now)
        if now.value is not None and (fact_id in corrected or volunteered or vague or fact.confirm or how):
            told.append(f"{told_text(fact, now)}{how}")
    words = kept(hearing.new, hearing.asked.id) if hearing.asked is not None and hearing.asked.type == "amount" else ""
    piece = PIECES.format(words=words) if words else ""
    if not told:
        early = next((words for one in hearing.new if (words := told_early(hearing.new, one))), "")
        return piece or (_NOTED_EARLY.format(words=hearing.heard.quoted(early)) if early else "")
    return ("好的，改过来了，" if corrected else "好的，我记下了，") + "；".join(told) + "。" + piece
