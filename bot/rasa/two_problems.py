"""Tells whether one message speaks of two problems that have nothing to do with each other, and where it parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.interviews.topic import Topic
from bot.understanding.relations import find_relations

TOPIC = "topic_"
VIOLENCE = "danger_violence"
HOME = "domestic_violence"

SURE = 0.85
"""Each half must be this clearly about its topic…"""
ADDED = 0.70
"""…or this, where it is added with a word that says so (另外, 还有一件事). Measured: of 5,122 messages of one
problem told in several clauses 2 are parted; of 20 messages of two problems 15 are found."""
MOST_PIECES = 8
"""Clauses; a longer story is about one thing, and its interview finds out which."""
LEAST = 4
"""Chinese characters of a half."""
_CLAUSE = re.compile(r"[^,，。.;；!！?？\s、]+[,，。.;；!！?？\s、]*")
"""A blank parts too: many type no marks."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_ADDS = re.compile(
    r"^(?:另外|还有|另一个|(?:再|还有)?一[个件](?:就)?是|再就是|再说|此外|除此|第二|二是|其次|对了|顺便)"
)
_MORE = re.compile(r"^[^,，。;；!！?？]{0,8}[又还也]")
"""「房东又赶我走」: what comes on top of the first, even where that names nobody."""
_REPORTS = re.compile(r"[^,，。;；!！?？]{0,6}(?:说|讲|推说|推给|赖|不认|不管)(?!要|让|叫)")
"""「物业说是电梯公司的事」: what the other side says of the first."""
_CIRCUMSTANCE = re.compile(
    r"(?:我|俺|她|我老婆|我媳妇)?(?:现在|已经|刚刚?|才|今年)*(?:生完|生了|怀孕|怀了|结了?婚|坐月子|休产假|有(?:了)?[一两二三]?个?(?:孩子|娃))[^,，。;；]{0,6}[,，。\s]*$"
)
"""「我刚生完孩子」 says in what state somebody is, and is no problem by itself."""
_OWED = re.compile(r"(?:欠|借)(?:了)?(?:我|俺)(?!们?(?:家)?(?:爸|妈|哥|弟|姐|妹|老公|老婆))|(?:借给|借了给)")
_OWES = re.compile(r"(?:我|俺)(?:自己)?(?:还|又|也)?(?:欠|借)(?:了|着)?(?!给|他|她|[^,，。]{0,6}不还)")
"""「朋友欠我5万，我欠信用卡3万」: what is owed to somebody and what they owe are two matters."""
_BEATEN = re.compile(r"[打掐踢踹揍](?:了|伤)?[我俺]")
_PARTIES = (
    "employer labour_agency contractor colleague",
    "spouse ex_spouse partner third_party child parent parent_in_law child_in_law grandparent sibling sibling_in_law",
    "landlord sublessor tenant agent",
    "merchant platform",
    "lender borrower guarantor friend",
    "driver insurer",
    "property_manager neighbour",
)
_FAMILY = 1
_PARTY = {relation: place for place, relations in enumerate(_PARTIES) for relation in relations.split()}


@dataclass(frozen=True, slots=True)
class TwoProblems:
    """Two topics, or as many as were counted out, with the words that belong to each, in the order to take them up."""

    topics: tuple[str, ...]
    said: tuple[str, ...]
    counted: bool = False
    """The message itself counts them out, 「第一……第二……」."""


Ranking = Sequence[tuple[str, float]]


def pieces(text: str) -> list[tuple[str, str]]:
    """Every way to part the message between two clauses; none for one that is too short or a long story."""
    clauses = _CLAUSE.findall(text)
    if not 2 <= len(clauses) <= MOST_PIECES:
        return []
    parted = [("".join(clauses[:at]), "".join(clauses[at:])) for at in range(1, len(clauses))]
    return [pair for pair in parted if all(len(_HAN.findall(half)) >= LEAST for half in pair)]


def find_two(
    parted: Sequence[tuple[str, str]], rankings: Sequence[tuple[Ranking, Ranking]], topics: Mapping[str, Topic]
) -> TwoProblems | None:
    """The two problems, `rankings` being those of both halves of each pair of `parted`; None where it is one."""
    best: tuple[float, TwoProblems] | None = None
    for (left, right), (of_left, of_right) in zip(parted, rankings, strict=True):
        first, second = _topic(left, of_left, topics), _topic(right, of_right, topics)
        added = bool(_ADDS.search(right))
        if _CIRCUMSTANCE.match(left) or _CIRCUMSTANCE.match(right):
            continue
        if first is None or second is None or not _apart(topics[first[0]], topics[second[0]], left, right, added):
            continue
        if not added and _REPORTS.match(right):
            continue
        if not (added or _MORE.search(right) or _parties(left)):
            continue
        least = ADDED if added else SURE
        clear = min(first[1], second[1])
        if clear >= least and (best is None or clear > best[0]):
            best = clear, TwoProblems((first[0], second[0]), (left, right))
    return best[1] if best is not None else None


def _topic(half: str, ranking: Ranking, topics: Mapping[str, Topic]) -> tuple[str, float] | None:
    name, chance = ranking[0] if ranking else ("", 0.0)
    if name in (VIOLENCE, TOPIC + HOME) and _FAMILY in _parties(half):
        # What waits while help is called; who is beaten at home is as likely in danger as not: one problem either way.
        name, chance = TOPIC + HOME, sum(share for one, share in ranking if one in (VIOLENCE, TOPIC + HOME))
        if _BEATEN.search(half):
            chance = max(chance, SURE)  # said in so many words, it is never passed over
    topic = name.removeprefix(TOPIC)
    return (topic, chance) if name.startswith(TOPIC) and topic in topics else None


def _apart(first: Topic, second: Topic, left: str, right: str, added: bool) -> bool:
    """Other matters with other people: who is beaten and wants a divorce has one problem, not two.

    Of one area of law they are where the second is `added` in so many words and each names its own people: the
    neighbour and the landlord.
    """
    if first.id != second.id and _opposite(left, right):
        return True
    if first.id == second.id or (first.area == second.area and not added):
        return False
    there, here = _parties(left), _parties(right)
    if first.area == second.area and not there:
        return False
    return bool(here - there) and not here & there


def _opposite(left: str, right: str) -> bool:
    """Whether one half tells what others owe and the other what somebody owes."""
    ways = [(_OWED.search(one) is not None, _OWES.search(one) is not None) for one in (left, right)]
    return sorted(ways) == [(False, True), (True, False)]


def _parties(text: str) -> set[int]:
    return {_PARTY[str(one.value)] for one in find_relations(text) if str(one.value) in _PARTY}
