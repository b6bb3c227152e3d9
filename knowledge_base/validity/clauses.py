"""Reads what a law says about itself: when it takes effect and which laws it repeals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge_base.record import SourceLaw
from knowledge_base.text.titles import canonical, titles_in

_SELF = (
    r"(?:本法典|本法律|本法|本条例|本决定|本规定|本规则|本办法|本解释|本修正案|本(?:实施)?细则|本规范|本安排|本批复|本标准"
    r"|本暂行(?:条例|规定|办法)|本通知|本意见|本准则|本章程)"
)
_EFFECT = re.compile(_SELF + r"[^。；]{0,40}?自([^。；]{0,30}?)起(?:施行|实施|生效)")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_SENTENCE = re.compile(r"[^。]*。?")
_REPEAL = re.compile(
    r"同时废止|即行废止|予以废止|相应废止|同时失效|(?:不再适用|停止执行|停止适用)(?=[。；，])|(?<=[》）])废止"
)
_PARTLY = re.compile(r"^(?:（[^）]*）|\([^)]*\)|\[[^\]]*\])*(?:中|第|里|内|有关|关于|的(?!同时|决定))")
"""What follows a title of which only a part is repealed: 《……》中有关……的规定, 《……》第五条."""


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
    before: str = ""
    """Text in front of the title, where the issuer may stand."""


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
    """Every title this law repeals as a whole. A law that repeals an older one of its own name does not count.

    In 「《甲》通过的《乙》同时废止」 every title in front of 同时废止 is taken: an outer title that only dates the
    inner one never names a law in the same breath in practice, and the caller matches whole titles anyway.
    """
    found = []
    own = canonical(law.name)
    for article in law.articles:
        if not _REPEAL.search(article.text):
            continue
        for sentence in _SENTENCE.findall(article.text):
            ends = [match.start() for match in _REPEAL.finditer(sentence)]
            part = sentence[: ends[-1]] if ends else ""
            titles = titles_in(part)
            for i, (title, start, end) in enumerate(titles):
                following = titles[i + 1][1] if i + 1 < len(titles) else len(part)
                if canonical(title) != own and not _PARTLY.match(part[end:following]):
                    found.append(RepealClause(title, article.number, part[:start]))
    return found
