"""Reads what a law says about itself: when it takes effect and which laws it repeals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge_base.sources.record import SourceLaw

_SELF = r"(?:本法典|本法律|本法|本条例|本决定|本规定|本规则|本办法|本解释|本修正案)"
_EFFECT = re.compile(_SELF + r"[^。；]{0,40}?自([^。；]{0,30}?)起(?:施行|实施|生效)")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_SENTENCE = re.compile(r"[^。]*。?")
_TITLE = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class EffectClause:
    """「本法自……起施行」 as found in an article."""

    kind: Literal["date", "publication"]
    day: date | None
    """The day named; None for 「自公布之日起」."""
    article: str


@dataclass(frozen=True, slots=True)
class RepealClause:
    """「《……》同时废止」 as found in an article."""

    title: str
    """Title of the repealed law, as written between the marks."""
    article: str


def effect_clauses(law: SourceLaw) -> list[EffectClause]:
    """Every clause on taking effect, in printed order."""
    found = []
    for article in law.articles:
        for match in _EFFECT.finditer(article.text):
            day = _DATE.search(match[1])
            if day:
                found.append(EffectClause("date", date(int(day[1]), int(day[2]), int(day[3])), article.number))
            elif "公布" in match[1] or "发布" in match[1] or "通过" in match[1]:
                found.append(EffectClause("publication", None, article.number))
    return found


def repeal_clauses(law: SourceLaw) -> list[RepealClause]:
    """Every title this law repeals. A law that repeals an older one of its own name does not count.

    In 「《甲》通过的《乙》同时废止」 every title of the sentence that says 同时废止 is taken: an outer title that only
    dates the inner one never names a law in the same breath in practice, and the caller matches exact titles anyway.
    """
    found = []
    for article in law.articles:
        if "废止" not in article.text:
            continue
        for sentence in _SENTENCE.findall(article.text):
            if "同时废止" not in sentence:
                continue
            part = sentence[: sentence.index("同时废止")]
            found += [RepealClause(t, article.number) for t in _TITLE.findall(part) if t != law.name]
    return found
