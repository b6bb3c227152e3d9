"""Finds the law references in a text and writes references the way documents do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge_base.citation import Citation
from knowledge_base.citations.article_parts import Parts, read_parts
from knowledge_base.citations.default_names import default_names
from knowledge_base.citations.law_before import law_before
from knowledge_base.citations.law_names import PREFIX, LawNames
from knowledge_base.text.folded_text import FoldedText
from knowledge_base.text.numerals import format_number as format_number
from knowledge_base.text.numerals import read_number, write_number

_HAN = "[零一二两三四五六七八九十百千]"
_NUM = rf"(?:(?<!{_HAN}){_HAN}{{1,9}}+|(?<![0-9]){'[0-9]'}{{1,4}}+)"
_SUB = rf"(?:之({_HAN}{{1,3}}+|[0-9]{{1,2}}+))"
_TO = r"(?:至|到|-{1,2}|(?<=[0-9])一(?=[0-9]))"
_AND = r"(?:、|,|和|与|及|或)"
_ELEMENT = rf"第?{_NUM}{_SUB}?(?:{_TO}第?{_NUM})?".replace("(" + _HAN, "(?:" + _HAN)
_GROUP = re.compile(
    rf"第?(?P<from>{_NUM})条?(?:之{_HAN}{{1,3}})?{_TO}第?(?P<to>{_NUM})条(?:之{_HAN}{{1,3}})?"
    rf"|第?(?P<multi>{_ELEMENT}(?:{_AND}{_ELEMENT}){{1,20}}+)条"
    rf"|第?(?P<one>{_NUM})条{_SUB}?"
)
_BARE = re.compile(
    rf"第?({_NUM})(?:{_SUB}|-([0-9]{{1,2}}))?(?![0-9]|{_HAN}|[-条年月日号款章节编个元万亿千百十零人次份版岁天名家种项类级倍周届批期%％.])"
)
_SAME_ARTICLE = re.compile(r"(?:该|同|此|上述|前述)条(?:规定)?[的中之]?(?=第?[零一二三四五六七八九十0-9]{1,3}款|第?（)")
_AFTER_BARE = re.compile(r"[^\u4e00-\u9fff]|[的规怎是吗呢什说和与及讲对有里]")
_BEFORE_BARE = "法典》例释则诉定）编总通一二三四"
_JOIN = re.compile(
    r"(?:的|之)?(?:规定|要求)?(?:（[^（）]{0,30}）)?[、,；;]?(?:和|与|及|或|以及|或者|及其|还有|同时|并)?(?:依据|根据|依照|按照|参照)?"
)
_MARKS = re.compile("[《》]")
_MAX_TITLE = 120
_MAX_JOIN = 45
_MAX_RANGE = 60
_MAX_BACK = 300


def parse_citations(text: str, names: LawNames | None = None) -> list[Citation]:
    """Every reference to an article, in order of appearance. `names` None means the installed corpus.

    A number without a law before it is no reference; one that follows another reference by 、 or 和 shares its law.
    Ranges give one citation per article, at most 60; lists of paragraphs or items one citation each. A law whose name
    can mean several keeps the name as written. Never raises for odd input.
    """
    known = names or default_names()
    folded = FoldedText.of(text)
    plain = folded.text
    found: list[Citation] = []
    law, last_end = "", -1
    titles = _numbered_titles(plain, known)
    for match in _matches(folded):
        start, end = match.span()
        if start < last_end or any(begin < start < close for begin, close in titles):
            continue
        if match.re is _SAME_ARTICLE:
            if not found or start - last_end > _MAX_BACK or _names_another(plain, last_end, start, known, law):
                continue
            base, begin = replace(found[-1], paragraph=None, item=None), start
            keys = [found[-1].key]
        else:
            joined = last_end >= 0 and start - last_end <= _MAX_JOIN and _JOIN.fullmatch(plain, last_end, start)
            if joined and match.re is _GROUP:
                begin = start
            else:
                named = law_before(plain, start, known, law, max(last_end, 0))
                if named is None or (match.re is _BARE and not named.known):
                    continue
                law, begin = named.law, named.start
            base = Citation(law=law, key="")
            keys = _keys(match)
        parts = read_parts(plain, end) if len(keys) == 1 and match.re is not _BARE else Parts((), end)
        if match.re is _SAME_ARTICLE and not parts.found:
            continue
        last_end = max(end, parts.end)
        at, written = folded.span(begin, last_end)
        base = replace(base, text=written, start=at)
        for key in keys:
            for paragraph, item in parts.found or ((None, None),):
                found.append(replace(base, key=key, paragraph=paragraph, item=item))
    return found


def format_citation(citation: Citation) -> str:
    """《中华人民共和国民法典》第一千二百五十四条第一款第（二）项. Raises ValueError for a malformed key."""
    out = f"《{citation.law}》{format_number(citation.key)}"
    if citation.paragraph:
        out += f"第{write_number(citation.paragraph)}款"
    if citation.item:
        out += f"第（{write_number(citation.item)}）项"
    return out


def _matches(folded: FoldedText) -> Iterator[re.Match[str]]:
    """What can be a reference, in order; a bare number only where nothing else claims it."""
    text = folded.text
    groups = [*_GROUP.finditer(text), *_SAME_ARTICLE.finditer(text)]
    groups.sort(key=lambda m: m.start())
    position = 0
    bare: list[re.Match[str]] = []
    for match in _BARE.finditer(text):
        start, end = match.span()
        if start == 0 or text[start - 1] not in _BEFORE_BARE:
            continue
        while position < len(groups) and groups[position].end() <= start:
            position += 1
        inside = position < len(groups) and groups[position].start() < end
        if not inside and (folded.broken_at(end) or _AFTER_BARE.match(text, end)):
            bare.append(match)
    yield from sorted([*groups, *bare], key=lambda m: m.start())


def _numbered_titles(text: str, names: LawNames) -> list[tuple[int, int]]:
    """Where titles stand that name an article themselves: 《全国人大常委会关于《刑法》第三十条的解释》."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for mark in _MARKS.finditer(text):
        if mark[0] == "《":
            opened.append(mark.start())
        elif opened:
            begin = opened.pop()
            inner = text[begin + 1 : mark.start()] if mark.start() - begin < _MAX_TITLE else ""
            if "条" in inner and names.candidates(inner):
                found.append((begin, mark.start()))
    return found


