"""Reads quantities, dates and places out of a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.interviews.ages_told import ages_told, of_the_one_asked, with_ages
from bot.interviews.due_by_term import due_by_term, due_of_kept
from bot.interviews.due_worked import due_worked, is_of_paper
from bot.interviews.facts import FactValue
from bot.interviews.heads import heads
from bot.interviews.hearing import Hearing
from bot.interviews.inference import ESTIMATED
from bot.interviews.kept_words import told_early
from bot.interviews.late import AskBack
from bot.interviews.lessons_worked import lessons_worked
from bot.interviews.measures import measure
from bot.interviews.mine_told import mended, of_the_speaker, without_slips
from bot.interviews.per_period import without_frames
from bot.interviews.pieces_bought import pieces_bought
from bot.interviews.rate_worked import interest_told
from bot.interviews.repaid_parts import repaid_parts
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_worked import wages_worked
from bot.understanding.entity import Entity
from bot.understanding.extract import extract

_NOT_THIS = re.compile(r"不是(?:说)?(?:有)?$")
_INSTEAD = re.compile(
    r"(?:块钱?|元|的)?(?:[\s,，。;；]*(?:而)?(?:应该)?是(?:大概|约)?|"
    r"[\s,，。;；]+(?:其实|实际上?|最后|后来)?(?:用?券后|优惠(?:完|后)?|折后|打完折|实付|到手|付了?|花了?)(?:是)?(?:大概|约)?)"
)
_WORKED_ALOUD = re.compile(r"[^,，。;；!！?？=]*(?:除以|乘以?|÷|×)(?:(?!等于|就是|得)[^,，。;；!！?？=])*")
_OF_SOMEBODY = re.compile(
    r"(?:我|俺|[他她])?(?:爸爸?|妈妈?|爹|娘|爷爷?|奶奶?|外[公婆]|姥[爷姥]|公公|婆婆|哥哥?|姐姐?|弟弟?|妹妹?|老公|老婆|媳妇|儿子|女儿)(?:那边|的)?(?:应该)?(?:是|的是)(?:在)?$"
)
"""「不对，我妈是七年前」: what is told of somebody by name takes back only what was told of them."""
_MEASURED = frozenset({"amount", "duration", "date", "count", "percent", "place"})


def read_measures(hearing: Hearing) -> None:
    """Each value for the fact to which the strongest cue points; a value serves one fact."""
    found = _without_sums(hearing.said, extract(hearing.said, hearing.today))
    entities = [one for one in found if one.kind in _MEASURED and not _taken_back(hearing, one)]
    ages = [
        one
        for one in ages_told(hearing.topic, hearing.asked, hearing.said, hearing.today)
        if not _taken_back(hearing, one)
    ]
    entities = with_ages(without_frames(hearing.said, entities), ages)
    if not hearing.corrects:
        entities = of_the_one_asked(hearing.topic, entities)
    entities = of_the_speaker(hearing.said, without_slips(hearing.said, mended(hearing.said, entities)))
    instead = _in_place_of(hearing, found)
    offers = sorted(hearing.offers.of(entities), key=lambda offer: -offer[0])
    used: set[int] = set()
    began: set[int] = set()
    due, term = _read_due(hearing, entities)
    _work_out(hearing, entities)
    _count_heads(hearing)
    for place, (fact, value) in instead.items():
        hearing.new[fact.id] = value
        used |= {at for at, one in enumerate(entities) if one.start == place}
        _work_out(hearing, entities)
    for fact in hearing.topic.facts:
        if not (hearing.is_asked(fact) or (is_of_paper(fact) and _still_open(hearing, fact))):
            continue
        if (worked := due_worked(fact, hearing.said, entities)) is not None:
            hearing.new[fact.id] = worked
    for _, fact, place, measured in offers:
        if fact.id == due or place == term:
            continue
        # 「一年没给了」 tells how long and since when: it serves one fact of each kind.
        since = fact.type == "date" and entities[place].kind == "duration"
        if fact.id in hearing.new or place in (began if since else used):
            continue
        value = FactValue(measured.value, False, entities[place].text, measured.low, measured.high)
        if hearing.plausible(fact, measured.value):
            before = hearing.facts.get(fact.id)
            changes = before is not None and before.value not in (None, measured.value)
            if changes and _OF_SOMEBODY.search(hearing.said, 0, entities[place].start):
                hearing.ask_back = AskBack.of(hearing.topic, {fact.id: value}, hearing.said, hearing.heard.text)
                return
            hearing.new[fact.id] = value
            (began if since else used).add(place)
        elif hearing.is_asked(fact):
            used.add(place)
            _refuse(hearing, fact, entities[place].text)
    _share_used(hearing)
    if (paid_back := repaid_parts(hearing.offers.message)) is not None and paid_back[0].id not in hearing.silent:
        hearing.new[paid_back[0].id] = paid_back[1]
    if (rate := interest_told(hearing)) is not None:
        hearing.new[rate[0].id] = rate[1]
    if (later := due_of_kept(hearing.topic, hearing.facts, hearing.new)) is not None:
        hearing.new[later[0].id] = later[1]


def _still_open(hearing: Hearing, fact: Fact) -> bool:
    before = hearing.facts.get(fact.id)
    return before is None or before.value is None or hearing.corrects


def _in_place_of(hearing: Hearing, found: Sequence[Entity]) -> dict[int, tuple[Fact, FactValue]]:
    """「不是5000，是5500」: the value taken back tells which fact is corrected; by where the new one begins."""
    corrected: dict[int, tuple[Fact, FactValue]] = {}
    for at, entity in enumerate(found[:-1]):
        after = found[at + 1]
        if (
            after.kind != entity.kind
            or not _taken_back(hearing, entity)
            or not _INSTEAD.fullmatch(hearing.said[entity.end : after.start])
        ):
            continue
        owners = []
        for fact_id, told in hearing.facts.items():
            fact = hearing.topic.fact(fact_id)
            was, now = (measure(fact, one, True, hearing.today) for one in (entity, after))
            if fact.type in _MEASURED and was is not None and now is not None and was.value == told.value:
                owners.append((fact, FactValue(now.value, False, after.text, now.low, now.high), told))
        plain = [one for one in owners if not one[2].said.startswith(ESTIMATED)] or owners
        if len(plain) == 1 and hearing.plausible(plain[0][0], plain[0][1].value):
            corrected[after.start] = plain[0][:2]
    return corrected


def _without_sums(said: str, entities: Sequence[Entity]) -> list[Entity]:
    """「一万一除以48乘9，两千来块吧」: of what is worked out aloud the result counts, where it is told."""
    inside = [(found.start(), found.end()) for found in _WORKED_ALOUD.finditer(said)]
    rest = [one for one in entities if not any(start <= one.start < end for start, end in inside)]
    return rest if any(one.kind in {"amount", "count"} for one in rest) else list(entities)


def _read_due(hearing: Hearing, entities: Sequence[Entity]) -> tuple[str, int]:
    """The fact of the day a loan is due, where the message tells its term, and the place of the term."""
    by_term = due_by_term(hearing.topic, hearing.facts, hearing.said, entities)
    if by_term is None:
        return "", -1
    due, day, place = by_term
    before = hearing.facts.get(due.id)
    if due.id in hearing.silent or not (before is None or before.value is None or hearing.corrects):
        return "", -1
    if day.value is None or hearing.plausible(due, day.value):
        hearing.new[due.id] = day
    # 「24年5月借的 说好一年还」: the day of the loan is still to be read; a day that was promised is of nothing else.
    of_the_loan = place.kind == "date" and day.value != str(place.value)
    return due.id, -1 if of_the_loan else entities.index(place)


def _work_out(hearing: Hearing, entities: Sequence[Entity]) -> None:
    """The wages owed, the lessons taken or what several things cost, where all that they follow from was told."""
    message = hearing.offers.message
    worked = wages_worked(message, entities) or lessons_worked(message) or pieces_bought(message)
    if worked is None:
        return
    fact, value = worked
    before = hearing.facts.get(fact.id)
    told = before is not None and before.value is not None and not before.said.startswith(ESTIMATED)
    open_now = hearing.is_asked(fact) or hearing.corrects or not told
    plausible = value.value is None or hearing.plausible(fact, value.value)
    if open_now and fact.id not in hearing.silent and plausible:
        hearing.new[fact.id] = value


def _share_used(hearing: Hearing) -> None:
    """「一万二，上了一半了」: what was used up, of a fee that the same message tells."""
    told = {**hearing.facts, **hearing.new}
    worked = lessons_worked(replace(hearing.offers.message, facts=told)) if hearing.new else None
    if worked is not None and worked[0].id not in told and worked[0].id not in hearing.silent:
        hearing.new[worked[0].id] = worked[1]


def _count_heads(hearing: Hearing) -> None:
    """Who shares, named one by one."""
    for fact in hearing.topic.facts:
        asked = hearing.is_asked(fact)
        before = hearing.facts.get(fact.id)
        known_before = before is not None and before.value is not None and not asked
        if fact.type != "count" or "一起分" not in fact.cues or fact.id in hearing.silent or known_before:
            continue
        if (told := heads(hearing.said, asked)) is not None:
            hearing.new[fact.id] = FactValue(float(told[0]), False, told[1])


def _taken_back(hearing: Hearing, entity: Entity) -> bool:
    """不是五千，是六千: the five thousand is not meant."""
    return bool(_NOT_THIS.search(hearing.offers.message.before(entity)))


def _refuse(hearing: Hearing, fact: Fact, words: str) -> None:
    before = hearing.facts.get(fact.id)
    early = told_early(hearing.facts, fact.id)
    if before is not None and before.value is None and not before.unknown and not early:
        hearing.new[fact.id] = FactValue(None, True, words)
        hearing.rejected = f"没关系，{fact.label}我先记为不清楚，我们接着往下说。"
    else:
        hearing.new[fact.id] = FactValue(None, False, words)
        hearing.rejected = f"您说的{fact.label}是“{hearing.heard.quoted(words)}”，好像不太对，能再说一遍吗？"
