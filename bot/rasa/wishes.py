"""Hears the wish for a service by its name, for the same once more, and to give one up; the words are data."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.topic import Topic

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "wishes.yaml"
_LONGEST = 60
"""Characters; who tells a long story is read for what happened."""
_CLAUSE = re.compile(r"[\s,，。.;；!！?？、~～…]+")
_FEW = 2
"""Clauses beside which a service that is only named is still asked for: 「做亲子鉴定，去哪」."""

_ASKS_WHETHER = re.compile(r"[要用]不[要用]|需不需|得不得")
"""「要不要预约」 takes nothing back."""
_PLAINLY_BACK = re.compile(r"撤|取消|退掉|约了")
"""「不请律师」 takes nothing back by itself."""
_ASKING = ("吗", "么", "不", "嘛", "？", "?")
_ASKS_NEED = re.compile(
    r"(?:那|还|也|是不是|就|都)*(?:要不要|用不用|需不需要|要|需要|得|必须)(?!不要钱)[^我帮替给]{1,8}(?<![行好可成])[吗么不嘛]?[?？]?"
)
"""「要翻译公证吗」 asks of the matter at hand whether it needs one; 「要公证」 without 吗 wants it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished for."""

    service: str
    """Topic id; empty: the same as before."""
    again: bool
    """Whether it is said that this is one more."""
    clause: str
    """The words that say it."""


@dataclass(frozen=True, slots=True)
class _Service:
    topic: str
    named: re.Pattern[str]
    wanted: re.Pattern[str] | None
    said: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    speaks: re.Pattern[str]
    of: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Words:
    wants: re.Pattern[str]
    again: re.Pattern[str]
    same: re.Pattern[str]
    given_up: re.Pattern[str]
    stops: re.Pattern[str]
    put_off: re.Pattern[str]
    back: re.Pattern[str]
    complains: re.Pattern[str]
    services: tuple[_Service, ...]
    known: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    carried: Mapping[str, Mapping[str, Mapping[str, str]]]


def read_service_wish(said: str) -> Wish | None:
    """The wish that a clause of `said` is; None where none is one."""
    if len(said) > _LONGEST:
        return None
    for service in _words().services:
        if service.whole is not None and (match := service.whole.search(said)) is not None:
            return Wish(service.topic, False, match[0])
    clauses = [one for one in _CLAUSE.split(said) if one]
    for clause in clauses:
        if (wish := _wish(clause, len(clauses) <= _FEW)) is not None:
            return wish
    return next((Wish("", True, one) for one in clauses if _words().same.fullmatch(one)), None)


def _wish(clause: str, alone: bool) -> Wish | None:
    words = _words()
    if words.complains.search(clause):
        return None  # 「找法律援助中心投诉那个律师」
    if clause.endswith(_ASKING) and _ASKS_NEED.fullmatch(clause):
        return None
    for service in words.services:
        if service.said is not None and service.said.fullmatch(clause):
            return Wish(service.topic, False, clause)
        for pattern in (service.named, service.wanted):
            match = pattern.fullmatch(clause) if pattern is not None else None
            if match is None:
                continue
            wants = bool(words.wants.search(match["lead"]))
            if wants or (alone and pattern is service.named):
                return Wish(service.topic, bool(words.again.search(match["lead"])), clause)
    return None


def gives_up(said: str) -> bool:
    """Whether all that is said is that it is not wanted any more: 「太麻烦了，我不办了」."""
    words = "".join(_CLAUSE.split(said))
    if len(said) > _LONGEST or not words:
        return False
    return bool(_words().given_up.fullmatch(words) and _words().stops.search(words))


def takes_back(said: str, plainly: bool = False) -> str | None:
    """The service whose application is to be taken back, "" where none is named; None where nothing is.

    `plainly`: only where it is said with a word of taking back; 「我不去了」 is none.
    """
    clauses = [one for one in _CLAUSE.split(said) if one]
    if len(said) > _LONGEST or not clauses:
        return None
    words = _words()
    back = [one for one in clauses if words.back.fullmatch(one) is not None and not _ASKS_WHETHER.search(one)]
    if not back or len(clauses) > _FEW + 1:
        return None
    plain = [one for one in back if _PLAINLY_BACK.search(one)]
    named = [one.topic for one in words.services if one.of is not None and any(map(one.of.search, plain))]
    return named[0] if named else None if plainly and not plain else ""


def wants_back(said: str) -> bool:
    """Whether a word on a question whether to take it back says so; 「算了」 alone leaves it."""
    return takes_back(said) is not None or (gives_up(said) and "不" in said)


def puts_off(said: str) -> bool:
    """Whether all that is said is that it should wait: 「先别交，等我跟老伴商量下」."""
    words = [one for one in _CLAUSE.split(said) if one]
    if len(said) > _LONGEST or not words:
        return False
    later = [one for one in words if _words().put_off.fullmatch(one)]
    return bool(later) and all(one in later or _words().given_up.fullmatch(one) for one in words)


def is_wished(topic: str) -> bool:
    """Whether the topic is a service that is asked for by its name."""
    return any(one.topic == topic for one in _words().services)


def speaks_of(service: str, text: str) -> bool:
    """Whether `text`, a question with its answers, speaks of the service itself, so that its name may answer it."""
    return any(one.topic == service and one.speaks.search(text) for one in _words().services)


def known_of(service: Topic, left: Topic) -> dict[str, str]:
    """What the matter that was talked about before says of the service: fact id → option value."""
    names = {left.id, f"{left.area}:"}
    return {
        fact: value
        for fact, values in (_words().known.get(service.id) or {}).items()
        for value, topics in values.items()
        if names.intersection(topics)
    }


def carried_from(service: str, left: str) -> dict[str, str]:
    """Fact of the service that is asked for → the fact of the one left that says the same."""
    carried = _words().carried.get(service) or {}
    return {fact: others[left] for fact, others in carried.items() if left in others}


@functools.cache
def _words() -> _Words:
    file: dict[str, Any] = read_plain(FILE)
    part = {key: re.sub(r"\s+", "", value) for key, value in file.items() if isinstance(value, str)}
    same = part["same"].format(**{key: part[key] for key in ("lead", "kin", "tail")})
    # Each piece is read in one way only, so that a long row of them takes no longer than its length.
    given_up = rf"(?>{part['stop']}|{part['courtesy']}|{part['bother']})+"
    return _Words(
        re.compile(part["wants"]),
        re.compile(part["again"]),
        re.compile(same),
        re.compile(given_up),
        re.compile(part["stop"]),
        re.compile(part["later"]),
        re.compile(part["takes_back"].format(of="|".join(row["of"] for row in file["services"] if "of" in row))),
        re.compile(part["complains"]),
        tuple(_service(row, part) for row in file["services"]),
        file["known"],
        file["carried"],
    )


def _service(row: Mapping[str, str], part: Mapping[str, str]) -> _Service:
    lead, tail = rf"(?P<lead>(?>{part['lead']}|{part['kin']}){{0,12}})", rf"(?:{part['tail']}){{0,4}}"
    names, detail = re.sub(r"\s+", "", row["names"]), r"[^,，。不没了过说年]{0,14}?"
    named = re.compile(rf"{lead}(?:{row['verbs']})(?:{part['count']})?{detail}(?:{names}){tail}")
    wanted = re.compile(rf"{lead}(?:{row['wanted']}){tail}") if "wanted" in row else None
    said = re.compile(rf"{lead}(?:{row['said']}){tail}") if "said" in row else None
    whole = re.compile(re.sub(r"\s+", "", row["whole"])) if "whole" in row else None
    of = re.compile(row["of"]) if "of" in row else None
    return _Service(row["topic"], named, wanted, said, whole, re.compile(row["speaks"]), of)
