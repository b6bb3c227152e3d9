"""Finds the law that a text names right before an article number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.citations.law_names import LawNames, NamedLaw

_NUM = "[零一二两三四五六七八九十百千0-9]{1,6}"
_PAREN = re.compile(
    r"（[^（）]{0,40}?(?:年|修正|修订|公布|施行|以下|简称|法释|法发|号|试行|废止|失效|现行|(?:19|20)\d\d)[^（）]{0,40}）$"
)
_FILLER = re.compile(r"(?:里面的|里的|中的|当中|之中|里面|的|里|中|之|:|：|,)$")
_EDITION = re.compile(r"(?:19|20)\d\d年?(?:第[一二三四五]次)?(?:修正案?|修订|修改)?(?:版|文本)?$")
_CHAPTER = re.compile(rf"第{_NUM}(?:分编|编|章|节)[^,。；;:：？！第《》条款项]{{0,15}}$")
_UNKNOWN = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:法典|法|条例|规定|办法|规则|解释|细则|决定)(?:（[一二三四五六七八九]）|[一二三四五六七八九])?$"
)
_COURT = re.compile(
    r"(?:最高人民(?:法院|检察院)|最高(?:法院|检察院|法|院|检)|两高)[^,。；;：？！]{2,70}?"
    r"(?:规定|解释|批复|意见|办法)(?:（[一二三四五六七八九]）)?$"
)
_LEAD = re.compile(
    r".*(?:根据|依据|依照|按照|违反|适用|参照|符合|以及|或者|请问|查一下|和|与|及|或|在|是|就|按|看|查|问|了|的|有|为)(?=[\u4e00-\u9fff]{3})"
)
_BACK = ("该法", "同法", "此法", "该条例", "同条例", "该规定", "同规定", "该办法", "该解释", "同解释", "该司法解释")
_VAGUE = frozenset(
    (
        *(
            "本法",
            "法",
            "本条例",
            "本规定",
            "本办法",
            "国法",
            "依法",
            "本解释",
            "司法解释",
            "有关规定",
            "相关规定",
            "法律规定",
        ),
        *("该规定", "上述规定", "前述规定", "另有规定", "下列规定", "以下规定", "有关法", "相关法", "同时废止的规定"),
    )
)
_NO_NAME = (*_BACK, "的规定", "之规定", "的解释", "的决定")
_NAME_ENDS = frozenset("法典例定释则释办规解见复诉编通总民刑）》一二三四五六七八九")
_CITED = re.compile(rf".*第{_NUM}[条款项]")
_MAX_LOOKBACK = 130
_MAX_BACK = 300
_MAX_NAME = 100
_MAX_UNKNOWN = 36


@dataclass(frozen=True, slots=True)
class LawBefore:
    """The law named before a place in a text."""

    law: str
    """Full title where the name is known and clear, else the name as written."""
    start: int
    """Where the name begins."""
    known: bool


def law_before(text: str, end: int, names: LawNames, last: str, last_end: int) -> LawBefore | None:
    """The law that folded `text` names right before `end`, by name or as 该法.

    `last` is the law cited last, up to `last_end`; 该法 means it unless another law was named since.
    """
    low = max(0, end - _MAX_LOOKBACK, last_end)
    before = text[low:end]
    for _ in range(5):
        found = _named(before, low, names)
        if found is not None:
            return found
        for back in _BACK:
            if before.endswith(back) and last:
                at = low + len(before) - len(back)
                return LawBefore(_since(text, last_end, at, names) or last, at, True)
        shorter = before
        for tail in (_FILLER, _PAREN, _EDITION, _CHAPTER):
            shorter = tail.sub("", shorter)
        if shorter == before:
            break
        before = shorter
    return _unknown(before, low)


def _named(before: str, low: int, names: LawNames) -> LawBefore | None:
    if not before or before[-1] not in _NAME_ENDS:
        return None
    if before.endswith("》"):
        opening = _opening(before)
        inner = before[opening + 1 : -1]
        return _titled(inner, low + opening, names) if opening >= 0 and inner else None
    hit = names.ending(before)
    return _law(before, hit, low) if hit is not None else None


def _opening(text: str) -> int:
    """Where the mark opens that `text` closes at its end; -1 when it does not."""
    at, depth = len(text) - 1, 1
    while depth:
        opening, closing = text.rfind("《", 0, at), text.rfind("》", 0, at)
        if opening < 0:
            return -1
        at = max(opening, closing)
        depth += 1 if at == closing else -1
    return at


def _titled(inner: str, start: int, names: LawNames) -> LawBefore:
    titles = names.candidates(inner)
    if not titles:
        plain = _EDITION.sub("", _PAREN.sub("", inner))
        titles = names.candidates(plain) if plain else ()
        inner = plain if titles else inner
    return LawBefore(titles[0] if len(titles) == 1 else inner, start, len(titles) == 1)


def _law(before: str, hit: NamedLaw, low: int) -> LawBefore:
    name = hit.titles[0] if len(hit.titles) == 1 else before[hit.start :].strip("《》")
    return LawBefore(name, low + hit.start, len(hit.titles) == 1)


def _unknown(before: str, low: int) -> LawBefore | None:
    court = _COURT.search(before)
    if court is not None:
        return LawBefore(court[0], low + court.start(), False)
    unknown = _UNKNOWN.search(before, max(0, len(before) - _MAX_UNKNOWN))
    if unknown is None:
        return None
    name = _CITED.sub("", unknown[0])
    lead = _LEAD.match(name)
    name = name[lead.end() :] if lead else name
    if name in _VAGUE or len(name) < 3 or len(name) > 25 or name.endswith(_NO_NAME):
        return None
    return LawBefore(name, low + len(before) - len(name), False)


def _since(text: str, begin: int, end: int, names: LawNames) -> str:
    """The law named last between two places; "" when there is none."""
    begin = max(begin, end - _MAX_BACK)
    for at in range(end, begin, -1):
        if text[at - 1] in "法典例》" and not text.endswith(_BACK, 0, at):
            found = _named(text[max(begin, at - _MAX_NAME) : at], 0, names)
            if found is not None:
                return found.law
    return ""
