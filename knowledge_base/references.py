"""Finds the law references in a text and writes references the way documents do."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge_base.analysis import simplify
from knowledge_base.citation import Citation
from knowledge_base.law_names import PREFIX, LawNames, default_names
from knowledge_base.numerals import format_number as format_number
from knowledge_base.numerals import read_number, write_number

_FOLD = str.maketrans("０１２３４５６７８９()〈〉﹝﹞", "0123456789（）《》（）")
_HAN_NUM = "[零〇一二两三四五六七八九十百千]{1,9}"
_NUM = rf"(?:{_HAN_NUM}|[0-9]{{1,4}})"
_SUB = rf"(?:\s*之\s*({_NUM}))?"
_TO = r"\s*(?:至|到|—+|–|-|~|～)\s*"
_TAIL = rf"(?:\s*第\s*({_NUM})\s*款)?(?:\s*第?\s*（?\s*({_NUM})\s*）?\s*项)?"
_GROUP = re.compile(
    rf"第?\s*(?P<from>{_NUM})\s*条?(?:之{_NUM})?{_TO}第?\s*(?P<to>{_NUM})\s*条"
    rf"|第?\s*(?P<multi>{_NUM}(?:\s*、\s*{_NUM})+)\s*条"
    rf"|第?\s*(?P<one>{_NUM})\s*条(?:{_SUB}{_TAIL})"
)
_BARE = re.compile(rf"第?\s*({_NUM})(?![0-9]|\s*[条年月日号款章节编个元万千百十零人次份版%％.])")
_AFTER_BARE = re.compile(r"\s*(?:$|[^\u4e00-\u9fff]|[的规怎是吗呢什说和与及讲对有里])")
_JOIN = re.compile(r"[\s、，,；;和与及或]*(?:以及|或者|及其|还有)?\s*")
_PAREN = re.compile(r"（[^（）]{0,12}(?:年|修正|修订|公布|以下简称)[^（）]{0,16}）$")
_FILLER = re.compile(r"(?:里的|里面的|中的|的|里|中|\s)$")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,30}(?:法典|法|条例|规定|办法|规则|解释|细则|决定)$")
_COURT = re.compile(r"最高人民(?:法院|检察院)[^，。；：《》？！\s]{2,70}?(?:规定|解释|批复|意见|办法)$")
_LEAD = re.compile(
    r".*(?:根据|依据|依照|按照|违反|适用|参照|符合|以及|或者|请问|查一下|和|与|及|或|在|是|就|按|看|查|问|了|的|有|为)(?=[\u4e00-\u9fff]{3})"
)
_BACK = ("该法", "同法", "此法", "该条例", "该规定", "该办法", "该解释")
_VAGUE = {
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
}
_MAX_RANGE = 60
_MAX_LOOKBACK = 90


def parse_citations(text: str, names: LawNames | None = None) -> list[Citation]:
    """Every reference to an article, in order of appearance. `names` None means the installed corpus.

    A number without a law before it is no reference; one that follows another reference by 、 or 和 shares its law.
    Ranges give one citation per article, at most 60. Never raises for odd input.
    """
    known = names or default_names()
    folded = _fold(text)
    found: list[Citation] = []
    law, last_end = "", -1
    for start, end, match in _groups(folded):
        named = _name_before(folded, start, known, law)
        if named is not None:
            law, begin = named
        elif law and last_end >= 0 and _JOIN.fullmatch(folded, last_end, start) and match.re is _GROUP:
            begin = start
        else:
            continue
        if match.re is _BARE and (named is None or not known.resolve(law)):
            continue
        cited = _citations(law, match, text[begin:end], begin)
        if cited:
            found += cited
            last_end = end
    return found


def format_citation(citation: Citation) -> str:
    """《中华人民共和国民法典》第一千二百五十四条第一款第（二）项. Raises ValueError for a malformed key."""
    out = f"《{citation.law}》{format_number(citation.key)}"
    if citation.paragraph:
        out += f"第{write_number(citation.paragraph)}款"
    if citation.item:
        out += f"第（{write_number(citation.item)}）项"
    return out


def _fold(text: str) -> str:
    """`text` with digits, brackets and characters made uniform, every offset unchanged."""
    plain = text.translate(_FOLD)
    simple = simplify(plain)
    return simple if len(simple) == len(plain) else plain


def _groups(text: str) -> list[tuple[int, int, re.Match[str]]]:
    out = [(m.start(), m.end(), m) for m in _GROUP.finditer(text)]
    taken = [(start, end) for start, end, _ in out]
    position = 0
    for match in _BARE.finditer(text):
        while position < len(taken) and taken[position][1] <= match.start():
            position += 1
        inside = position < len(taken) and taken[position][0] < match.end()
        before = text[match.start() - 1 : match.start()]
        if not inside and before in ("法", "典", "》", " ", "例") and _AFTER_BARE.match(text, match.end()):
            out.append((match.start(), match.end(), match))
    return sorted(out, key=lambda item: item[0])


def _name_before(text: str, end: int, names: LawNames, last: str) -> tuple[str, int] | None:
    """The law named directly before `end` and where its name begins."""
    low = max(0, end - _MAX_LOOKBACK)
    before = text[low:end].rstrip()
    before = _FILLER.sub("", before).rstrip()
    before = _PAREN.sub("", before).rstrip()
    if before.endswith("》"):
        depth = 0
        for i in range(len(before) - 1, -1, -1):
            depth += (before[i] == "》") - (before[i] == "《")
            if depth == 0:
                inner = before[i + 1 : -1].strip()
                return (names.resolve(inner) or inner, low + i) if inner else None
        return None
    hit = names.suffix(before)
    if hit is not None:
        return hit[0], low + len(before) - hit[1]
    for back in _BACK:
        if before.endswith(back):
            return (last, low + len(before) - len(back)) if last else None
    court = _COURT.search(before)
    if court is not None:
        return court[0], low + court.start()
    unknown = _UNKNOWN.search(before)
    if unknown is None:
        return None
    name = unknown[0]
    lead = _LEAD.match(name)
    name = name[lead.end() :] if lead else name
    if name in _VAGUE or len(name) < 3 or len(name) > 25:
        return None
    return name, low + len(before) - len(name)


def _citations(law: str, match: re.Match[str], text: str, start: int) -> list[Citation]:
    base = Citation(law=law, key="", text=text, start=start)
    try:
        if match.re is _BARE:
            keys = [read_number(match[1])]
        elif match["from"]:
            low, high = read_number(match["from"]), read_number(match["to"])
            keys = list(range(low, min(high, low + _MAX_RANGE - 1) + 1)) if low < high else [low, high]
        elif match["multi"]:
            keys = [read_number(part.strip()) for part in match["multi"].split("、")]
        else:
            number, sub = read_number(match["one"]), match[5]
            key = f"{number}-{read_number(sub)}" if sub else str(number)
            paragraph = read_number(match[6]) if match[6] else None
            item = read_number(match[7]) if match[7] else None
            return [replace(base, key=key, paragraph=paragraph, item=item)] if number else []
    except ValueError:  # numerals in no readable order, e.g. 第十十千条
        return []
    return [replace(base, key=str(key)) for key in keys if key]


__all__ = ["PREFIX", "format_citation", "format_number", "parse_citations"]