def _names_another(text: str, begin: int, end: int, names: LawNames, law: str) -> bool:
    """Whether a law other than `law` is named between two places, so that 该条 may be of that one."""
    between = text[begin:end]
    if "《" in between or "法" not in between:
        return "《" in between
    return any(
        (hit := names.ending(between[: i + 1])) is not None and hit.titles != (law,)
        for i, char in enumerate(between)
        if char in "法典"
    )


def _keys(match: re.Match[str]) -> list[str]:
    """Canonical numbers of the articles a match names; none when its numerals are in no readable order."""
    try:
        if match.re is _BARE:
            return _single(match[1], match[2] or match[3])
        if match["from"]:
            return _range(match["from"], match["to"])
        if match["multi"]:
            out: list[str] = []
            for element in re.split(_AND, match["multi"]):
                low, to, high = re.sub("第", "", element), "", ""
                if parts := re.fullmatch(rf"(.+?)({_TO})(.+)", low):
                    low, to, high = parts.groups()
                number, _, sub = low.partition("之")
                out += _range(number, high) if to else _single(number, sub)
            return out[:_MAX_RANGE]
        return _single(match["one"], match[match.re.groups])
    except ValueError:
        return []


def _single(number: str, sub: str | None) -> list[str]:
    main = read_number(number)
    if sub and not read_number(sub):
        return []
    return [f"{main}-{read_number(sub)}" if sub else str(main)] if main else []


def _range(first: str, last: str) -> list[str]:
    low, high = read_number(first), read_number(last)
    if not low or not high:
        return []
    if low < high:
        return [str(key) for key in range(low, min(high, low + _MAX_RANGE - 1) + 1)]
    return [f"{low}-{high}"] if high <= 20 else [str(low), str(high)]


__all__ = ["PREFIX", "format_citation", "format_number", "parse_citations"]
